import { existsSync, readFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { brief, diagnose, readPage, type Example } from "../../test/errors/example.ts";
import { checks } from "./registry.ts";

const NOTHING: Example = { config: "", images: "", tuning: "", lock: "" };

test("the ecosystem that examples are merged into has no finding", () => {
  assert.equal(brief(diagnose(NOTHING)), []);
});

test("ids are slugs and stand for one file each", () => {
  assert.is(new Set(checks.map(({ id }) => id)).size, checks.length);
  for (const { id } of checks) {
    assert.match(id, /^[a-z]+(-[a-z]+)*\/[a-z]+(-[a-z]+)*$/);
    assert.ok(existsSync(new URL(`./${id}.ts`, import.meta.url)), `${id} is not in compiler/4-check/${id}.ts`);
  }
});

for (const { id, severity } of checks) {
  const page = readPage(readFileSync(new URL(`./${id}.md`, import.meta.url), "utf8"));

  test(`${id}: the bad example is found, at its place and alone`, () => {
    const found = diagnose(page.avoid);
    assert.equal(
      found.map((finding) => `${finding.severity} ${finding.id} at ${finding.at}`),
      [`${severity} ${id} at ${page.at}`],
      brief(found).join("\n"),
    );
    assert.ok(found[0]!.hint, "it says what to do");
    assert.not.match(found[0]!.message, /undefined|NaN|\[object/);
  });

  test(`${id}: the good example has no finding`, () => {
    assert.not.equal(page.prefer, NOTHING);
    assert.equal(brief(diagnose(page.prefer)), []);
  });
}

test.run();
