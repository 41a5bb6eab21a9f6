import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { projectTopology } from "../../../test/support/topology.ts";
import type { KubernetesObject } from "../../5-emit/artifact.ts";
import { createValidator, schemasBelow } from "../../6-verify/kubernetes/index.ts";
import { PACKAGE_ROOT } from "../../package-root.ts";
import type { Addon, NetworkPeer, PodsNetwork, Reached } from "../../topology/addons.ts";
import type { CloudKind } from "../../config/model/clouds.ts";
import { addonPolicies } from "./network.ts";

const test = suite("networks of add-ons");
const topology = await projectTopology();
const [cluster] = topology.clusters;
const { validate } = createValidator(schemasBelow(`${PACKAGE_ROOT}schemas/crds`));

const addon = (name: string, network: Addon["network"], over: Partial<Addon> = {}): Addon => ({
  name,
  namespace: name,
  cluster: cluster!.name,
  target: name,
  wave: 0,
  serverSideApply: false,
  path: "",
  source: "",
  ...(network === undefined ? {} : { network }),
  ...over,
});
type Policy = KubernetesObject & { spec: { podSelector: object; ingress?: object[]; egress?: object[] } };
const policies = (...addons: Addon[]) => addonPolicies(topology, cluster!, addons) as Policy[];
const named = (name: string, ...addons: Addon[]) => policies(...addons).find(({ metadata }) => metadata.name === name)!;

const PODS = { app: "one" };
const OTHER = { namespace: "other", pods: { app: "two" } };
const namespace = (name: string) => ({ matchLabels: { "kubernetes.io/metadata.name": name } });
const one = (network: Omit<PodsNetwork, "pods">) => addon("mine", { server: { pods: PODS, ...network } });

const PEERS: [peer: NetworkPeer, selectors: object[] | undefined][] = [
  ["anywhere", undefined],
  ["every-pod", [{ namespaceSelector: {} }]],
  ["mesh", [{ namespaceSelector: { matchLabels: { "istio-injection": "enabled" } } }]],
  [{ namespace: "other" }, [{ namespaceSelector: namespace("other") }]],
  [OTHER, [{ namespaceSelector: namespace("other"), podSelector: { matchLabels: { app: "two" } } }]],
];
for (const [peer, selectors] of PEERS) {
  test(`${JSON.stringify(peer)}, as who calls and as who is called`, () => {
    const ports = [{ port: 80, protocol: "TCP" }];
    const accepts = named("mine-server", one({ accepts: [{ from: peer, ports: [80] }] }));
    assert.equal(accepts.spec.ingress, [selectors === undefined ? { ports } : { from: selectors, ports }]);
    assert.is(accepts.spec.egress, undefined);
    const reaches = named("mine-server", one({ reaches: [{ to: peer, ports: [80] }] }));
    assert.equal(reaches.spec.egress, [selectors === undefined ? { ports } : { to: selectors, ports }]);
    assert.is(reaches.spec.ingress, undefined);
  });
}

test("ports of both protocols, or all of them", () => {
  const { spec } = named(
    "mine-server",
    one({ accepts: [{ from: "anywhere", ports: [53], udp: [53] }, { from: "every-pod" }] }),
  );
  assert.equal(spec.ingress, [
    {
      ports: [
        { port: 53, protocol: "TCP" },
        { port: 53, protocol: "UDP" },
      ],
    },
    { from: [{ namespaceSelector: {} }] },
  ]);
});

const CALLS: Reached = { to: OTHER, ports: [9090] };
const CALLED = {
  from: [{ namespaceSelector: namespace("mine"), podSelector: { matchLabels: PODS } }],
  ports: [{ port: 9090, protocol: "TCP" }],
};

test("what one add-on reaches, the other one lets in: in a policy of its own where it says nothing", () => {
  const { metadata, spec } = named("called-two", one({ reaches: [CALLS] }), addon("other", {}));
  assert.is(metadata.namespace, "other");
  assert.equal(spec.podSelector, { matchLabels: OTHER.pods });
  assert.equal(spec.ingress, [CALLED]);
});

