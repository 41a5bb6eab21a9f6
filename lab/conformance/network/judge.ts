/** What is wrong with the policies of a cluster: connections that are needed and closed, or open and not needed. */
import type { Data } from "../../cluster/client.ts";
import { admits, letsIn, letsOut, matches, type Connection, type End, type NetworkPod, type Port } from "./admits.ts";
import { API_SERVER, INTERNET, needsOf, prometheus, SIDECAR, type Need } from "./needs.ts";
import type { Pod, World } from "./world.ts";

/** In words, sorted; empty where all is well. `needs` are those of the same world, which its policies do not change. */
export const judge = (world: World, needs: readonly Need[] = needsOf(world)): string[] =>
  [...closed(world, needs), ...openIn(world, needs), ...openOut(world, needs), ...astray(world)].sort();

const nameOf = (end: End): string => ("namespace" in end ? `${end.namespace}/${end.name}` : end.address);
const said = ({ from, to, port: { port, protocol } }: Connection): string =>
  `${nameOf(from)} to ${nameOf(to)}:${port}/${protocol}`;

/** Needs that are not met, and that everybody finds names. */
const closed = (world: World, needs: readonly Need[]): string[] => [
  ...needs.filter((need) => !admits(world, need)).map((need) => `closed: ${said(need)} (${need.why})`),
  ...strangersInside(world).flatMap((from) =>
    ["UDP", "TCP"]
      .map((protocol) => ({ from, to: DNS, port: { port: 53, protocol } }))
      .filter((asks) => !admits(world, asks))
      .map((asks) => `closed: ${said(asks)}`),
  ),
];

/** Nobody listens on it. */
const UNHEARD: Omit<Port, "name"> = { port: 60_001, protocol: "TCP" };
const DNS: NetworkPod = { name: "dns", namespace: "kube-system", labels: {}, ports: [] };

/** Ports that a pod listens on, or that a Service leads to. */
function listening({ services }: World, pod: Pod): Omit<Port, "name">[] {
  const behind = services
    .filter(({ namespace, selector }) => namespace === pod.namespace && matches({ matchLabels: selector }, pod.labels))
    .flatMap(({ ports }) =>
      ports.flatMap(({ targetPort, protocol }) =>
        typeof targetPort === "number" ? [{ port: targetPort, protocol }] : [],
      ),
    );
  const all = [...pod.ports.map(({ port, protocol }) => ({ port, protocol })), ...behind];
  return [...new Map(all.map((each) => [`${each.port}/${each.protocol}`, each])).values()];
}

const ofPlatform = ({ pods }: World): Pod[] => pods.filter((pod) => pod.ofPlatform);

/** A pod that somebody starts by hand. */
const stranger = (namespace: string): NetworkPod => ({ name: "stranger", namespace, labels: {}, ports: [] });
const strangersInside = (world: World): NetworkPod[] =>
  [...new Set(ofPlatform(world).map(({ namespace }) => namespace))].map(stranger);

/** What the platform's pods, and strangers beside them, are let into without need: by every pod, and from outside. */
const openIn = (world: World, needs: readonly Need[]): string[] => {
  const from = [...world.pods, ...strangersInside(world), stranger("nobodys"), API_SERVER];
  const to = [
    ...ofPlatform(world).map((pod) => ({ end: pod, ports: [...listening(world, pod), UNHEARD] })),
    ...strangersInside(world).map((pod) => ({ end: pod, ports: [UNHEARD] })),
  ];
  return crossed(from, to, (connection) => letsIn(world, connection) && !isNeeded(needs, connection)).map(
    (connection) => `open in: ${said(connection)}`,
  );
};

/** What they are let out to without need. */
const openOut = (world: World, needs: readonly Need[]): string[] => {
  const from = [...ofPlatform(world), ...strangersInside(world)];
  const to = [
    ...world.pods.map((pod) => ({ end: pod, ports: [...listening(world, pod), UNHEARD] })),
    { end: DNS, ports: [UNHEARD] },
    { end: API_SERVER, ports: [{ port: 443, protocol: "TCP" }, UNHEARD] },
    { end: INTERNET, ports: [{ port: 22, protocol: "TCP" }, UNHEARD] },
  ];
  return crossed(
    from,
    to,
    (connection) => letsOut(world, connection) && !isNeeded(needs, connection) && !isScrape(world, connection),
  ).map((connection) => `open out: ${said(connection)}`);
};

