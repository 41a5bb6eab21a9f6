import type { Artifact, KubernetesObject } from "../../5-emit/artifact.ts";
import { kubernetesFile } from "../../5-emit/kubernetes.ts";
import { callersWithOptions } from "../../5-emit/routes.ts";
import { shared } from "../../5-emit/shared.ts";
import type { Target } from "../../5-emit/target.ts";
import type { Observability } from "../../topology/observability.ts";
import { analysisTemplates } from "./analysis.ts";
import { contribution } from "./contribution.ts";
import { isProgressive, type ProgressiveWorkload } from "./progressive.ts";
import { rollout } from "./rollout.ts";
import { smokeTestObjects } from "./smoke-test.ts";
import { traffic } from "./traffic.ts";

/** One Rollout per workload with a progressive strategy; the chart keeps the Deployment that it refers to. */
export default {
  name: "argo-rollouts",
  summary: "Progressive delivery: Rollouts, analyses made from SLOs, Istio traffic routing",
  provides: ["progressive-delivery"],
  contribute: contribution,
  emit: ({ workloads, observability }) => {
    const once = shared<readonly KubernetesObject[]>();
    return workloads.filter(isProgressive).flatMap((workload) => files(workload, observability, once));
  },
} satisfies Target;

function files(
  workload: ProgressiveWorkload,
  observability: Observability,
  once: ReturnType<typeof shared<readonly KubernetesObject[]>>,
): Artifact[] {
  const { form, path, strategy, scaling } = workload;
  const callers = JSON.stringify(callersWithOptions(workload));
  const file = (kind: string, variant: string, make: () => readonly KubernetesObject[]): Artifact[] => {
    const objects = once(`${form} ${kind} ${variant}`, make);
    return objects.length === 0 ? [] : [kubernetesFile(`${path}/manifests/${kind}.yaml`, objects, strategy.source)];
  };
  return [
    // The number of pods may differ by environment, and who calls it by cluster.
    ...file("rollout", `${scaling.fixed ? scaling.min : ""} ${callers}`, () => [rollout(workload)]),
    ...file("analysis", callers, () => analysisTemplates(workload, observability)),
    // Its image is that of its environment.
    ...file("smoke-test", JSON.stringify([workload.image, workload.pods.pullSecrets]), () =>
      smokeTestObjects(workload),
    ),
    ...file("traffic", callers, () => traffic(workload)),
  ];
}
