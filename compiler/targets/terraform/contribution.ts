import type { Contribution } from "../../5-emit/target.ts";
import { NAMESPACES } from "../../facts/names.ts";
import type { Topology } from "../../topology/index.ts";
import { resources } from "../../5-emit/resources.ts";

/** What applies the roots, on the cluster that is there for it. */
export const contribution = ({ management }: Topology): Contribution => ({
  addons: [
    {
      name: "source-controller",
      cluster: management,
      namespace: NAMESPACES.terraform,
      stage: "controllers",
      step: 2,
      chart: { repository: "https://fluxcd-community.github.io/helm-charts", name: "flux2", version: "2.18.3" },
      values: sourceControllerValues(),
      serverSideApply: true,
    },
    {
      name: "tofu-controller",
      cluster: management,
      namespace: NAMESPACES.terraform,
      stage: "controllers",
      step: 3,
      chart: { repository: "https://flux-iac.github.io/tofu-controller", name: "tofu-controller", version: "0.16.5" },
      values: tofuControllerValues(),
      serverSideApply: true,
    },
  ],
});

const unused = { create: false };
const READ = ["get", "list", "watch"];
const ALL = [...READ, "create", "update", "patch", "delete"];

/**
 * Flux's source-controller alone: it brings the repository to tofu-controller.
 * https://github.com/fluxcd-community/helm-charts/tree/flux2-2.18.3/charts/flux2
 */
const sourceControllerValues = () => ({
  helmController: unused,
  imageAutomationController: unused,
  imageReflectionController: unused,
  kustomizeController: unused,
  notificationController: unused,
  sourceController: { create: true, resources: resources("50m", "256Mi", "2Gi") },
  watchAllNamespaces: false,
  policies: { create: true },
  // The chart's own rights name service accounts of all of Flux's controllers, up to cluster-admin: free for whoever
  // makes such an account.
  rbac: { create: false, createAggregation: false },
  extraObjects: sourceControllerRights(),
});

/**
 * What its code asks for, inside its own namespace:
 * https://github.com/fluxcd/source-controller/blob/v1.8.2/config/rbac/role.yaml
 */
function sourceControllerRights(): object[] {
  const metadata = { name: "source-controller", namespace: NAMESPACES.terraform };
  const rule = (apiGroups: string[], resources: string[], verbs: string[]) => ({ apiGroups, resources, verbs });
  return [
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "Role",
      metadata,
      rules: [
        rule(["source.toolkit.fluxcd.io"], ["*"], ALL),
        rule([""], ["configmaps", "secrets", "serviceaccounts"], READ),
        rule([""], ["events"], ["create", "patch"]),
        rule(["coordination.k8s.io"], ["leases"], ALL), // who leads
      ],
    },
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "RoleBinding",
      metadata,
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: metadata.name },
      subjects: [{ kind: "ServiceAccount", ...metadata }],
    },
  ];
}

/** https://github.com/flux-iac/tofu-controller/tree/v0.16.5/charts/tofu-controller */
const tofuControllerValues = () => ({
  replicaCount: 1,
  watchAllNamespaces: false,
  allowCrossNamespaceRefs: false,
  allowBreakTheGlass: false,
  awsPackage: { install: false },
  eventsAddress: "", // there is no notification-controller
  resources: resources("100m", "512Mi"),
  runner: { serviceAccount: { allowedNamespaces: [NAMESPACES.terraform] } },
});
