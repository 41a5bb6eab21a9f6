import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { PACKAGE_ROOT } from "../../compiler/package-root.ts";
import { CLI } from "../support/build.ts";
import { copyOfReference } from "../support/project-copy.ts";

/** The process of the command is ours to set up; that of a tool which imports the package is not. */
const test = suite("V8's flags");

/**
 * Says at the end of a process whether its flags have changed. V8 makes the tag of its version and flags:
 * https://nodejs.org/docs/latest-v20.x/api/v8.html#v8cacheddataversiontag
 */
const WATCH = `
  import { writeSync } from "node:fs";
  import { cachedDataVersionTag } from "node:v8";
  const before = cachedDataVersionTag();
  process.on("exit", () => writeSync(2, cachedDataVersionTag() === before ? "same" : "changed"));`;

/** What {@link WATCH} says of Node with these arguments, in the repository's folder. */
function flagsAfter(...args: string[]): string {
  const { stderr } = spawnSync(
    process.execPath,
    ["--import", `data:text/javascript,${encodeURIComponent(WATCH)}`, ...args],
    {
      cwd: PACKAGE_ROOT,
      encoding: "utf8",
    },
  );
  return stderr;
}

const flagsAfterModule = (source: string): string => flagsAfter("--input-type=module", "--eval", source);

test("a change of one is seen", () => {
  assert.is(flagsAfterModule('(await import("node:v8")).setFlagsFromString("--interrupt-budget=100000")'), "changed");
});

const { exports } = JSON.parse(readFileSync(`${PACKAGE_ROOT}package.json`, "utf8")) as { exports: object };
const entries = Object.keys(exports).filter((entry) => !entry.endsWith(".json"));

for (const entry of entries.map((entry) => entry.replace(/^\./, "eco-compile"))) {
  test(`importing ${entry} changes none`, () => {
    assert.is(flagsAfterModule(`await import(${JSON.stringify(entry)})`), "same");
  });
}

test("nor does compiling through it", () => {
  const root = JSON.stringify(copyOfReference());
  const program = `
    const { compile } = await import("eco-compile/compiler");
    if (!(await compile({ root: ${root}, mode: "emit" })).ok) console.error("not compiled");`;
  assert.is(flagsAfterModule(program), "same");
});

test("the command sets one on Node 20, and none on later ones", () => {
  assert.is(flagsAfter(CLI, "schema"), process.versions.node.startsWith("20.") ? "changed" : "same");
});

test.run();
