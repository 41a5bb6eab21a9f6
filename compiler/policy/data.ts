import { isDeepStrictEqual } from "node:util";
import type { PolicyData, PolicyParameters } from "./parameters.ts";
import { mirroredPlaces } from "../facts/mirrors.ts";
import type { Addon, PodSecurityLevel } from "../topology/addons.ts";
import type { Cluster } from "../topology/clusters.ts";
import type { Extra } from "../topology/extra.ts";
import type { Registries } from "../topology/registries.ts";
import { policyLevels } from "./levels.ts";
import type { Topology } from "../topology/index.ts";

/** What the budgets are held against: the projected minimum per budget. */
export const COSTS_PATH = "generated/policies/costs.json";

/** Every object of a workload carries these; the charts and the compiler set them. */
const REQUIRED_LABELS = [
  "app.kubernetes.io/managed-by",
  "app.kubernetes.io/name",
  "app.kubernetes.io/part-of",
  "eco-compile.dev/team",
];

/**
 * What the policies are told: the same for the compiler's own verdict, for pull requests and, as parameters of
 * constraints, for admission.
 */
export function policyData(
  topology: Topology,
  systemNamespaces: PolicyData["exempt_namespaces"],
  policies: readonly string[],
): PolicyData {
  const { environments, clouds, clusters, security, budgets, workloads, management } = topology;
  const everywhere = imageParameters(topology, management);
  const upstream = addonNamespaces(topology, systemNamespaces, policies);
  const isUpstream = ({ namespace }: { namespace: string }): boolean =>
    upstream.some((each) => each.namespace === namespace);
  return {
    parameters: {
      ...everywhere,
      digest_required: false,
      required_labels: REQUIRED_LABELS,
      // Not ephemeral storage: Istio's sidecar states none. The charts' own schema asks for it.
      required_requests: ["cpu", "memory"],
      required_limits: ["memory"],
      token_accounts: [],
      public_endpoints: [],
      allowed_machine_types: security.allowedMachineTypes ?? ["*"],
      budgets: budgets.map(({ name, monthly }) => ({ name, ...monthly })),
    },
    environments: Object.fromEntries(
      environments.map(({ name, production }) => [name, { parameters: { digest_required: production } }]),
    ),
    clouds: Object.fromEntries(
      clouds.map(({ name }) => [
        name,
        {
          parameters: {
            allowed_regions: security.allowedRegions[name] ?? [],
            public_endpoints: publicClusters(clusters.filter(({ cloud }) => cloud === name)),
          },
        },
      ]),
    ),
    clusters: Object.fromEntries(
      clusters.map((cluster) => [
        cluster.name,
        {
          environment: cluster.environment.name,
          cloud: cluster.cloud,
          region: cluster.region.name,
          parameters: {
            ...otherwise(imageParameters(topology, cluster), everywhere),
            ...tokenAccounts(workloads.filter((workload) => workload.cluster.name === cluster.name)),
            public_endpoints: [
              ...publicClusters([cluster])!,
              ...workloads
                .filter((workload) => workload.cluster.name === cluster.name)
                .flatMap(({ exposure, namespace, name }) =>
                  exposure === undefined ? [] : [{ kind: "Gateway" as const, namespace, name, hosts: exposure.hosts }],
                ),
            ],
          },
        },
      ]),
    ),
    exempt_namespaces: [
      ...systemNamespaces.filter((each) => !isUpstream(each)),
      ...upstream,
      ...security.policies.exemptNamespaces.map((namespace) => ({
        namespace,
        reason: "security.policies.exemptNamespaces",
      })),
    ],
    ...policyLevels(security.policies),
    extra: Object.fromEntries(topology.extra.map((extra) => [extra.folder, extraScope(topology, extra)])),
  };
}

type ImageParameters = Required<Pick<PolicyParameters, "allowed_registries" | "digest_exempt_images">>;

