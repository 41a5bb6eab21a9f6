import type { Addon, AddonAccepts, AddonNetwork, AddonPeer, AddonReaches } from "../config/model/addons.ts";
import type { Ecosystem } from "../config/model/ecosystem.ts";
import { kindsAmong } from "../facts/kinds.ts";
import { API_SERVER, PROMETHEUS, QUERIES } from "../facts/network.ts";
import { clustersOf } from "../facts/placement.ts";
import type { Accepted, GroupKind, PodsNetwork, PodsOf, Reached } from "../topology/addons.ts";
import type { DeclaredAddon, DeclaredImage } from "../topology/declared-addons.ts";
import { canonical, compareNames, entries } from "./resolve.ts";

/** The charts that the config asks for, each once, with the clusters that get it. */
export const lowerAddons = ({ addons, clusters }: Ecosystem): DeclaredAddon[] =>
  entries<Addon>(addons, "addons").map(({ name, value, source }) => ({
    name,
    source,
    namespace: value.namespace ?? name,
    clusters: clustersOf(placementOf(value.clusters ?? "all"), clusters).sort(compareNames),
    stage: value.stage ?? "controllers",
    chart: {
      repository: value.chart.repository,
      name: value.chart.name,
      version: value.version,
      ...(value.since === undefined ? {} : { since: value.since }),
    },
    values: canonical(value.values ?? {}),
    images: value.images.map(lowerImage),
    ...(value.network === undefined ? {} : { network: networkOf(value.network) }),
    ...(value.podSecurity === undefined
      ? {}
      : { namespaceNeeds: { level: value.podSecurity.level, reason: value.podSecurity.reason } }),
    workloadKinds: kindsOf(value.crds),
    clusterKinds: kindsOf(value.clusterKinds),
  }));

function lowerImage(image: Addon["images"][number]): DeclaredImage {
  if (typeof image === "string") return { name: image.replace(/\/$/, "") };
  const { name, repository, registry } = image;
  return { name, values: { repository, ...(registry === undefined ? {} : { registry }) } };
}

/** A list of clusters, as a service's placement says it. */
const placementOf = (clusters: NonNullable<Addon["clusters"]>): Parameters<typeof clustersOf>[0] =>
  clusters === "all" || "environments" in clusters ? clusters : { clusters };

const networkOf = (network: { [kind: string]: AddonNetwork }): Readonly<Record<string, PodsNetwork>> =>
  Object.fromEntries(
    entries(network, "").map(({ name, value: { pods, accepts = [], reaches = [] } }) => [
      name,
      { pods: canonical({ ...pods }), accepts: accepts.map(acceptedFrom), reaches: reaches.map(reachedAt) },
    ]),
  );

const acceptedFrom = ({ from, ...ports }: AddonAccepts): Accepted => ({
  from: from === "prometheus" ? PROMETHEUS : peerOf(from),
  ...numbersOf(ports),
});

const numbersOf = ({ ports, udp }: Pick<AddonAccepts, "ports" | "udp">): Pick<Accepted, "ports" | "udp"> => ({
  ...(ports === undefined ? {} : { ports }),
  ...(udp === undefined ? {} : { udp }),
});

/** Without a word about its pods, all of a namespace. */
const peerOf = <P extends string>(peer: P | AddonPeer): P | PodsOf =>
  typeof peer === "string" ? peer : { namespace: peer.namespace, pods: canonical({ ...peer.pods }) };

function reachedAt({ to, ...ports }: AddonReaches): Reached {
  if (to !== "api-server" && to !== "prometheus") return { to: peerOf(to), ...numbersOf(ports) };
  const known = to === "prometheus" ? QUERIES : API_SERVER;
  return { ...known, ...numbersOf(ports) };
}

/** `apps/Deployment`, and without a group what is of Kubernetes' oldest. */
const kindsOf = (named: readonly string[] = []): GroupKind[] =>
  kindsAmong(
    named.map((each) => {
      const slash = each.indexOf("/");
      return { group: each.slice(0, Math.max(0, slash)), kind: each.slice(slash + 1) };
    }),
  );
