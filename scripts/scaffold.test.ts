import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { PACKAGE_ROOT } from "../compiler/package-root.ts";
import { SourceCopy } from "../test/support/source-copy.ts";

/**
 * Runs the scaffolders in a copy of the sources, then what they made, and then the walk-through that is written around
 * it.
 */
const test = suite("scaffolders");
const copy = new SourceCopy();
test.after(() => copy.remove());
const node = copy.node.bind(copy);
const must = copy.must.bind(copy);
const read = copy.read.bind(copy);
const change = copy.change.bind(copy);

const GUIDE = readFileSync(join(PACKAGE_ROOT, "docs/adding-a-target.md"), "utf8");
/** The name of the guide's example. */
const NAME = /npm run new:target (\S+)/.exec(GUIDE)![1]!;

/** The verdict of the test that every target has to pass. */
function declaresWhatItReads(): boolean {
  const { stdout } = node("compiler/targets/consumption.test.ts");
  assert.match(stdout, /Total: +\d/);
  return !stdout.includes(`"${NAME} consumes what it says`);
}

test("new:target makes a target that is registered, tested and typed", () => {
  must("scripts/new-target.ts", NAME);
  assert.match(read("compiler/targets/registry.ts"), `from "./${NAME}/index.ts"`);
  assert.ok(
    JSON.parse(read("schemas/ecosystem.schema.json")).definitions.TargetOptions.properties[NAME],
    "the config can turn it off",
  );
  assert.match(must(`compiler/targets/${NAME}/index.test.ts`), /Passed: +2\n/);
  assert.is(declaresWhatItReads(), true);
  must("scripts/gen/index.ts", "--check", "target-registry", "validators", "config-docs");
});

test("the guide shows what new:target makes", () => {
  assert.ok(GUIDE.includes(read(`compiler/targets/${NAME}/index.ts`).trim()), "index.ts");
  for (const file of ["index.ts", "index.test.ts", "sample/owners.json"])
    assert.ok(existsSync(join(copy.folder, `compiler/targets/${NAME}`, file)) && GUIDE.includes(file), file);
});

test("the reference ecosystem then compiles with it", () => {
  assert.match(must("compiler/cli.ts"), new RegExp(`^${NAME} +1 new$`, "m"));
  const owners = JSON.parse(read(`generated/${NAME}/owners.json`));
  assert.equal(owners.checkout.contact, "#team-shop");
  assert.match(
    must("compiler/cli.ts", "explain", `generated/${NAME}/owners.json`),
    /services\.checkout\.team {2}ecosystem\.config\.ts:\d+/,
  );
});

test("the tests that it made can fail", () => {
  const index = `compiler/targets/${NAME}/index.ts`;
  for (const [from, to] of [
    ["contact: team.contact", "contact: team.name"],
    ["`${source}.team`", "source"],
    ["owners.json", "people.json"],
  ] as const) {
    const before = read(index);
    change(index, from, to);
    assert.is(node(`compiler/targets/${NAME}/index.test.ts`).status, 1, to);
    writeFileSync(join(copy.folder, index), before);
  }
  change(index, '["teams.*.contact"]', "[]");
  assert.is(declaresWhatItReads(), false);
  change(index, "consumes: []", 'consumes: ["teams.*.contact"]');
});

test("options of its own reach the config's schema, as the guide says", () => {
  const [, options] = /```ts\n(export interface OwnersOptions[^]*?)```/.exec(GUIDE)!;
  writeFileSync(join(copy.folder, `compiler/targets/${NAME}/options.ts`), options!);
  must("scripts/gen/index.ts", "target-registry", "validators", "config-docs");
  assert.match(read("docs/config.md"), "### OwnersOptions");
  assert.match(read("compiler/config/targets.ts"), `"${NAME}"?: false | OwnersOptions;`);
});

test("new:check makes a check whose page is its test", () => {
  must("scripts/new-check.ts", "teams/reachable");
  assert.match(read("compiler/4-check/registry.ts"), "./teams/reachable.ts");
  const ran = must("compiler/4-check/checks.test.ts");
  assert.match(ran, /Passed: +\d+/);
  change("compiler/4-check/teams/reachable.ts", '!== "nobody"', '!== "somebody"');
  assert.match(node("compiler/4-check/checks.test.ts").stdout, /FAIL.*teams\/reachable: the bad example is found/);
  change("compiler/4-check/teams/reachable.ts", '!== "somebody"', '=== "nobody"');
  assert.match(
    node("compiler/4-check/checks.test.ts").stdout,
    /FAIL.*teams\/reachable: the good example has no finding/,
  );
});

test("new:section makes a section that is declared, documented, lowered and tested", () => {
  must("scripts/new-section.ts", "cost-reviews");
  must("scripts/gen/index.ts", "--check", "barrels", "validators", "config-docs");
  assert.match(read("docs/config.md"), /^\| costReviews \| \[CostReviews\]\(#costreviews\)/m);
  assert.match(read("docs/config.md"), /^\| every \| \[a duration\]\(#units\) \| `"30d"` \| .*At least 1h/m);
  assert.match(must("compiler/3-lower/cost-reviews.test.ts"), /Passed: +3\n/);
  // Nothing is written by hand for the tests that want every field written, bounded and left out once.
  for (const file of ["config/test/everything", "2-validate/bounds", "2-validate/references", "3-lower/defaults"])
    must(`compiler/${file}.test.ts`);
});

test("the test of a new section can fail", () => {
  for (const [path, from, to] of [
    ["compiler/3-lower/cost-reviews.ts", '?? "30d"', '?? "31d"'],
    ["compiler/3-lower/cost-reviews.ts", "costReviews.every ??", "undefined ??"],
    ["compiler/3-lower/index.ts", "    costReviews: lowerCostReviews(ecosystem, teams),\n", ""],
  ] as const) {
    const before = read(path);
    change(path, from, to);
    assert.is(node("compiler/3-lower/cost-reviews.test.ts").status, 1, to);
    writeFileSync(join(copy.folder, path), before);
  }
});

test("what the scaffolders made is typed and keeps to the rules", () => {
  assert.equal(copy.typeErrors(`targets/${NAME}/`, "cost-reviews", "3-lower/index", "topology/index", "model/"), []);
  must("scripts/lint/index.ts", "format", "rules", "fence", "suites");
});

test("what is there is left alone, and odd names are refused", () => {
  const before = read("compiler/targets/helm/index.ts");
  for (const [script, name] of [
    ["new-target", "helm"],
    ["new-target", "Helm"],
    ["new-target", "../helm"],
    ["new-target", ""],
    ["new-section", "teams"],
    ["new-section", "team"],
    ["new-section", "platform"],
    ["new-section", "cost_reviews"],
    ["new-check", "reachable"],
    ["new-check", "teams/reachable"],
  ] as const) {
    const { status, stderr } = node(`scripts/${script}.ts`, name);
    assert.is(status, 1, `${script} ${name}`);
    assert.not.match(stderr, "    at ");
  }
  assert.is(read("compiler/targets/helm/index.ts"), before);
});

test.run();
