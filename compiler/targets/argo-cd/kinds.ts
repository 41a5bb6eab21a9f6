/** A group and a kind, as a project lists what it admits. */
export interface GroupKind {
  group: string;
  kind: string;
}

/** A kind of a workload's objects. */
export interface WorkloadKind extends GroupKind {
  /** The add-on that brings it: without it on the cluster nothing makes the kind. */
  addon?: string;
}

/**
 * What the charts of `helm-library/` and the targets make for a workload, and nothing else. `projects.test.ts` holds
 * this list to both.
 */
export const WORKLOAD_KINDS: readonly WorkloadKind[] = [
  { group: "", kind: "ConfigMap" },
  { group: "", kind: "Service" },
  { group: "", kind: "ServiceAccount" },
  { group: "apps", kind: "Deployment" },
  { group: "apps", kind: "StatefulSet" },
  { group: "argoproj.io", kind: "AnalysisTemplate", addon: "argo-rollouts" },
  { group: "argoproj.io", kind: "Rollout", addon: "argo-rollouts" },
  { group: "autoscaling", kind: "HorizontalPodAutoscaler" },
  { group: "batch", kind: "CronJob" },
  { group: "batch", kind: "Job" },
  { group: "chaos-mesh.org", kind: "Schedule", addon: "chaos-mesh" },
  { group: "networking.istio.io", kind: "EnvoyFilter", addon: "chaos-mesh" }, // HTTP faults of the mesh
  { group: "networking.istio.io", kind: "VirtualService", addon: "istiod" },
  { group: "networking.k8s.io", kind: "NetworkPolicy" },
  { group: "policy", kind: "PodDisruptionBudget" },
];

/** The kinds of workloads on one cluster. */
export const workloadKinds = (addons: readonly { name: string }[]): GroupKind[] =>
  WORKLOAD_KINDS.filter(({ addon }) => addon === undefined || addons.some(({ name }) => name === addon)).map(
    ({ group, kind }) => ({ group, kind }),
  );

/** Kinds without a namespace that the add-ons' charts and manifests bring. */
export const PLATFORM_CLUSTER_KINDS: readonly GroupKind[] = [
  { group: "", kind: "Namespace" },
  { group: "admissionregistration.k8s.io", kind: "MutatingWebhookConfiguration" },
  { group: "admissionregistration.k8s.io", kind: "ValidatingWebhookConfiguration" },
  { group: "apiextensions.k8s.io", kind: "CustomResourceDefinition" },
  { group: "constraints.gatekeeper.sh", kind: "*" },
  { group: "mutations.gatekeeper.sh", kind: "AssignMetadata" },
  { group: "rbac.authorization.k8s.io", kind: "ClusterRole" },
  { group: "rbac.authorization.k8s.io", kind: "ClusterRoleBinding" },
  { group: "storage.k8s.io", kind: "StorageClass" },
  { group: "templates.gatekeeper.sh", kind: "ConstraintTemplate" },
];

/** What the root Application brings. */
export const ROOT_KINDS: readonly GroupKind[] = [
  { group: "argoproj.io", kind: "Application" },
  { group: "argoproj.io", kind: "AppProject" },
];
