import { test } from "uvu";
import * as assert from "uvu/assert";
import { fields } from "../2-validate/generated/fields.ts";
import { producedFrom } from "../5-emit/produced.ts";
import { library, producedBy } from "../../test/support/emit.ts";
import { recording } from "../../test/support/recording.ts";
import { everything } from "../config/test/everything.ts";
import { projectTopology, topologyOf, validatedProject } from "../../test/support/topology.ts";
import { covers, fieldOf, unconsumed } from "./consumption.ts";
import { targets } from "./registry.ts";
import { selectTargets } from "../5-emit/select.ts";

/** A field that others lie in is read on the way to them. */
const isLeaf = (field: string): boolean =>
  !fields.some((other) => other.startsWith(`${field}.`) || other.startsWith(`${field}[`));

/** The reference ecosystem, and one that writes every field there is. */
const topologies = [await projectTopology(), topologyOf(everything)];

for (const { target, options } of selectTargets(targets, undefined)) {
  test(`${target.name} consumes what it says, and says what it consumes`, () => {
    const seen = new Set<string>();
    for (const whole of topologies) {
      const { topology, read } = recording(whole);
      const produced = producedFrom(producedBy(whole));
      JSON.stringify([
        target.emit?.(topology, options, library),
        target.assemble?.(topology, options, library, produced),
      ]);
      for (const path of read) seen.add(fieldOf(path));
    }
    const declared = target.consumes.map((pattern) => pattern.replace(/\.\*$/, ""));
    assert.equal(
      [...seen].filter((field) => field !== "" && isLeaf(field) && !covers(declared, field)),
      [],
      "read, but not declared",
    );
    assert.equal(
      target.consumes.filter((pattern) => ![...seen].some((field) => covers([pattern.replace(/\.\*$/, "")], field))),
      [],
      "declared, but not read",
    );
  });
}

test("a field that no target consumes is named, as shortly as possible", async () => {
  const { ecosystem } = await validatedProject();
  assert.equal(unconsumed({ aiops: ecosystem.aiops, name: "x" }, []), ["aiops"]);
  assert.equal(
    unconsumed({ services: { web: { image: "a", schedule: "b" } } }, [{ target: { consumes: ["services.*.image"] } }]),
    ["services.*.schedule"],
  );
  assert.equal(
    unconsumed({ services: { web: { image: "a", schedule: "b" } } }, [{ target: { consumes: ["services.*"] } }]),
    [],
  );
});

test("paths become fields", () => {
  assert.is(fieldOf("services.web.ports.http.port"), "services.*.ports.*.port");
  assert.is(fieldOf("services.services.dependsOn[3].port"), "services.*.dependsOn[*].port");
  assert.is(fieldOf("services.web.name"), "services.*");
});

test.run();