test("and beside what it says of the same pods, once", () => {
  const other = addon("other", { web: { pods: OTHER.pods, accepts: [{ from: "anywhere", ports: [443] }] } });
  for (const addons of [
    [one({ reaches: [CALLS, CALLS] }), other],
    [other, one({ reaches: [CALLS] })],
  ]) {
    assert.equal(
      policies(...addons).map(({ metadata }) => metadata.name),
      ["mine-server", "other-web"],
    );
    assert.equal(named("other-web", ...addons).spec.ingress, [{ ports: [{ port: 443, protocol: "TCP" }] }, CALLED]);
  }
});

test("the system's namespaces get none, although what runs there is let in elsewhere", () => {
  const agent = addon("agent", { node: { pods: PODS, reaches: [CALLS] } }, { namespace: "kube-system" });
  assert.equal(
    policies(agent).map(({ metadata }) => `${metadata.namespace}/${metadata.name}`),
    ["other/called-two"],
  );
});

test("pods of which nothing is said stay closed", () => {
  assert.equal(policies(addon("silent", undefined), addon("none", {}), one({})), []);
});

const AGENTS: Record<CloudKind, string[]> = {
  gcp: ["169.254.169.254/32", "169.254.169.252/32"],
  aws: ["169.254.170.23/32"],
  azure: [],
};
for (const [cloud, agents] of Object.entries(AGENTS) as [CloudKind, string[]][]) {
  test(`rights on ${cloud}: credentials come from ${agents.join(" and ") || "a file"}`, () => {
    const on = (permission: object) =>
      addonPolicies(topology, { ...cluster!, cloudKind: cloud }, [
        addon("dns", { server: { pods: PODS } }, { permissions: [{ serviceAccount: "dns", ...permission }] }),
      ]) as Policy[];
    const blocks = on({ gcp: ["a"], aws: [], azure: ["b"] }).flatMap(({ spec }) =>
      spec.egress!.map((rule) => (rule as { to: { ipBlock: { cidr: string } }[] }).to[0]!.ipBlock.cidr),
    );
    assert.equal(blocks, agents);
    assert.equal(on({}), []);
  });
}

const label = fc.record({ app: fc.constantFrom("one", "two", "three") });
const namespaces = fc.constantFrom("a", "b", "c");
const peer = fc.oneof(
  fc.constantFrom<NetworkPeer>("anywhere", "every-pod", "mesh"),
  fc.record({ namespace: namespaces, pods: label }),
  fc.record({ namespace: namespaces }),
);
const ports = fc.record(
  { ports: fc.array(fc.integer({ min: 1, max: 65_535 }), { minLength: 1, maxLength: 3 }), udp: fc.constant([53]) },
  { requiredKeys: [] },
);
const network = fc.dictionary(
  fc.constantFrom("web", "store", "job"),
  fc.record({
    pods: label,
    accepts: fc.array(
      fc.tuple(peer, ports).map(([from, rest]) => ({ from, ...rest })),
      { maxLength: 3 },
    ),
    reaches: fc.array(
      fc.tuple(peer, ports).map(([to, rest]) => ({ to, ...rest })),
      { maxLength: 3 },
    ),
  }),
);

test("whatever is said, the objects are valid, have names of their own, and come in one order", () => {
  fc.assert(
    fc.property(fc.array(network, { maxLength: 3 }), (networks) => {
      const addons = networks.map((each, index) => addon("abc"[index]!, each));
      const made = policies(...addons);
      for (const policy of made) assert.equal(validate(policy), []);
      const names = made.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
      assert.is(new Set(names).size, names.length);
      const selected = made.map(({ metadata, spec }) => `${metadata.namespace} ${JSON.stringify(spec.podSelector)}`);
      assert.is(new Set(selected).size, selected.length, "one policy for each kind of pods");
    }),
    { numRuns: 100 },
  );
});

test.run();
