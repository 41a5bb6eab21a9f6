import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { everything } from "../../scripts/everything/everything.ts";
import { projectTopology, topologyOf } from "../../test/support/topology.ts";
import type { Topology } from "../topology/index.ts";

const schema = JSON.parse(
  readFileSync(new URL("../../schemas/topology.schema.json", import.meta.url), "utf8"),
) as object;
const holds = new Ajv({
  allErrors: true,
  discriminator: true,
  strict: true,
  strictTypes: false,
  strictRequired: false,
  keywords: ["x-eco-range", "x-eco-unique"],
}).compile(schema);

/** What the schema has against a topology, as others read it: as JSON. */
function problems(topology: unknown): string[] {
  holds(JSON.parse(JSON.stringify(topology)));
  return (holds.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

const topologies: Record<string, () => Promise<Topology>> = {
  "the reference ecosystem": () => projectTopology(),
  "the Online Boutique": () => projectTopology("examples/online-boutique"),
  "the Astronomy Shop": () => projectTopology("examples/astronomy-shop"),
  "the ecosystem that writes everything": async () =>
    topologyOf(everything, { web: { live: `sha256:${"ab12".repeat(16)}` } }),
};

for (const [title, topology] of Object.entries(topologies)) {
  test(`${title} has the form of the schema`, async () => assert.equal(problems(await topology()), []));
}

const mutants: readonly [title: string, break_: (topology: any) => void][] = [
  ["a field that the type does not have", (topology) => (topology.workloads[0].colour = "red")],
  ["a field that is missing", (topology) => delete topology.clusters[0].endpoint],
  ["a default that was left out", (topology) => delete topology.workloads[0].scaling.max],
  ["a unit that was not parsed", (topology) => (topology.slos[0].objective = "99.9%")],
  ["a strategy of no kind", (topology) => (topology.strategies[0].kind = "recreate")],
  ["a reference that was not resolved", (topology) => (topology.workloads[0].cluster = "gke")],
  ["a node without source", (topology) => delete topology.services[0].source],
];
for (const [title, mutate] of mutants) {
  test(`the schema sees ${title}`, () => {
    const topology = JSON.parse(JSON.stringify(topologyOf(everything)));
    mutate(topology);
    assert.ok(problems(topology).length > 0);
  });
}

test.run();
