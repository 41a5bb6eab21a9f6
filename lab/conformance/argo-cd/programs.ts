/**
 * What the pods of some add-ons would run. kwok only plays their pods, so the programs start here once Argo CD has
 * brought what they need, as a kubelet would have it.
 */
import type { Data, KubernetesObject } from "../../cluster/client.ts";
import type { LabCluster } from "../../cluster/index.ts";
import { startArgoRollouts } from "../../components/argo-rollouts.ts";
import { startGatekeeperAudit, type Gatekeeper } from "../../components/gatekeeper.ts";
import { startPrometheus } from "../../components/prometheus.ts";
import { until } from "../../until.ts";

/**
 * Others wait for these: a constraint for its kind, which Gatekeeper makes, and a Rollout's health for Argo Rollouts. A
 * Prometheus that knows nothing is what its analyses ask: no traffic decides nothing.
 */
export const PROGRAMS = ["rollouts-controller", "gatekeeper-manager", "prometheus"] as const;

/** Seconds; a bootstrap on a busy machine takes minutes. */
const PATIENCE = 900;

/** Rejects where a program does not start; a program ends with its cluster. */
export async function runPrograms(lab: LabCluster): Promise<void> {
  await Promise.all([
    until("Argo Rollouts delivered", () => isSynced(lab, "platform-argo-rollouts"), {
      seconds: PATIENCE,
      every: 500,
    }).then(async () => startArgoRollouts(lab, { prometheus: (await startPrometheus(lab.run, {})).url })),
    until("Gatekeeper delivered", () => isSynced(lab, "platform-gatekeeper"), { seconds: PATIENCE, every: 500 }).then(
      () => startGatekeeper(lab),
    ),
  ]);
}

async function isSynced({ client }: LabCluster, name: string): Promise<boolean> {
  const application: Data = await client.get({
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Application",
    namespace: "argocd",
    name,
  });
  return application?.status?.operationState?.phase === "Succeeded" || application?.status?.sync?.status === "Synced"; // where all was there before, there is no operation
}

async function startGatekeeper(lab: LabCluster): Promise<unknown> {
  const deployment: Data = await lab.client.get({
    apiVersion: "apps/v1",
    kind: "Deployment",
    namespace: "gatekeeper-system",
    name: "gatekeeper-audit",
  });
  return runGatekeeperAudit(lab, { apiVersion: "apps/v1", kind: "Deployment", ...deployment });
}

/** The half of Gatekeeper that makes kinds of templates; the other half answers webhooks, which are not called here. */
export const runGatekeeperAudit = (lab: LabCluster, deployment: KubernetesObject): Promise<Gatekeeper> =>
  startGatekeeperAudit(lab, {
    objects: [deployment],
    namespace: deployment.metadata.namespace!,
    interval: 3600, // longer than a suite takes: nothing is expected of what it would find
  });
