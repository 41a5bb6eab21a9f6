/**
 * The real Gatekeeper beside a control plane, as its chart would run its two programs: arguments, account, rights and
 * webhook configurations.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Data, KubernetesObject } from "../cluster/client.ts";
import type { LabCluster } from "../cluster/index.ts";
import { neededTool } from "../cluster/tools.ts";
import { freePorts } from "../ports.ts";
import { startProcess, type LabProcess } from "../process.ts";
import { listens } from "./chaos-mesh.ts";
import { applyGround, containerOf, webhookConfigurations } from "./rendered.ts";
import { onLoopback, servingCertificate } from "./webhooks.ts";

export interface Gatekeeper {
  process: LabProcess;
  stop(): Promise<void>;
}

export interface GatekeeperOptions {
  /** The objects of its chart, rendered with the values of the cluster. */
  objects: readonly KubernetesObject[];
  namespace: string;
  /** A webhook configuration as the lab is to have it, where that is not the chart's own. */
  adjust?: (configuration: KubernetesObject) => KubernetesObject;
}

/** The program behind the webhooks. Kinds of constraints are made by the other one. */
export async function startGatekeeper(
  lab: LabCluster,
  { objects, namespace, adjust = (configuration) => configuration }: GatekeeperOptions,
): Promise<Gatekeeper> {
  await applyGround(lab.client, objects, namespace);
  const [webhooks] = (await freePorts(1)) as [number];
  const manager = await startManager(
    lab,
    objects,
    "gatekeeper-controller-manager",
    {
      "--host": "127.0.0.1",
      "--port": webhooks,
      "--cert-dir": servingCertificate(lab, "gatekeeper-certificates"),
      "--shutdown-delay": 0,
    },
    () => listens(webhooks),
  );
  for (const configuration of webhookConfigurations(objects))
    await lab.client.apply(adjust(onLoopback(configuration, webhooks, lab.access.ca)));
  return { process: manager, stop: () => manager.stop() };
}

/**
 * The program that makes the CRDs of constraints from their templates, and that looks every `interval` seconds at what
 * is there already.
 */
export async function startGatekeeperAudit(
  lab: LabCluster,
  { objects, namespace, interval }: Pick<GatekeeperOptions, "objects" | "namespace"> & { interval: number },
): Promise<Gatekeeper> {
  await applyGround(lab.client, objects, namespace);
  const cache = join(lab.run.folder, "audit");
  mkdirSync(cache);
  const process = await startManager(lab, objects, "gatekeeper-audit", {
    "--audit-interval": interval,
    "--api-cache-dir": cache,
    "--cert-dir": servingCertificate(lab, "gatekeeper-certificates"),
  });
  return { process, stop: () => process.stop() };
}

type Flags = Readonly<Record<string, string | number | boolean>>;

async function startManager(
  lab: LabCluster,
  objects: readonly KubernetesObject[],
  deployment: string,
  flags: Flags,
  ready?: () => Promise<boolean>,
): Promise<LabProcess> {
  const [health, metrics] = (await freePorts(2)) as [number, number];
  const { args, env, serviceAccount } = containerOf(objects, deployment);
  await lab.client.apply(podOf(objects, deployment));
  const changed: Flags = {
    "--health-addr": `127.0.0.1:${health}`,
    "--prometheus-port": metrics,
    "--disable-cert-rotation": true,
    ...flags,
  };
  const own = args.filter((arg) => !Object.keys(changed).includes(arg.split("=")[0]!));
  return startProcess(lab.run, {
    name: deployment,
    command: neededTool("gatekeeper-manager"),
    args: [...own, ...Object.entries(changed).map(([flag, value]) => `${flag}=${value}`)],
    env: { ...env, KUBECONFIG: lab.kubeconfigAs(serviceAccount) },
    ready: ready ?? (async () => (await fetch(`http://127.0.0.1:${health}/healthz`)).ok),
    seconds: 180,
  });
}

/** It writes its status as that of its pod, so there must be one; the pod runs nothing. */
function podOf(objects: readonly KubernetesObject[], deployment: string): KubernetesObject {
  const { metadata, spec } = objects.find(
    ({ kind, metadata }) => kind === "Deployment" && metadata.name === deployment,
  ) as Data;
  const { labels } = spec.template.metadata;
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: deployment, namespace: metadata.namespace, labels },
    spec: spec.template.spec,
  };
}
