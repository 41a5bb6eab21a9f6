import type { Artifact } from "../../5-emit/artifact.ts";
import { kubernetesFile } from "../../5-emit/kubernetes.ts";
import type { Target } from "../target.ts";
import { analysisTemplates } from "./analysis.ts";
import { isProgressive, rollout, type ProgressiveWorkload } from "./rollout.ts";
import { virtualService } from "./traffic.ts";

/** One Rollout per workload with a progressive strategy; the chart keeps the Deployment that it refers to. */
export default {
  name: "argo-rollouts",
  summary: "Progressive delivery: Rollouts, analyses made from SLOs, Istio traffic routing",
  consumes: ["services.*.rollout", "services.*.scaling", "services.*.ports", "rollouts.*", "slos.*"],
  emit: ({ workloads }) => workloads.filter(isProgressive).flatMap(files),
} satisfies Target;

function files(workload: ProgressiveWorkload): Artifact[] {
  const file = (name: string) => `${workload.path}/manifests/${name}.yaml`;
  const sources = [workload.strategy.source, workload.source];
  const templates = analysisTemplates(workload);
  const route = virtualService(workload);
  return [
    kubernetesFile(file("rollout"), [rollout(workload)], sources),
    ...(templates.length === 0 ? [] : [kubernetesFile(file("analysis"), templates, sources)]),
    ...(route === undefined ? [] : [kubernetesFile(file("traffic"), [route], sources)]),
  ];
}
