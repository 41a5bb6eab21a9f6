/** The real Gatekeeper beside a control plane, as its chart would run its webhooks: arguments, account, rights and webhook configurations. */
import type { KubernetesObject } from "../cluster/client.ts";
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

/** `objects` are those of its chart, rendered with the values of the cluster. */
export async function startGatekeeper(lab: LabCluster, { objects, namespace }: { objects: readonly KubernetesObject[]; namespace: string }): Promise<Gatekeeper> {
  await applyGround(lab.client, objects, namespace);
  const [webhooks, health, metrics] = (await freePorts(3)) as [number, number, number];
  const { args, serviceAccount } = containerOf(objects, "gatekeeper-controller-manager");
  const loopback = {
    "--host": "127.0.0.1",
    "--port": webhooks,
    "--health-addr": `127.0.0.1:${health}`,
    "--prometheus-port": metrics,
    "--cert-dir": servingCertificate(lab, "gatekeeper-certificates"),
    "--disable-cert-rotation": true,
    "--debug-use-fake-pod": true, // it is in none, and writes its status as one's
    "--shutdown-delay": 0,
  };
  const own = args.filter((arg) => !Object.keys(loopback).includes(arg.split("=")[0]!));
  const manager = await startProcess(lab.run, {
    name: "gatekeeper-manager",
    command: neededTool("gatekeeper-manager"),
    args: [...own, ...Object.entries(loopback).map(([flag, value]) => `${flag}=${value}`)],
    env: { POD_NAMESPACE: namespace, NAMESPACE: namespace, KUBECONFIG: lab.kubeconfigAs(serviceAccount) },
    ready: () => listens(webhooks),
    seconds: 180,
  });
  for (const configuration of webhookConfigurations(objects)) await lab.client.apply(onLoopback(configuration, webhooks, lab.access.ca));
  return { process: manager, stop: () => manager.stop() };
}
