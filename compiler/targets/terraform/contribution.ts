import type { ContributedAddon, Contribution } from "../../5-emit/target.ts";
import { NAMESPACES } from "../../facts/names.ts";
import { API_SERVER, gitPorts, scraped } from "../../facts/network.ts";
import type { Topology } from "../../topology/index.ts";
import { resources } from "../../5-emit/resources.ts";

/** What applies the roots, on the cluster that is there for it. */
export const contribution = ({ management, repository }: Topology): Contribution => ({
  addons: [
    {
      name: "source-controller",
      cluster: management,
      namespace: NAMESPACES.terraform,
      stage: "controllers",
      step: 2,
      chart: { repository: "https://fluxcd-community.github.io/helm-charts", name: "flux2", version: "2.18.3" },
      images: [
        { name: "ghcr.io/fluxcd/source-controller", values: [{ whole: "sourceController.image" }] },
        { name: "ghcr.io/fluxcd/flux-cli", values: [{ whole: "cli.image" }] },
      ],
      values: sourceControllerValues(),
      network: sourceControllerNetwork(repository.url),
      serverSideApply: true,
    },
    {
      name: "tofu-controller",
      cluster: management,
      namespace: NAMESPACES.terraform,
      stage: "controllers",
      step: 3,
      chart: { repository: "https://flux-iac.github.io/tofu-controller", name: "tofu-controller", version: "0.16.5" },
      images: [
        { name: "ghcr.io/flux-iac/tofu-controller", values: [{ whole: "image.repository" }] },
        { name: "ghcr.io/flux-iac/tf-runner", values: [{ whole: "runner.image.repository" }] },
      ],
      values: tofuControllerValues(),
      network: TOFU_CONTROLLER_NETWORK,
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
  policies: { create: false }, // they open the namespace's pods to one another, and everything that lies outside to them
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

const SOURCE_CONTROLLER = { app: "source-controller" };

const sourceControllerNetwork = (repository: string): ContributedAddon["network"] => ({
  manager: {
    pods: SOURCE_CONTROLLER,
    accepts: [scraped(8080)],
    reaches: [{ to: "anywhere", ports: gitPorts(repository) }], // the API server is among them
  },
  // The chart's hook, which looks at the cluster before it is installed.
  check: { pods: { "app.kubernetes.io/part-of": "flux" }, reaches: [API_SERVER] },
});

/**
 * Pods that run Terraform are made by the controller, which calls them at their address:
 * https://github.com/flux-iac/tofu-controller/blob/v0.16.5/controllers/tf_controller_runner.go
 */
const RUNNER = { "app.kubernetes.io/name": "tf-runner" };

const TOFU_CONTROLLER_NETWORK: ContributedAddon["network"] = {
  manager: {
    pods: { "app.kubernetes.io/name": "tofu-controller" },
    accepts: [scraped(8080)],
    reaches: [
      API_SERVER,
      { to: { namespace: NAMESPACES.terraform, pods: SOURCE_CONTROLLER }, ports: [9090] },
      { to: { namespace: NAMESPACES.terraform, pods: RUNNER }, ports: [30_000] },
    ],
  },
  runner: { pods: RUNNER, reaches: [{ to: "anywhere", ports: [443] }] }, // the API server, the clouds, providers
};

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