/** Where pods of a cluster may have their images from: from mirrors, where there are some. */
function imageParameters({ platform, security }: Topology, { name, registries }: Cluster): ImageParameters {
  // Seen by admission like any other container.
  const injected = platform.addons
    .filter(({ cluster }) => cluster === name)
    .flatMap(({ injects, upstream }) => injects?.images.flatMap((image) => namesOf(image, upstream, registries)) ?? []);
  const exempt = [...new Set(injected)].sort();
  return {
    allowed_registries: [...mirroredPlaces(security.allowedRegistries, registries), ...exempt],
    digest_exempt_images: exempt,
  };
}

/** An injected image as pods name it, those of before the mirror as well where they may stay. */
const namesOf = (image: string, upstream: Addon["upstream"], { allowUpstream }: Registries): string[] => [
  image,
  ...(allowUpstream && upstream?.[image] !== undefined ? [upstream[image]] : []),
];

/** What is otherwise on a cluster than everywhere, which is as the management cluster has it. */
const otherwise = (here: ImageParameters, everywhere: ImageParameters): Partial<ImageParameters> =>
  isDeepStrictEqual(here, everywhere) ? {} : here;

/** A root that makes a cluster is judged by that cluster's rules. */
export function extraScope(
  { terraformRoots }: Topology,
  { cluster, root }: Extra,
): { cluster: string } | { cloud: string } {
  const made = terraformRoots.find(({ name }) => name === root);
  const judge = cluster ?? made?.cluster;
  return judge === undefined ? { cloud: made?.cloud ?? "" } : { cluster: judge };
}

/** Service accounts that talk to the API server. */
function tokenAccounts(workloads: Topology["workloads"]): Pick<PolicyParameters, "token_accounts"> {
  const accounts = workloads.filter(({ pods }) => pods.apiAccess);
  return accounts.length === 0
    ? {}
    : { token_accounts: accounts.map(({ namespace, serviceAccount }) => ({ namespace, name: serviceAccount })) };
}

const publicClusters = (clusters: Topology["clusters"]): PolicyParameters["public_endpoints"] =>
  clusters.filter(({ endpoint }) => endpoint.public).map(({ name }) => ({ kind: "Cluster", name }));

/**
 * What holds for the charts that a project brings as well, by the Pod Security level of their namespace: whoever may push
 * to a registry runs code in the cluster, and the API server takes no pods beyond the level.
 */
const OF_OTHER_CHARTS = {
  restricted: ["allowed-registries", "host-access", "restricted-pods"],
  baseline: ["allowed-registries", "host-access"],
  privileged: ["allowed-registries"],
} as const satisfies Record<PodSecurityLevel, readonly string[]>;

/**
 * Upstream charts keep to rules of their own; they are pinned and reviewed as a whole. Our own components are held to
 * the policies.
 */
function addonNamespaces(
  { platform }: Topology,
  known: PolicyData["exempt_namespaces"],
  policies: readonly string[],
): PolicyData["exempt_namespaces"] {
  const upstream = platform.addons.filter(({ chart }) => chart !== undefined);
  const exempt = new Set(known.filter((each) => each.policies === undefined).map(({ namespace }) => namespace));
  const namespaces = [...new Set(upstream.map(({ namespace }) => namespace))]
    .filter((each) => !exempt.has(each))
    .sort();
  return namespaces.map((namespace) => {
    const here = upstream.filter((addon) => addon.namespace === namespace);
    if (here.some(({ broughtBy }) => broughtBy === undefined))
      return { namespace, reason: "pinned upstream charts of the add-on catalogue run here" };
    const held: readonly string[] = OF_OTHER_CHARTS[here[0]!.namespaceNeeds?.level ?? "restricted"];
    return {
      namespace,
      reason: "pinned upstream charts of the project's own run here",
      policies: policies.filter((policy) => !held.includes(policy)),
    };
  });
}
