import { readFileSync } from "node:fs";
import glob from "fast-glob";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { diagnose } from "../errors/example.ts";
import { conditionsOfModules, failsOfCharts, type Refusals } from "./conditions.ts";
import { FORESTALLED as CHARTS } from "./charts.ts";
import { FORESTALLED as MODULES, type Forestalled } from "./modules.ts";

/** A config that compiles is one that our own modules and charts take: what they refuse is refused at its literal. */
const test = suite("refusals");

const found = (config: string): string[] =>
  diagnose({ config, images: "", tuning: "", lock: "" }).map(({ id, at }) => `${id} at ${at}`);

/** What the compiler gives the modules, as text. */
const roots = glob.sync("compiler/targets/terraform/roots/*.ts").map((path) => readFileSync(path, "utf8"));
const isGiven = (variable: string): boolean => roots.some((text) => new RegExp(`\\b${variable}[:,]`).test(text));

for (const [title, refusals, table] of [
  ["a module", conditionsOfModules(), MODULES],
  ["a chart", failsOfCharts(), CHARTS],
] as [string, Refusals, Readonly<Record<string, readonly Forestalled[]>>][]) {
  test(`each condition of ${title} has an answer`, () => {
    assert.equal(
      [...refusals].map(([place, count]) => `${place}: ${count}`).sort(),
      Object.entries(table)
        .map(([place, answers]) => `${place}: ${answers.length}`)
        .sort(),
    );
    assert.ok(refusals.size > 0);
  });
}

for (const [place, answers] of [...Object.entries(MODULES), ...Object.entries(CHARTS)]) {
  for (const [index, answer] of answers.entries()) {
    if (typeof answer === "object" && "refused" in answer)
      test(`${place} ${index + 1}: ${answer.as}`, () => {
        const all = found(answer.refused);
        assert.ok(all.includes(answer.as), `found: ${all.join("; ") || "nothing"}`);
      });
    if (answer === "unset")
      test(`${place} ${index + 1}: no root gives it`, () => {
        assert.not.ok(isGiven(place.split(" ")[1]!));
      });
  }
}

test.run();
