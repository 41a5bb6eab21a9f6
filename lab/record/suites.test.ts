/** The suites of the repository and what is said of their inputs. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import glob from "fast-glob";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { PACKAGE_ROOT } from "../../compiler/package-root.ts";
import { SuiteInputs } from "./inputs.ts";

const test = suite("lab: inputs of the suites");

const find = (pattern: string): string[] => glob.sync(pattern, { cwd: PACKAGE_ROOT }).sort();
const suites = find("lab/conformance/*/*.lab.ts");
const inputs = new SuiteInputs(PACKAGE_ROOT);

test("no suite has a phase that makes something among its sources: it asks at the compiler's door", () => {
  assert.ok(suites.length > 30);
  const phases = /^compiler\/(1-load|2-validate|3-lower|4-check|7-write|compile|run|targets\/registry)\b/;
  for (const each of suites)
    assert.equal(
      [...inputs.sourcesOf(each)].filter((file) => phases.test(file)),
      [],
      each,
    );
});

test("whatever an inputs.json names is a source of a suite", () => {
  const sources = new Set(suites.flatMap((each) => [...inputs.sourcesOf(each)]));
  const named = find("lab/**/inputs.json").flatMap((file) =>
    Object.keys(JSON.parse(readFileSync(join(PACKAGE_ROOT, file), "utf8")) as object).map((name) =>
      join(dirname(file), name),
    ),
  );
  assert.ok(named.length > 20);
  assert.equal(
    named.filter((file) => !sources.has(file)),
    [],
  );
});

test.run();
