/** What goes out of a pod, packet by packet, as Kubernetes reads the rules that the chart is given. */
import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { everything } from "../../../scripts/everything/everything.ts";
import { admits, type NetworkPod } from "../../../lab/conformance/network/admits.ts";
import { topologyOf } from "../../../test/support/topology.ts";
import { address } from "../../config/define.ts";
import type { Ecosystem } from "../../config/model/ecosystem.ts";
import type { Egress } from "../../config/model/calls.ts";
import type { Service } from "../../config/model/services.ts";
import type { Workload } from "../../topology/workloads.ts";
import { networkPolicy } from "./network-policy.ts";

const test = suite("network policy");

const NAMESPACE = "crew-apps";
const pod = (name: string): NetworkPod => ({
  name,
  namespace: NAMESPACE,
  labels: { "app.kubernetes.io/name": name },
  ports: [],
});

type Rules = ReturnType<typeof networkPolicy>;

/** Whether the pods of a workload get to a port of an address. */
function goesOut({ egress }: Pick<Rules, "egress">, address: string, port: number): boolean {
  const policy = {
    metadata: { namespace: NAMESPACE, name: "added" },
    spec: { podSelector: {}, policyTypes: ["Egress"], egress },
  };
  const network = { namespaces: new Map([[NAMESPACE, {}]]), policies: [policy] };
  return admits(network, { from: pod("added"), to: { address }, port: { port, protocol: "TCP" } });
}

function workloadOf(service: Partial<Service>, cluster = "gke", config: Ecosystem = everything): Workload {
  const probes = { liveness: { kind: "http", port: "http" }, readiness: { kind: "http", port: "http" } };
  const added = {
    team: "crew",
    image: "registry.example/crew/added",
    tag: "v1",
    placement: "all",
    ports: { http: { port: 80 } },
    probes,
    ...service,
  } as Service;
  return topologyOf({ ...config, services: { ...config.services, added } }).workloads.find(
    (workload) => workload.name === "added" && workload.cluster.name === cluster,
  )!;
}
const rulesOf = (egress: readonly Egress[]): Rules => networkPolicy(workloadOf({ egress }));

const PRIVATE = ["10.1.2.3", "100.64.0.1", "172.16.9.9", "192.168.1.1"];
const METADATA = ["169.254.169.254", "169.254.170.23"];
const PUBLIC = ["203.0.113.10", "8.8.8.8"];

const CASES: [what: string, egress: Egress[], open: [address: string, port: number][], closed: [string, number][]][] = [
  [
    "nothing is declared: nothing is open",
    [],
    [],
    [...PRIVATE, ...METADATA, ...PUBLIC].map((address) => [address, 443]),
  ],
  [
    "a name opens what is public at its port, and nothing private",
    [{ host: "api.example.com" }],
    PUBLIC.map((address) => [address, 443]),
    [...[...PRIVATE, ...METADATA].map((address): [string, number] => [address, 443]), ["203.0.113.10", 80]],
  ],
  [
    "a private address opens itself at its port",
    [{ host: "10.1.2.3", port: 5432 }],
    [["10.1.2.3", 5432]],
    [
      ["10.1.2.2", 5432],
      ["10.1.2.4", 5432],
      ["10.1.2.3", 5433],
      ["10.1.2.3", 443],
      ["203.0.113.10", 5432],
    ],
  ],
  [
    "a private network opens itself",
    [{ host: "10.1.2.0/30", port: 5432 }],
    [
      ["10.1.2.0", 5432],
      ["10.1.2.3", 5432],
    ],
    [
      ["10.1.2.4", 5432],
      ["10.1.1.255", 5432],
      ["10.1.2.3", 443],
    ],
  ],
  [
    "a public address opens itself, and no other",
    [{ host: "203.0.113.10" }],
    [["203.0.113.10", 443]],
    [
      ["203.0.113.11", 443],
      ["203.0.113.10", 80],
    ],
  ],
  [
    "IPv6",
    [{ host: "fd12:3456::1" }, { host: "2001:db8::/32", port: 22 }],
    [
      ["fd12:3456::1", 443],
      ["2001:db8:1::9", 22],
    ],
    [
      ["fd12:3456::2", 443],
      ["2001:db9::1", 22],
      ["2001:db8::1", 443],
      ["fd12:3456::1", 22],
      ["203.0.113.10", 443],
    ],
  ],
  [
    "names and addresses beside each other",
    [{ host: "api.example.com" }, { host: "10.1.2.3", port: 5432 }],
    [
      ["203.0.113.10", 443],
      ["10.1.2.3", 5432],
    ],
    [
      ["10.1.2.3", 443],
      ["10.1.2.2", 5432],
      ["203.0.113.10", 80],
      ["203.0.113.10", 5432],
    ],
  ],
];
type Case = (typeof CASES)[number];

