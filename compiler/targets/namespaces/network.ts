import type { KubernetesObject } from "../../5-emit/artifact.ts";
import { kubernetesObject, syncWave } from "../../5-emit/kubernetes.ts";
import { compose, isSystemNamespace, platformLabels, SYSTEM_NAMESPACE } from "../../facts/names.ts";
import { MESHED_NAMESPACE } from "../../facts/network.ts";
import type { Accepted, Addon, NetworkPeer, PodsOf, Reached } from "../../topology/addons.ts";
import type { CloudKind } from "../../config/model/clouds.ts";
import type { Cluster } from "../../topology/clusters.ts";
import type { Topology } from "../../topology/index.ts";

/** Objects of https://kubernetes.io/docs/reference/kubernetes-api/networking/network-policy-v1/ */

/**
 * What no other policy selects may ask for names, and nothing else. Policies add up: those of charts and of add-ons open
 * what is declared. Without this one a pod that somebody starts by hand would reach everything.
 */
export const closedByDefault = (topology: Topology, namespace: string, source: string): KubernetesObject =>
  policy(topology, { name: "closed-by-default", namespace, pods: {}, ingress: [], egress: [DNS] }, source);

/** One policy for each kind of pods that an add-on of the cluster names, or opens connections to. */
export function addonPolicies(topology: Topology, cluster: Cluster, addons: readonly Addon[]): KubernetesObject[] {
  const opened = new Map<string, Opened>();
  for (const one of [...addons.flatMap((addon) => ownSide(addon, cluster)), ...addons.flatMap(farSide)]) {
    const key = `${one.namespace} ${JSON.stringify(one.pods)}`;
    const known = opened.get(key);
    opened.set(key, known === undefined ? one : joined(known, one));
  }
  return [...opened.values()]
    .filter(({ namespace, ingress, egress }) => !isSystemNamespace(namespace) && ingress.length + egress.length > 0)
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((each) => policy(topology, each, cluster.source));
}

/** What is open to some pods of a namespace. */
interface Opened {
  name: string;
  namespace: string;
  pods: Readonly<Record<string, string>>;
  ingress: readonly object[];
  egress: readonly object[];
}

const joined = (one: Opened, other: Opened): Opened => ({
  ...one,
  ingress: distinct([...one.ingress, ...other.ingress]),
  egress: distinct([...one.egress, ...other.egress]),
});

const distinct = (rules: readonly object[]): object[] => [
  ...new Map(rules.map((rule) => [JSON.stringify(rule), rule])).values(),
];

/** What an add-on says of its own pods. */
const ownSide = ({ name, namespace, network = {}, permissions = [] }: Addon, { cloudKind }: Cluster): Opened[] =>
  Object.entries(network).map(([kind, { pods, accepts = [], reaches = [] }]) => ({
    name: compose([name, kind]),
    namespace,
    pods,
    ingress: accepts.map(({ from, ...ports }) => ({ ...peers("from", from), ...portsOf(ports) })),
    egress: [
      ...reaches.map(({ to, ...ports }) => ({ ...peers("to", to), ...portsOf(ports) })),
      ...(permissions.some((permission) => permission[cloudKind] !== undefined) ? CREDENTIALS[cloudKind] : []),
    ],
  }));

/** The same connections where they end, which is another add-on's namespace or its own. */
const farSide = ({ namespace, network = {} }: Addon): Opened[] =>
  Object.values(network).flatMap(({ pods, reaches = [] }) =>
    reaches.flatMap(({ to, ...ports }) =>
      typeof to === "string"
        ? []
        : [
            {
              name: compose(["called", ...Object.values(to.pods ?? {})]),
              namespace: to.namespace,
              pods: to.pods ?? {},
              ingress: [{ ...peers("from", { namespace, pods }), ...portsOf(ports) }],
              egress: [],
            },
          ],
    ),
  );

/** Without `from` or `to` a rule is about every address. */
function peers(side: "from" | "to", peer: NetworkPeer): object {
  switch (peer) {
    case "anywhere":
      return {};
    case "every-pod":
      return { [side]: [{ namespaceSelector: {} }] };
    case "mesh":
      return { [side]: [{ namespaceSelector: { matchLabels: MESHED_NAMESPACE } }] };
    default:
      return { [side]: [podsOf(peer)] };
  }
}

const podsOf = ({ namespace, pods = {} }: PodsOf) => ({
  ...inNamespace(namespace),
  ...(Object.keys(pods).length === 0 ? {} : { podSelector: { matchLabels: pods } }),
});

const inNamespace = (name: string) => ({
  namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } },
});

/** Without `ports` a rule is about every port. */
function portsOf({ ports = [], udp = [] }: Omit<Accepted, "from"> & Omit<Reached, "to">): object {
  const numbers = [...ports.map((port) => numbered(port, "TCP")), ...udp.map((port) => numbered(port, "UDP"))];
  return numbers.length === 0 ? {} : { ports: numbers };
}

const numbered = (port: number, protocol: "TCP" | "UDP") => ({ port, protocol });

const DNS = { to: [inNamespace(SYSTEM_NAMESPACE)], ports: [numbered(53, "UDP"), numbered(53, "TCP")] };

const address = (cidr: string, ...ports: number[]) => ({
  to: [{ ipBlock: { cidr } }],
  ports: ports.map((port) => numbered(port, "TCP")),
});

/**
 * Where pods whose service account has rights in the cloud get their credentials: on the node, from the metadata server
 * of GKE, at another address for each of its two data planes
 * (https://cloud.google.com/kubernetes-engine/docs/how-to/network-policy#network-policy-and-workload-identity), or from
 * EKS Pod Identity (https://docs.aws.amazon.com/eks/latest/userguide/pod-id-agent-setup.html). On azure a file holds the
 * token, which is exchanged at an address of the internet.
 */
const CREDENTIALS: Readonly<Record<CloudKind, readonly object[]>> = {
  gcp: [address("169.254.169.254/32", 80, 8080), address("169.254.169.252/32", 987, 988)],
  aws: [address("169.254.170.23/32", 80)],
  azure: [],
};

function policy(
  { name: ecosystem }: Topology,
  { name, namespace, pods, ingress, egress }: Opened,
  source: string,
): KubernetesObject {
  return kubernetesObject(
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      name,
      namespace,
      labels: platformLabels(ecosystem, namespace),
      annotations: syncWave(1),
      source,
    },
    {
      spec: {
        podSelector: Object.keys(pods).length === 0 ? {} : { matchLabels: pods },
        policyTypes: ["Ingress", "Egress"],
        ...(ingress.length === 0 ? {} : { ingress }),
        ...(egress.length === 0 ? {} : { egress }),
      },
    },
  );
}
