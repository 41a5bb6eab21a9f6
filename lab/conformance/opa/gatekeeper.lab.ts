import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { constraintSpec } from "../../../compiler/policy/constraint.ts";
import type { ShippedTemplates } from "../../../compiler/policy/shipped.ts";
import { formatPath } from "../../../compiler/diagnostics/config-path.ts";
import { consumer } from "../../toolchain/consumer.ts";
import { CASES, DATA } from "./cases.ts";

/** Gatekeeper's own engine, as its webhook has it, over the templates and the constraints of a cluster. */
const gator = consumer("gator");
const test = suite("policies under Gatekeeper");
const withGator = gator ? test : test.skip;

const { templates: entries } = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../../policies/dist/constraint-templates.json"), "utf8"),
) as ShippedTemplates;

interface Verdict {
  msg: string;
  metadata: { details: { path: (string | number)[] } };
  constraint: { kind: string };
  enforcementAction: string;
  violatingObject: { metadata: { annotations: { case: string } } };
}

interface Named {
  name: string;
  object: unknown;
}

/** What Gatekeeper says of objects under the constraints of a cluster; one call, since each compiles all templates. */
function admit(named: readonly Named[], cluster: string, action: "dryrun" | "deny"): Verdict[] {
  const constraints = entries.map((entry) => ({
    apiVersion: "constraints.gatekeeper.sh/v1beta1",
    kind: entry.kind,
    metadata: { name: entry.policy },
    spec: constraintSpec(DATA, cluster, entry, action),
  }));
  const documents = [...entries.map(({ template }) => template), ...constraints, ...named.map(annotated)];
  const folder = mkdtempSync(join(tmpdir(), "eco-gator-"));
  try {
    const file = join(folder, "all.yaml"); // JSON is YAML
    writeFileSync(file, documents.map((document) => JSON.stringify(document)).join("\n---\n"));
    const { stdout, stderr } = spawnSync(gator!, ["test", "--filename", file, "--output", "json"], {
      encoding: "utf8",
    });
    assert.match(stdout, /^(\[|null)/, stderr); // stderr also has harmless words about equal names
    return (JSON.parse(stdout) ?? []) as Verdict[];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function annotated({ name, object }: Named): object {
  const { metadata, ...rest } = object as { metadata: object };
  return { ...rest, metadata: { ...metadata, annotations: { case: name } } };
}

const policyOf = (kind: string): string => entries.find((entry) => entry.kind === kind)!.policy;
const admitted = CASES.filter(([, { kind }]) => kind === "object");

for (const cluster of Object.keys(DATA.clusters)) {
  const cases = admitted.filter(([, input]) => input.cluster === cluster);
  withGator(`on cluster ${cluster} it admits and denies as the compiler does`, () => {
    const verdicts = admit(
      cases.map(([name, { object }]) => ({ name, object })),
      cluster,
      "deny",
    );
    for (const [name, , expected] of cases) {
      const found = verdicts
        .filter(({ violatingObject }) => violatingObject.metadata.annotations.case === name)
        .map(({ constraint, metadata }) => `${policyOf(constraint.kind)} ${formatPath(metadata.details.path)}`);
      assert.equal(found.sort(), [...expected].sort(), name);
    }
  });
}

withGator("a violation says where and why, and a dry run only says it", () => {
  const [name, { object }] = CASES.find(([name]) => name === "a public service")!;
  assert.equal(
    admit([{ name, object }], "live", "dryrun").map(({ msg, enforcementAction }) => [enforcementAction, msg]),
    [["dryrun", "spec.type: Service web is public (LoadBalancer) and not declared as a public endpoint"]],
  );
});

test("every policy that speaks at admission has a case that its constraint denies", () => {
  const denied = new Set(admitted.flatMap(([, , expected]) => expected.map((text) => text.split(" ")[0])));
  assert.equal(
    entries.map(({ policy }) => policy).filter((policy) => !denied.has(policy)),
    [],
  );
});

test.run();
