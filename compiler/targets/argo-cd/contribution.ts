import type { Contribution } from "../../5-emit/target.ts";
import { NAMESPACES } from "../../facts/names.ts";
import type { Topology } from "../../topology/index.ts";
import { resources } from "../../5-emit/resources.ts";

/** Installed by the bootstrap; from then on it looks after itself. */
export const contribution = ({ clusters }: Topology): Contribution => ({
  addons: clusters.map((cluster) => ({
    name: "argo-cd",
    cluster,
    namespace: NAMESPACES.argocd,
    stage: "delivery",
    chart: { repository: "https://argoproj.github.io/argo-helm", name: "argo-cd", version: "10.1.1" },
    values: values(),
    pods: { thatEnd: ["redisSecretInit"] },
    serverSideApply: true,
  })),
  // What upstream charts bring, whichever add-on it is.
  clusterKinds: [
    { group: "apiextensions.k8s.io", kind: "CustomResourceDefinition" },
    { group: "rbac.authorization.k8s.io", kind: "ClusterRole" },
    { group: "rbac.authorization.k8s.io", kind: "ClusterRoleBinding" },
  ],
});

/**
 * Nobody logs in: there is no local administrator and, until a patch brings one, no single sign-on. People come with
 * their rights in the cluster: `kubectl`, `argocd --core`, `argocd admin dashboard`. The `argo-cd` target adds the
 * health scripts of `argocd/health/`. https://github.com/argoproj/argo-helm/tree/argo-cd-10.1.1/charts/argo-cd
 */
const values = () => ({
  fullnameOverride: "argocd",
  global: { networkPolicy: { create: true, defaultDenyIngress: true } },
  configs: {
    cm: {
      "admin.enabled": false,
      "exec.enabled": false,
      "application.resourceTrackingMethod": "annotation", // the label is cut at 63 characters, and is copied by others
    },
    rbac: { "policy.default": "" },
  },
  applicationSet: { replicas: 0, resources: resources("50m", "128Mi") }, // Applications are explicit files: the compiler knows all of them
  dex: { enabled: false },
  notifications: { enabled: false },
  controller: { resources: resources("250m", "1Gi") },
  repoServer: { replicas: 2, resources: resources("100m", "512Mi", "2Gi"), pdb: { enabled: true, maxUnavailable: 1 } },
  server: { resources: resources("50m", "128Mi") },
  redis: { resources: resources("50m", "128Mi") },
  redisSecretInit: { resources: resources("50m", "64Mi") },
});
