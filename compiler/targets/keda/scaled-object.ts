import type { KubernetesObject } from "../../5-emit/artifact.ts";
import { kubernetesObject } from "../../5-emit/kubernetes.ts";
import { scalingBehavior } from "../../facts/scaling.ts";
import type { Workload } from "../../topology/workloads.ts";
import { triggers } from "./triggers.ts";

/** https://keda.sh/docs/2.20/reference/scaledobject-spec/ */
export function scaledObject(workload: Workload): KubernetesObject {
  const { name, namespace, labels, scaling, strategy, service } = workload;
  const behavior = scalingBehavior(scaling);
  return kubernetesObject(
    {
      apiVersion: "keda.sh/v1alpha1",
      kind: "ScaledObject",
      name,
      namespace,
      labels,
      // A workload that had an autoscaler hands it over: refused otherwise, since two would fight.
      annotations: { "scaledobject.keda.sh/transfer-hpa-ownership": "true" },
      source: service.source,
    },
    {
      spec: {
        scaleTargetRef:
          strategy.kind === "rolling"
            ? { apiVersion: "apps/v1", kind: "Deployment", name }
            : { apiVersion: "argoproj.io/v1alpha1", kind: "Rollout", name },
        minReplicaCount: scaling.min,
        maxReplicaCount: scaling.max,
        advanced: { horizontalPodAutoscalerConfig: { name, ...(behavior === undefined ? {} : { behavior }) } },
        triggers: triggers(workload),
      },
    },
  );
}