/** What is closed and should be open, or the other way round. */
const faults = (rules: Pick<Rules, "egress">, [, , open, closed]: Case): string[] => [
  ...open.filter(([address, port]) => !goesOut(rules, address, port)).map((end) => `${end.join(":")} is closed`),
  ...closed.filter(([address, port]) => goesOut(rules, address, port)).map((end) => `${end.join(":")} is open`),
];

for (const each of CASES) test(each[0], () => assert.equal(faults(rulesOf(each[1]), each), []));

type Rule = Rules["egress"][number];
const block = (rule: Rule) => (rule.to[0] as { ipBlock: { cidr: string; except?: string[] } }).ipBlock;

/** Rules that are a little wrong. */
const MUTANTS: Record<string, (rule: Rule) => Rule[]> = {
  gone: () => [],
  "another port": (rule) => [{ ...rule, ports: rule.ports.map((port) => ({ ...port, port: port.port + 1 })) }],
  "every port": ({ to }) => [{ to } as Rule],
  wider: (rule) => [
    {
      ...rule,
      to: [
        {
          ipBlock: {
            ...block(rule),
            cidr: block(rule).cidr.replace(/(\d+)$/, (length) => `${Math.max(0, Number(length) - 2)}`),
          },
        },
      ],
    },
  ],
  "without exceptions": (rule) => [{ ...rule, to: [{ ipBlock: { cidr: block(rule).cidr } }] }],
};
for (const [what, mutate] of Object.entries(MUTANTS))
  test(`a rule that is ${what} is noticed`, () => {
    const noticed = CASES.map((each) => {
      const { egress } = rulesOf(each[1]);
      return egress.map(
        (rule, index) => faults({ egress: egress.toSpliced(index, 1, ...mutate(rule)) }, each).length > 0,
      );
    });
    const same = JSON.stringify;
    const changes = CASES.map((each) => rulesOf(each[1]).egress.map((rule) => same(mutate(rule)) !== same([rule])));
    assert.equal(noticed, changes);
  });

test("what is declared outside is open at its addresses on each cluster, and nowhere else", () => {
  const open = (workload: Workload) =>
    ["10.20.0.7", "10.30.0.7", "203.0.113.10", "169.254.169.254"].filter((address) =>
      goesOut(networkPolicy(workload), address, 5432),
    );
  const declared = (fields: Partial<Service>): [gke: string[], eks: string[]] => {
    const orders = {
      host: "orders.example.com",
      addresses: ["10.20.0.0/24"],
      port: 5432,
      on: { eks: { addresses: ["10.30.0.7"] } },
    };
    const config = { ...everything, externals: { ...everything.externals, orders } };
    return [open(workloadOf(fields, "gke", config)), open(workloadOf(fields, "eks", config))];
  };
  assert.equal(declared({}), [[], []]);
  assert.equal(declared({ dependsOn: [{ external: "orders" }] }), [["10.20.0.7"], ["10.30.0.7"]]);
  assert.equal(declared({ config: { env: { A: address({ external: "orders" }) } } }), [["10.20.0.7"], ["10.30.0.7"]]);
  assert.equal(declared({ dependsOn: [{ external: "queue" }] }), [[], []], "another port, another address");
});

const randomAddress = fc
  .tuple(fc.constantFrom(10, 172, 192, 203), fc.nat(255), fc.nat(255), fc.nat(3))
  .map((all) => all.join("."));
const port = fc.constantFrom(443, 5432, 6379);

test("of random addresses exactly those are open that are declared, at the port that is declared", () => {
  const base = workloadOf({});
  const declared = fc.uniqueArray(fc.record({ host: randomAddress, port }), {
    maxLength: 5,
    selector: ({ host, port }) => `${host} ${port}`,
  });
  fc.assert(
    fc.property(declared, fc.array(fc.record({ host: randomAddress, port }), { maxLength: 10 }), (egress, others) => {
      const rules = networkPolicy({ ...base, egress: egress.map((each) => ({ ...each, source: "" })) });
      for (const each of [...egress, ...others])
        assert.is(
          goesOut(rules, each.host, each.port),
          egress.some(({ host, port }) => host === each.host && port === each.port),
        );
    }),
    { numRuns: 200 },
  );
});

test.run();
