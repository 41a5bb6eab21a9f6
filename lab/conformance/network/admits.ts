/**
 * What NetworkPolicies admit, as Kubernetes defines it:
 * https://kubernetes.io/docs/reference/kubernetes-api/networking/network-policy-v1/
 */
import ipaddr from "ipaddr.js";
import type { Data } from "../../cluster/client.ts";

export type Labels = Readonly<Record<string, string>>;

export interface Port {
  name?: string;
  port: number;
  protocol: string;
}

/** A pod as far as the network sees it. */
export interface NetworkPod {
  name: string;
  namespace: string;
  labels: Labels;
  /** Of its containers, and those that something else puts into it. */
  ports: readonly Port[];
}

/** Something that is no pod: the API server, a kubelet, a host of the internet. */
export interface Host {
  address: string;
}

/** Either side of a connection. */
export type End = NetworkPod | Host;

export interface Network {
  /** The labels of each namespace. */
  namespaces: ReadonlyMap<string, Labels>;
  policies: readonly Data[];
}

type Direction = "Ingress" | "Egress";

const isPod = (end: End): end is NetworkPod => "namespace" in end;

export type Connection = { from: End; to: End; port: Omit<Port, "name"> };

/** Whether a connection is admitted at both of its ends. */
export const admits = (network: Network, connection: Connection): boolean =>
  letsOut(network, connection) && letsIn(network, connection);

export const letsOut = (network: Network, connection: Connection): boolean => passes(network, "Egress", connection);
export const letsIn = (network: Network, connection: Connection): boolean => passes(network, "Ingress", connection);

/** One end. Only pods have policies, and what no policy selects is open. */
function passes(network: Network, direction: Direction, { from, to, port }: Connection): boolean {
  const [self, other] = direction === "Ingress" ? [to, from] : [from, to];
  if (!isPod(self)) return true;
  const selecting = network.policies.filter(
    ({ metadata, spec }) =>
      metadata.namespace === self.namespace &&
      typesOf(spec).includes(direction) &&
      matches(spec.podSelector, self.labels),
  );
  if (selecting.length === 0) return true;
  return selecting.some(({ spec, metadata }) =>
    (spec[direction.toLowerCase()] ?? []).some(
      (rule: Data) =>
        admitsPeer(network, metadata.namespace, direction === "Ingress" ? rule.from : rule.to, other) &&
        admitsPort(rule.ports, to, port),
    ),
  );
}

const typesOf = (spec: Data): Direction[] =>
  spec.policyTypes ?? ["Ingress", ...(spec.egress === undefined ? [] : ["Egress"])];

function admitsPeer(network: Network, own: string, peers: Data[] | undefined, other: End): boolean {
  if (peers === undefined || peers.length === 0) return true;
  return peers.some(({ ipBlock, namespaceSelector, podSelector }) => {
    if (ipBlock !== undefined) return !isPod(other) && inBlock(ipBlock, other.address);
    if (!isPod(other)) return false;
    const namespace =
      namespaceSelector === undefined
        ? other.namespace === own
        : matches(namespaceSelector, network.namespaces.get(other.namespace) ?? {});
    return namespace && matches(podSelector ?? {}, other.labels);
  });
}

/** A pod's address is in no block that is judged here: which addresses pods have, policies of ours never say. */
function inBlock({ cidr, except = [] }: { cidr: string; except?: string[] }, address: string): boolean {
  const parsed = ipaddr.parse(address);
  const within = (block: string): boolean => {
    const range = ipaddr.parseCIDR(block);
    return range[0].kind() === parsed.kind() && parsed.match(range);
  };
  return within(cidr) && !except.some(within);
}

function admitsPort(ports: Data[] | undefined, target: End, { port, protocol }: Omit<Port, "name">): boolean {
  if (ports === undefined || ports.length === 0) return true;
  return ports.some((each) => {
    if ((each.protocol ?? "TCP") !== protocol) return false;
    if (each.port === undefined) return true;
    if (typeof each.port === "string")
      return isPod(target) && target.ports.some((declared) => declared.name === each.port && declared.port === port);
    return port >= each.port && port <= (each.endPort ?? each.port);
  });
}

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors */
export function matches({ matchLabels = {}, matchExpressions = [] }: Data, labels: Labels): boolean {
  return (
    Object.entries(matchLabels).every(([label, value]) => labels[label] === value) &&
    matchExpressions.every(({ key, operator, values = [] }: Data) => {
      switch (operator) {
        case "In":
          return values.includes(labels[key]);
        case "NotIn":
          return !values.includes(labels[key]);
        case "Exists":
          return key in labels;
        case "DoesNotExist":
          return !(key in labels);
        default:
          throw new Error(`no such operator: ${operator}`);
      }
    })
  );
}
