import { analysis } from "./analysis.ts";
import { fault, schedule, workflow } from "./chaos.ts";
import * as native from "./native.ts";
import { application, constraintTemplate, scaledObject, virtualService } from "./platform.ts";
import { rollout } from "./rollout.ts";
import type { Rule } from "./rule.ts";

const { alwaysRestarts, needsSpec, pods, selectorMatchesTemplate } = native;

/** What is checked of a kind beyond its schema, by `<group> <Kind>`; core has no group. */
export const RULES: Readonly<Record<string, readonly Rule[]>> = {
  " PersistentVolumeClaim": [needsSpec],
  " Pod": [needsSpec, pods],
  " Service": [needsSpec, native.service],
  "apiextensions.k8s.io CustomResourceDefinition": [native.customResourceDefinition],
  "apps DaemonSet": [needsSpec, selectorMatchesTemplate, alwaysRestarts, pods],
  "apps Deployment": [needsSpec, selectorMatchesTemplate, alwaysRestarts, pods],
  "apps StatefulSet": [needsSpec, selectorMatchesTemplate, alwaysRestarts, pods],
  "argoproj.io AnalysisTemplate": [analysis],
  "argoproj.io Application": [application],
  "argoproj.io ClusterAnalysisTemplate": [analysis],
  "argoproj.io Rollout": [rollout, selectorMatchesTemplate, alwaysRestarts, pods],
  "autoscaling HorizontalPodAutoscaler": [needsSpec, native.horizontalPodAutoscaler],
  "batch CronJob": [needsSpec, native.cronJob, pods],
  "batch Job": [needsSpec, native.job, pods],
  "chaos-mesh.org DNSChaos": [fault],
  "chaos-mesh.org HTTPChaos": [fault],
  "chaos-mesh.org IOChaos": [fault],
  "chaos-mesh.org NetworkChaos": [fault],
  "chaos-mesh.org PodChaos": [fault],
  "chaos-mesh.org Schedule": [schedule],
  "chaos-mesh.org StressChaos": [fault],
  "chaos-mesh.org TimeChaos": [fault],
  "chaos-mesh.org Workflow": [workflow],
  "keda.sh ScaledObject": [scaledObject],
  "networking.istio.io VirtualService": [virtualService],
  "networking.k8s.io Ingress": [needsSpec],
  "networking.k8s.io NetworkPolicy": [needsSpec],
  "policy PodDisruptionBudget": [needsSpec, native.podDisruptionBudget],
  "templates.gatekeeper.sh ConstraintTemplate": [constraintTemplate],
};
