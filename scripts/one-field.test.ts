import { readFileSync } from "node:fs";
import { join } from "node:path";
import glob from "fast-glob";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { SourceCopy } from "../test/support/source-copy.ts";

/**
 * A new field of a service is written by hand in four files, each with what only that file can say; all else follows by
 * `npm run gen`. In a copy of the sources, the four are changed, and what follows is run.
 */
const test = suite("one field of a service");
const copy = new SourceCopy();
test.after(() => copy.remove());

/** File → what goes in front of which text. */
const BY_HAND: Readonly<Record<string, readonly (readonly [before: string, text: string])[]>> = {
  // What it is, in words that become the reference, the editor's hints and the schema.
  "compiler/config/model/services.ts": [
    ["  MountPath,\n", "  Line,\n"],
    [
      "  /** What it tells about itself. */\n",
      "  /** What people should know of it who are woken by it. */\n  note?: Line;\n",
    ],
  ],
  // What targets see of it.
  "compiler/topology/workloads.ts": [["  schedule?: Cron;\n", "  note?: string;\n"]],
  // Where it comes from, and what it is when it is left out.
  "compiler/3-lower/workloads.ts": [["    schedule: config.schedule,\n", "    note: config.note,\n"]],
  // Where it goes.
  "compiler/targets/helm/values.ts": [
    [
      "  if (command !== undefined)",
      '  if (workload.note !== undefined) values["annotations"] = { ...(values["annotations"] as object), "example.com/note": workload.note };\n',
    ],
  ],
};

/** Every source as text, without what `npm run gen` writes. */
function sources(): Map<string, string> {
  const files = glob.sync(["{compiler,scripts,test,docs,schemas}/**/*", "*.{md,json,ts}"], {
    cwd: copy.folder,
    ignore: ["**/node_modules/**", ...GENERATED],
  });
  return new Map(files.map((path) => [path, readFileSync(join(copy.folder, path), "utf8")]));
}
const GENERATED = ["**/generated/**", "schemas/{ecosystem,topology}.schema.json", "docs/config.md"];

test("it is written in four files, and generated in all others", () => {
  const before = sources();
  for (const [path, texts] of Object.entries(BY_HAND))
    for (const [place, text] of texts) copy.change(path, place, text + place);
  copy.must("scripts/gen/index.ts", "validators", "config-docs");
  const changed = [...sources()].filter(([path, text]) => before.get(path) !== text).map(([path]) => path);
  assert.equal(changed.sort(), Object.keys(BY_HAND).sort());
  assert.is(changed.length, 4);
});

test("its types agree", () => assert.equal(copy.typeErrors("compiler/", "test/types"), []));

test("the reference, the schema and the list of fields have it", () => {
  assert.match(copy.read("docs/config.md"), /^\| note \|.* What people should know of it/m);
  assert.match(copy.read("compiler/2-validate/generated/fields.ts"), '"services.*.note"');
});

test("a config that writes it compiles, and its value is in the output", () => {
  copy.change("ecosystem/assistant.ts", "  team:", '  note: "ask the shop first",\n  team:');
  copy.must("compiler/cli.ts");
  assert.match(
    copy.read("generated/clusters/cluster-ultimate/services/claude-service/values.yaml"),
    "example.com/note: ask the shop first",
  );
});

test("tests that want every field written have it without a line by hand", () => {
  for (const file of ["../scripts/everything/everything", "2-validate/bounds", "3-lower/schema"])
    copy.must(`compiler/${file}.test.ts`);
  const written = copy.must("--input-type=module", "--eval", PRINT_NOTE).trim();
  assert.equal(written.split("\n"), ["#team-checkout", "zqnote"], "the example of its type, and a word of its own");
});
const PRINT_NOTE = `
  import { everything } from "./scripts/everything/everything.ts";
  import { harmless } from "./test/hostile/harmless.ts";
  console.log(everything.services.web.note);
  console.log(harmless.services.zqweb.note);`;

test("a value of another form is refused, at its line", () => {
  copy.change("ecosystem/assistant.ts", "ask the shop first", "");
  const { status, stdout, stderr } = copy.node("compiler/cli.ts", "--check");
  assert.is(status, 1);
  assert.match(stdout + stderr, /ecosystem\/assistant\.ts:\d+:\d+ .*\n.*"" is not a line of text/);
});

test.run();
