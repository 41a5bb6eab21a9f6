import { readFileSync } from "node:fs";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { examplesOf } from "../../scripts/gen/check-docs.ts";
import { inputsOfExample, readPage, type Example } from "../../test/errors/example.ts";
import { compile } from "../compile.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { policyCheck } from "../facts/policies.ts";
import { readPolicies, shippedFolder } from "../policy/shipped.ts";

/** The examples of the policies' pages are about what is written: a whole compilation judges them. */
const test = suite("examples of policies");

const judged = async (example: Example): Promise<Diagnostic[]> => {
  const { diagnostics } = await compile({ root: "/nowhere", inputs: inputsOfExample(example), mode: "emit" });
  return [...diagnostics];
};

for (const { name, severity } of readPolicies(shippedFolder()).policies) {
  const id = policyCheck(name);
  const page = readPage(readFileSync(examplesOf(id)!, "utf8"));

  test(`${id}: the bad example is found, at its place and alone`, async () => {
    const found = await judged(page.avoid);
    assert.ok(found.length > 0, "nothing is found");
    for (const one of found)
      assert.is(`${one.severity} ${one.id} at ${one.at}`, `${severity} ${id} at ${page.at}`, one.message);
  });

  test(`${id}: the good example has no finding`, async () => {
    assert.equal(
      (await judged(page.prefer)).map(({ id, message }) => `${id}: ${message}`),
      [],
    );
  });
}

test.run();