/** Monitors may name any port of any pod, so Prometheus is let out to all of them. */
const isScrape = (world: World, { from, to }: Connection): boolean =>
  prometheus(world).some((pod) => pod === from) && "namespace" in to;

const crossed = (
  sources: readonly End[],
  targets: readonly { end: End; ports: readonly Omit<Port, "name">[] }[],
  holds: (connection: Connection) => boolean,
): Connection[] =>
  targets.flatMap(({ end, ports }) =>
    ports.flatMap((port) => sources.map((from) => ({ from, to: end, port })).filter(holds)),
  );

/**
 * Whoever is called from outside is called from any address, and what lies outside is at any. Namespaces are meshed as a
 * whole: istiod lets in pods without a sidecar too, which their own policy does not let out.
 */
const isNeeded = (needs: readonly Need[], { from, to, port }: Connection): boolean =>
  needs.some(
    (need) =>
      need.port.port === port.port &&
      need.port.protocol === port.protocol &&
      (need.to === to || (need.from === from && !("namespace" in need.to))) &&
      (need.from === from || need.from === API_SERVER || (need.why === SIDECAR && isNeighbour(need.from, from))),
  );

const isNeighbour = (one: End, other: End): boolean =>
  "namespace" in one && "namespace" in other && one.namespace === other.namespace;

/** Selectors of the compiled policies that select nothing, and ports that nobody listens on. */
function astray(world: World): string[] {
  return compiledPolicies(world).flatMap(({ metadata, spec }) => {
    const where = `${metadata.namespace}/${metadata.name}`;
    const own = selected(world, metadata.namespace, spec.podSelector);
    const peers: Data[] = [...(spec.ingress ?? []), ...(spec.egress ?? [])].flatMap(
      ({ from = [], to = [] }: Data) => [...from, ...to] as Data[],
    );
    return [
      ...(own.length === 0 ? [`astray: ${where} selects nothing`] : []),
      ...peers
        .filter(({ podSelector }) => podSelector !== undefined)
        .filter((peer) => selectedBy(world, metadata.namespace, peer).length === 0)
        .map((peer) => `astray: ${where} names nobody: ${JSON.stringify(peer.podSelector)}`),
      ...(spec.ingress ?? []).flatMap(({ ports }: Data) => unheard(world, own, ports, where)),
      ...(spec.egress ?? []).flatMap(({ to = [], ports }: Data) =>
        to
          .filter(({ podSelector }: Data) => podSelector !== undefined)
          .flatMap((peer: Data) => unheard(world, selectedBy(world, metadata.namespace, peer), ports, where)),
      ),
    ];
  });
}

function unheard(world: World, pods: readonly Pod[], ports: Data[] = [], where: string): string[] {
  const heard = pods.flatMap((pod) => listening(world, pod));
  return ports
    .filter(({ port, protocol }) => !heard.some((each) => each.port === port && each.protocol === protocol))
    .map(({ port, protocol }) => `astray: ${where}: nobody listens on ${port}/${protocol}`);
}

const selected = ({ pods }: World, namespace: string, selector: Data): Pod[] =>
  pods.filter((pod) => pod.namespace === namespace && matches(selector, pod.labels));

const selectedBy = (world: World, own: string, { namespaceSelector, podSelector = {} }: Data): Pod[] =>
  [...world.namespaces]
    .filter(([name, labels]) => (namespaceSelector === undefined ? name === own : matches(namespaceSelector, labels)))
    .flatMap(([name]) => selected(world, name, podSelector));

/** Those that the `namespaces` target writes for namespaces of the platform. */
export const compiledPolicies = ({ policies, pods }: World): Data[] =>
  policies.filter(
    ({ compiled, metadata }) =>
      compiled && pods.some(({ namespace, ofPlatform }) => ofPlatform && namespace === metadata.namespace),
  );
