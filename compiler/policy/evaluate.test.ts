import { suite } from "uvu";
import * as assert from "uvu/assert";
import { formatPath } from "../diagnostics/config-path.ts";
import { CASES, DATA } from "../../lab/conformance/opa/cases.ts";
import { loadPolicies, type PolicyInput } from "./evaluate.ts";

const test = suite("policies over what the compiler writes");
const evaluator = await loadPolicies(DATA);

for (const [name, input, expected] of CASES) {
  test(name, () => {
    const found = evaluator.evaluate([input]).map(({ policy, path }) => `${policy} ${formatPath(path)}`);
    assert.equal(found.sort(), [...expected].sort());
  });
}

test("says which document and why", () => {
  const clean = CASES[0]![1];
  const [, publicService] = CASES.find(([name]) => name === "a public service")!;
  assert.equal(evaluator.evaluate([clean, publicService]), [
    {
      policy: "public-endpoints",
      index: 1,
      path: ["spec", "type"],
      message: "Service web is public (LoadBalancer) and not declared as a public endpoint",
    },
  ]);
});

test("keeps the index and the order over many batches", () => {
  const [, unread] = CASES.find(([name]) => name === "a kind that no policy reads")!;
  const [, clean] = CASES.find(([name]) => name === "hardened values")!;
  const [, bad] = CASES.find(([name]) => name === "values without a memory limit")!;
  const inputs = Array.from({ length: 2500 }, (_, index): PolicyInput =>
    index % 3 === 0 ? unread : index % 1000 === 100 ? bad : clean,
  );
  assert.equal(
    evaluator.evaluate(inputs).map(({ index }) => index),
    [100, 1100, 2100].filter((index) => index % 3 !== 0),
  );
});

test("nothing to judge is nothing found", () => {
  assert.equal(evaluator.evaluate([]), []);
});

test("every policy is violated by some case, so that none is asleep", () => {
  const violated = new Set(CASES.flatMap(([, , expected]) => expected.map((text) => text.split(" ")[0])));
  assert.equal(
    evaluator.policies.map(({ name }) => name).filter((name) => !violated.has(name)),
    [],
  );
});

test.run();
