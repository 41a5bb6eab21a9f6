/**
 * The real chaos-controller-manager beside a control plane, as its chart would run it: environment, account, rights and
 * webhooks. There is no chaos-daemon, since there are no containers: what is chosen for a fault can be seen, and pods
 * are killed by the API server, but no fault ever reaches a pod from its node.
 */
import { request } from "node:https";
import type { Data, KubernetesObject } from "../cluster/client.ts";
import type { LabCluster } from "../cluster/index.ts";
import { neededTool } from "../cluster/tools.ts";
import { freePorts } from "../ports.ts";
import { startProcess, type LabProcess } from "../process.ts";
import { applyGround, containerOf, webhookConfigurations } from "./rendered.ts";
import { onLoopback, servingCertificate } from "./webhooks.ts";

export interface ChaosMeshOptions {
  /** The objects of its chart, rendered with the values of the cluster. */
  objects: readonly KubernetesObject[];
  namespace: string;
  /** Added to its environment, as a proxy that it asks status checks through. */
  env?: Readonly<Record<string, string>>;
}

export interface ChaosMesh {
  process: LabProcess;
  stop(): Promise<void>;
}

export async function startChaosMesh(
  lab: LabCluster,
  { objects, namespace, env = {} }: ChaosMeshOptions,
): Promise<ChaosMesh> {
  await applyGround(lab.client, objects, namespace);
  const [webhooks, metrics] = (await freePorts(2)) as [number, number];
  const container = containerOf(objects, "chaos-controller-manager");
  const loopback = {
    WEBHOOK_HOST: "127.0.0.1",
    WEBHOOK_PORT: String(webhooks),
    METRICS_HOST: "127.0.0.1",
    METRICS_PORT: String(metrics),
    CERTS_DIR: servingCertificate(lab, "chaos-mesh-certificates"),
  };
  // A machine that the lab shares is slow enough; the chart's limits are for clusters.
  const hurry = { QPS: "300", BURST: "600" };
  const controller = await startProcess(lab.run, {
    name: "chaos-controller-manager",
    command: neededTool("chaos-controller-manager"),
    args: [],
    env: { ...container.env, ...loopback, ...hurry, ...env, KUBECONFIG: lab.kubeconfigAs(container.serviceAccount) },
    ready: () => listens(webhooks),
    seconds: 180,
  });
  for (const configuration of webhookConfigurations(objects))
    await lab.client.apply(onLoopback(configuration, webhooks, lab.access.ca));
  return { process: controller, stop: () => controller.stop() };
}

/**
 * A field that the controller has and the chart's CRD has not: the Go proxy has Chaos Mesh's two modules at commits
 * four days apart, and between them lies `partitionBehavior` of api/v1alpha1/networkchaos_types.go. The webhook fills
 * it in, the API server would drop it, and the webhook then refuses every further update as one of the spec. In a
 * release both are of one commit. For those who make the CRDs.
 */
export function withLaterField(object: KubernetesObject): KubernetesObject {
  if (object.kind !== "CustomResourceDefinition" || object.metadata.name !== "networkchaos.chaos-mesh.org")
    return object;
  const copy: Data = structuredClone(object);
  for (const { schema } of copy.spec.versions)
    schema.openAPIV3Schema.properties.spec.properties.partitionBehavior ??= {
      type: "string",
      enum: ["drop", "reject"],
      default: "drop",
    };
  return copy;
}

/** Whether a server of TLS answers at all. */
export const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    request({ host: "127.0.0.1", port, path: "/", rejectUnauthorized: false, timeout: 2000 }, (incoming) => {
      incoming.resume();
      resolve(true);
    })
      .on("error", () => resolve(false))
      .on("timeout", function (this: { destroy(): void }) {
        this.destroy();
      })
      .end();
  });
