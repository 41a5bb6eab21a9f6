import { existsSync, readFileSync } from "node:fs";
import glob from "fast-glob";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { examplesOf, generate } from "../../scripts/gen/check-docs.ts";
import { brief, diagnose, readPage } from "../../test/errors/example.ts";
import { checks } from "../4-check/registry.ts";
import { catalogue } from "../judgement/catalogue.ts";

/** What a fragment of the inputs cannot show: files, disks, and what comes after check. */
const PROSE = new Set(["load", "verify", "patch", "write"]);
/** What only a whole compilation can show: compiler/6-verify/policy-examples.test.ts runs theirs. */
const WHOLE = new Set(["policy"]);
const core = new Set(checks.map(({ id }) => id)); // compiler/4-check/checks.test.ts runs theirs

test("every id has examples, a page and no other", () => {
  const ids = catalogue().map(({ id }) => id);
  assert.is(new Set(ids).size, ids.length, "two rules share an id");
  for (const id of ids) assert.ok(examplesOf(id), `${id} has no examples`);
  assert.equal(
    [...generate().keys()].sort(),
    [...ids.map((id) => `docs/checks/${id}.md`), "docs/checks/README.md"].sort(),
  );
});

test("the pages in docs/checks are those of the catalogue", () => {
  for (const [path, content] of generate()) {
    assert.ok(existsSync(path), `${path} is missing: run npm run gen`);
    assert.is(readFileSync(path, "utf8"), content, `${path} is stale: run npm run gen`);
  }
  assert.equal(
    glob.sync("docs/checks/**/*.md").sort(),
    [...generate().keys()].sort(),
    "a page of an id that is gone: delete it",
  );
});

for (const { id, severity } of catalogue()) {
  if (core.has(id) || PROSE.has(id.split("/")[0]!) || WHOLE.has(id.split("/")[0]!) || id === "tuning/expired") continue;
  const page = readPage(readFileSync(examplesOf(id)!, "utf8"));
  if (page.at === undefined && /^(?:targets|lock|format)\//.test(id)) continue; // about packages, and whole files

  test(`${id}: the bad example is found, at its place and alone`, () => {
    const found = diagnose(page.avoid);
    assert.equal(
      found.map((finding) => `${finding.severity} ${finding.id} at ${finding.at}`),
      [`${severity} ${id} at ${page.at}`],
      brief(found).join("\n"),
    );
  });

  test(`${id}: the good example has no finding`, () => {
    assert.equal(brief(diagnose(page.prefer)), []);
  });
}

test.run();
