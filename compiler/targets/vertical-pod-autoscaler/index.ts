import type { Artifact, KubernetesObject } from "../../5-emit/artifact.ts";
import { kubernetesFile, kubernetesObject, syncWave } from "../../5-emit/kubernetes.ts";
import { shared } from "../../5-emit/shared.ts";
import type { Target } from "../../5-emit/target.ts";
import { fieldAt } from "../../facts/differences.ts";
import { isRecommendedFor } from "../../facts/recommendations.ts";
import type { Workload } from "../../topology/workloads.ts";
import { contribution } from "./contribution.ts";
import existingCluster from "./existing-cluster.ts";
import nameless from "./nameless.ts";

/** A recommendation for people to read: nothing of it is applied by itself. */
export default {
  name: "vertical-pod-autoscaler",
  summary: "Recommended requests: a VerticalPodAutoscaler that changes nothing, and what recommends",
  checks: [existingCluster, nameless],
  contribute: contribution,
  emit: ({ workloads }) => {
    const once = shared<KubernetesObject>();
    return workloads
      .filter(isRecommendedFor)
      .map((workload): Artifact =>
        kubernetesFile(
          `${workload.path}/manifests/recommendation.yaml`,
          [once(workload.form, () => verticalPodAutoscaler(workload))],
          fieldAt(workload, "resources", "recommend"),
        ),
      );
  },
} satisfies Target;

/** https://github.com/kubernetes/autoscaler/blob/vertical-pod-autoscaler-1.8.1/vertical-pod-autoscaler/docs/api.md */
const verticalPodAutoscaler = (workload: Workload): KubernetesObject =>
  kubernetesObject(
    {
      apiVersion: "autoscaling.k8s.io/v1",
      kind: "VerticalPodAutoscaler",
      name: workload.name,
      namespace: workload.namespace,
      labels: workload.labels,
      annotations: syncWave(1), // after what it is about
      source: fieldAt(workload, "resources", "recommend"),
    },
    { spec: { targetRef: targetOf(workload), updatePolicy: { updateMode: "Off" } } },
  );

/**
 * What the pods belong to. A progressive workload's are the Rollout's, whose `scale` says which they are; its Deployment has none.
 * https://argo-rollouts.readthedocs.io/en/stable/features/vpa-support/
 */
function targetOf({ kind, name, strategy }: Workload): { apiVersion: string; kind: string; name: string } {
  if (strategy.kind !== "rolling") return { apiVersion: "argoproj.io/v1alpha1", kind: "Rollout", name };
  switch (kind) {
    case "service":
      return { apiVersion: "apps/v1", kind: "Deployment", name };
    case "stateful":
      return { apiVersion: "apps/v1", kind: "StatefulSet", name };
    case "daemon":
      return { apiVersion: "apps/v1", kind: "DaemonSet", name };
    case "job":
      return { apiVersion: "batch/v1", kind: "CronJob", name };
  }
}
