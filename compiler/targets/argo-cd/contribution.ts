import type { Contribution, ContributedAddon } from "../../5-emit/target.ts";
import { NAMESPACES } from "../../facts/names.ts";
import { API_SERVER, gitPorts, scraped } from "../../facts/network.ts";
import type { Reached } from "../../topology/addons.ts";
import type { Topology } from "../../topology/index.ts";
import { resources } from "../../5-emit/resources.ts";

/** Installed by the bootstrap; from then on it looks after itself. */
export const contribution = ({ clusters, repository, declaredAddons }: Topology): Contribution => ({
  addons: clusters.map((cluster) => ({
    name: "argo-cd",
    cluster,
    namespace: NAMESPACES.argocd,
    stage: "delivery",
    chart: { repository: "https://argoproj.github.io/argo-helm", name: "argo-cd", version: "10.1.1" },
    images: [
      { name: "quay.io/argoproj/argocd", values: [{ whole: "global.image.repository" }] },
      { name: "ecr-public.aws.com/docker/library/redis", values: [{ whole: "redis.image.repository" }] },
    ],
    values: values(),
    pods: { thatEnd: ["redisSecretInit"] },
    network: network([
      repository.url,
      ...declaredAddons.filter((addon) => addon.clusters.includes(cluster.name)).map(({ chart }) => chart.repository),
    ]),
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
  global: { networkPolicy: { create: false } }, // `network` below is narrower
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

const pods = (name: string) => ({ "app.kubernetes.io/name": `argocd-${name}` });
const to = (name: string, port: number): Reached => ({
  to: { namespace: NAMESPACES.argocd, pods: pods(name) },
  ports: [port],
});
const REPO_SERVER = to("repo-server", 8081);
const REDIS = to("redis", 6379);

/**
 * In place of the chart's own policies, which are on where nothing is said, and open all metrics to every pod and the server to everybody. Nobody reaches
 * the server over the network: `kubectl port-forward` comes from inside of the pod, and there is no way in from outside.
 * https://github.com/argoproj/argo-helm/tree/argo-cd-10.1.1/charts/argo-cd/templates
 */
const network = (repositories: readonly string[]): ContributedAddon["network"] => ({
  "application-controller": {
    pods: pods("application-controller"),
    accepts: [scraped(8082)],
    reaches: [API_SERVER, REPO_SERVER, REDIS],
  },
  server: { pods: pods("server"), accepts: [scraped(8083)], reaches: [API_SERVER, REPO_SERVER, REDIS] },
  // Clones repositories and fetches charts, wherever they are.
  "repo-server": {
    pods: pods("repo-server"),
    accepts: [scraped(8084)],
    reaches: [{ to: "anywhere", ports: gitPorts(...repositories) }, REDIS],
  },
  redis: { pods: pods("redis") },
  "redis-secret-init": { pods: pods("redis-secret-init"), reaches: [API_SERVER] },
});
