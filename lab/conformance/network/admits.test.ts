import { suite } from "uvu";
import * as assert from "uvu/assert";
import { admits, type End, type NetworkPod } from "./admits.ts";

const test = suite("lab: what NetworkPolicies admit");

const namespaces = new Map<string, Record<string, string>>([
  ["a", { "kubernetes.io/metadata.name": "a", tier: "one" }],
  ["b", { "kubernetes.io/metadata.name": "b" }],
]);
const pod = (namespace: string, app: string): NetworkPod => ({
  name: app,
  namespace,
  labels: { app },
  ports: [{ name: "http", port: 8080, protocol: "TCP" }],
});
const web = pod("a", "web");
const db = pod("a", "db");
const stranger = pod("b", "web");
const host = (address: string) => ({ address });
const policy = (spec: object, namespace = "a") => ({ metadata: { namespace, name: "p" }, spec });
const to = (spec: object) => policy({ podSelector: { matchLabels: { app: "db" } }, policyTypes: ["Ingress"], ...spec });
const out = (spec: object) =>
  policy({ podSelector: { matchLabels: { app: "web" } }, policyTypes: ["Egress"], ...spec });
const CLOSED = policy({ podSelector: {}, policyTypes: ["Ingress", "Egress"] });

/** https://kubernetes.io/docs/concepts/services-networking/network-policies/ */
const CASES: [what: string, policies: object[], from: End, to: End, admitted: boolean, port?: number, udp?: true][] = [
  ["what no policy selects is open", [], stranger, db, true],
  ["a policy of another namespace is none", [policy({ podSelector: {} }, "b")], web, db, true],
  ["a policy without rules closes", [to({})], web, db, false],
  ["the far side counts too", [CLOSED, to({ ingress: [{}] })], web, db, false],
  ["policies add up", [CLOSED, to({ ingress: [{}] }), out({ egress: [{}] })], web, db, true],
  ["one that is about the other direction does not close", [out({})], stranger, db, true],
  ["no types: egress as far as there is some", [policy({ podSelector: {}, ingress: [{}] })], web, stranger, true],
  ["no types, with egress", [policy({ podSelector: {}, egress: [] })], web, stranger, false],
  ["a rule without peers is about every address", [to({ ingress: [{}] })], host("203.0.113.1"), db, true],
  ["a pod selector alone is about its own namespace", [to({ ingress: [from({ app: "web" })] })], stranger, db, false],
  ["and admits there", [to({ ingress: [from({ app: "web" })] })], web, db, true],
  [
    "both selectors of one peer hold together",
    [to({ ingress: [from({ app: "db" }, { tier: "one" })] })],
    web,
    db,
    false,
  ],
  [
    "two peers: either",
    [to({ ingress: [{ from: [...from({ app: "db" }).from, ...from(undefined, { tier: "one" }).from] }] })],
    web,
    db,
    true,
  ],
  ["every namespace", [to({ ingress: [from(undefined, {})] })], stranger, db, true],
  ["pods only, no hosts", [to({ ingress: [from(undefined, {})] })], host("10.0.0.1"), db, false],
  ["a block", [out({ egress: [block("0.0.0.0/0", "10.0.0.0/8")] })], web, host("203.0.113.1"), true],
  ["but for what is excepted", [out({ egress: [block("0.0.0.0/0", "10.0.0.0/8")] })], web, host("10.0.0.1"), false],
  ["a block of the other family", [out({ egress: [block("::/0")] })], web, host("10.0.0.1"), false],
  ["a port", [to({ ingress: [{ ports: [{ port: 8080 }] }] })], web, db, true],
  ["another port", [to({ ingress: [{ ports: [{ port: 8081 }] }] })], web, db, false],
  ["a named port", [to({ ingress: [{ ports: [{ port: "http" }] }] })], web, db, true],
  ["a name of another port", [to({ ingress: [{ ports: [{ port: "http" }] }] })], web, db, false, 9090],
  ["a range", [to({ ingress: [{ ports: [{ port: 8000, endPort: 8100 }] }] })], web, db, true],
  ["TCP is no UDP", [to({ ingress: [{ ports: [{ port: 8080 }] }] })], web, db, false, 8080, true],
  ["a protocol without a port", [to({ ingress: [{ ports: [{ protocol: "UDP" }] }] })], web, db, true, 53, true],
  [
    "an expression",
    [
      to({
        ingress: [
          { from: [{ podSelector: { matchExpressions: [{ key: "app", operator: "NotIn", values: ["web"] }] } }] },
        ],
      }),
    ],
    web,
    db,
    false,
  ],
];
for (const [what, policies, source, target, admitted, port = 8080, udp] of CASES)
  test(what, () =>
    assert.is(
      admits({ namespaces, policies }, { from: source, to: target, port: { port, protocol: udp ? "UDP" : "TCP" } }),
      admitted,
    ),
  );

function from(pods?: object, namespace?: object): { from: object[] } {
  return {
    from: [
      {
        ...(pods === undefined ? {} : { podSelector: { matchLabels: pods } }),
        ...(namespace === undefined ? {} : { namespaceSelector: { matchLabels: namespace } }),
      },
    ],
  };
}

function block(cidr: string, ...except: string[]): { to: object[] } {
  return { to: [{ ipBlock: { cidr, except } }] };
}

test.run();
