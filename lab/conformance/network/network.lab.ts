/**
 * The network of the platform's add-ons: what the rendered charts need of each other, of the API server and of the
 * workloads, held against the policies that are compiled for them, and the other way round.
 */
import * as assert from "uvu/assert";
import { DNS_SERVER, DNS_SERVER_PORT } from "../../../compiler/targets/chaos-mesh/dns-fault.ts";
import { topologyOf } from "../../compiled/index.ts";
import type { Data } from "../../cluster/client.ts";
import { ChartRenderer, KUBERNETES } from "../../delivery/index.ts";
import { objectsOf } from "../../delivery/applications.ts";
import { ECOSYSTEMS } from "../../ecosystems.ts";
import { labSuite } from "../../lab-suite.ts";
import { record } from "../../record/notes.ts";
import { packages } from "../../toolchain/versions.ts";
import { matches } from "./admits.ts";
import { compiledPolicies, judge } from "./judge.ts";
import { mutants } from "./mutants.ts";
import { needsOf, type Need } from "./needs.ts";
import { worldOf, type World } from "./world.ts";

const test = labSuite("network: policies of the add-ons", ["helm"]);
const charts = new ChartRenderer(KUBERNETES);
const JUDGED = {
  consumer: "NetworkPolicy",
  version: packages.get("kubernetes")!.version,
  level: "schema",
  verdict: "passed, as the lab reads its semantics",
} as const;

/** Kinds of needs that are looked for, so that one that is not found any more is noticed: the start of their reason. */
const FOUND = [
  "webhook",
  "rights of istiod",
  "rights of prometheus-operator",
  "ServiceMonitor prometheus-kubelet",
  "ServiceMonitor prometheus-kube-state-metrics",
  "PodMonitor istio-proxies",
  "metrics",
  "sidecar",
  "argocd-redis:6379",
  "argocd-repo-server:8081",
  "prometheus-operated:9090",
  "https://",
];
/** On the cluster whose experiments are released, and on that which applies Terraform. */
const FOUND_ON: Readonly<Record<string, readonly string[]>> = {
  "cluster-paris": ["CHAOS_DAEMON_SERVICE_PORT", "slo-gate:8080"],
  "cluster-ultimate": ["runners", "artifacts", "flux check"],
};
const has = (needs: readonly Need[], start: string): boolean => needs.some(({ why }) => why.startsWith(start));

const reference = new Map<string, World>();

for (const [ecosystem, project] of Object.entries(ECOSYSTEMS)) {
  const { clusters, addons } = await topologyOf(project, ["clusters", "addons"]);
  for (const cluster of clusters) {
    test(`${ecosystem}/${cluster.name}: open is what is needed, and nothing else`, () => {
      const world = worldOf(addons, cluster, project, charts);
      const needs = needsOf(world);
      const missing = [...FOUND, ...(FOUND_ON[cluster.name] ?? [])].filter((start) => !has(needs, start));
      assert.equal(missing, []);
      assert.equal(judge(world, needs), []);
      if (ecosystem === "reference") reference.set(cluster.name, world);
      record(
        {
          ...JUDGED,
          judged: `${ecosystem}/${cluster.name}: connections that rendered charts need of add-ons and of the API server are admitted, no other one to an add-on is; charts that no registry has as rendered before`,
          count: needs.length,
        },
        [`${project}${cluster.path}/platform/namespaces/manifests/namespaces.yaml`],
      );
    });
  }
}

/** What the chart's own policy of slo-gate says as well: policies add up. */
const TWICE = /^slo-gate\/slo-gate-asks: (gone|without (in|e)gress\[0\])$/;

test("caught: each policy gone, each rule gone or wider, each port, each label", () => {
  let caught = 0;
  for (const name of Object.keys(FOUND_ON)) {
    const world = reference.get(name)!;
    const needs = needsOf(world);
    const all = mutants(world).filter(({ what }) => !TWICE.test(what));
    assert.ok(all.length > 3 * compiledPolicies(world).length);
    assert.equal(
      all.filter((mutant) => judge(mutant.world, needs).length === 0).map(({ what }) => what),
      [],
    );
    caught += all.length;
  }
  record({ ...JUDGED, judged: "reference: policies that are wrong in one place, each found", count: caught });
});

test("the server of DNS faults, which no committed experiment has, has the labels and ports of the chart", () => {
  const args = ["--namespace", DNS_SERVER.namespace, "--kube-version", KUBERNETES, "--set", "dnsServer.create=true"];
  const rendered = objectsOf(
    charts.helm(["template", "chaos-mesh", charts.folderOf({ chart: "chaos-mesh" })!, ...args]),
  ) as Data[];
  const found = rendered.filter(
    ({ kind, spec }) =>
      kind === "Deployment" && matches({ matchLabels: DNS_SERVER.pods }, spec.template.metadata.labels),
  );
  assert.is(found.length, 1);
  const ports = found[0].spec.template.spec.containers.flatMap(({ ports }: Data) =>
    ports.map(({ containerPort, protocol = "TCP" }: Data) => `${containerPort}/${protocol}`),
  );
  assert.equal(ports.sort(), [`${DNS_SERVER_PORT}/TCP`, `${DNS_SERVER_PORT}/UDP`, "9153/TCP", "9288/TCP"].sort());
});

test.run();
