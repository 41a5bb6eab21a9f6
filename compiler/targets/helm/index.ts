import type { Artifact } from "../../5-emit/artifact.ts";
import { shared } from "../../5-emit/shared.ts";
import type { Target } from "../../5-emit/target.ts";
import { scheduling } from "./scheduling.ts";
import { daemonValues, jobValues, serviceValues, statefulValues } from "./values.ts";
import type { Peer } from "../../topology/peer.ts";
import type { Workload } from "../../topology/workloads.ts";

/** Values of the charts in `helm-library/`, one file per workload. Argo CD renders the chart with them. */
export default {
  name: "helm",
  summary: "Values for the charts of helm-library/, one file per workload",
  contribute: ({ services }) => ({
    workloadKinds: [...WORKLOAD_KINDS, ...(services.some(({ kind }) => kind === "daemon") ? [DAEMON_SET] : [])],
  }),
  emit: ({ workloads }) => {
    const once = shared<Record<string, unknown>>();
    return workloads.map((workload): Artifact => ({
      path: `${workload.path}/values.yaml`,
      body: {
        kind: "values",
        chart: workload.kind,
        name: workload.name,
        data: once(likeness(workload), () => values[workload.kind](workload)),
      },
      source: workload.source,
    }));
  },
} satisfies Target;

/** What the charts of `helm-library/` make whatever the config says; a test of argo-cd holds this list to them. */
const WORKLOAD_KINDS = [
  { group: "", kind: "ConfigMap" },
  { group: "", kind: "Service" },
  { group: "", kind: "ServiceAccount" },
  { group: "apps", kind: "Deployment" },
  { group: "apps", kind: "StatefulSet" },
  { group: "autoscaling", kind: "HorizontalPodAutoscaler" },
  { group: "batch", kind: "CronJob" },
  { group: "batch", kind: "Job" },
  { group: "networking.k8s.io", kind: "NetworkPolicy" },
  { group: "policy", kind: "PodDisruptionBudget" },
];

/** No team may put a pod on each node where nobody asks for it. */
const DAEMON_SET = { group: "apps", kind: "DaemonSet" };

const values = { service: serviceValues, job: jobValues, stateful: statefulValues, daemon: daemonValues };

/**
 * Two workloads of one form are alike but for their environment, where their images are pulled from, the nodes that they
 * ask for, and which of the services that they talk to are beside them.
 */
function likeness(workload: Workload): string {
  const { form, environment, cluster, pods, dependsOn, calledBy, watchedBy } = workload;
  return [
    form,
    environment.name,
    cluster.registries.form,
    ...(pods.pool === undefined && !pods.everyNode ? [] : [JSON.stringify(scheduling(workload))]),
    ...dependsOn.map(({ service, port, peer }) => `${service}:${port}:${portsOf(peer)}`),
    "",
    ...[...calledBy, ...watchedBy].map((peer) => `${peer.name}:${portsOf(peer)}`),
  ].join(" ");
}

const portsOf = (peer: Peer | undefined): string =>
  (peer?.ports ?? []).map(({ port, transport }) => `${port}/${transport}`).join(",");
