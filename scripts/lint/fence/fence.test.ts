import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { PACKAGE_ROOT } from "../../../compiler/package-root.ts";
import { temporaryFolder } from "../../../test/support/tree.ts";
import { importsIn } from "../../imports/imports.ts";
import { circles } from "./circles.ts";
import { judge } from "./judge.ts";
import { FLOORS } from "./rooms.ts";

const test = suite("fence");

/** What the fence says of files with these texts; one import that nobody minds is beside them. */
const problems = (texts: Readonly<Record<string, string>>): string[] => {
  const all = Object.entries({ "scripts/build.mjs": 'import "node:fs";', ...texts });
  return judge(new Map(all.map(([file, text]) => [file, importsIn(file, text)]))).problems;
};

const REFUSED: readonly [name: string, file: string, text: string, ...words: RegExp[]][] = [
  [
    "a later phase",
    "compiler/2-validate/a.ts",
    '\nimport { b } from "../3-lower/b.ts";',
    /^compiler\/2-validate\/a\.ts:2 imports compiler\/3-lower\/b\.ts\n/,
    /compiler\/3-lower comes after compiler\/2-validate/,
    /do: {2}move what both need/,
  ],
  [
    "a later phase, as a type",
    "compiler/2-validate/a.ts",
    'import type { B } from "../6-verify/b.ts";',
    /a\.ts:1 imports compiler\/6-verify\/b\.ts \(types alone\)/,
  ],
  [
    "a later phase, in a type",
    "compiler/1-load/a.ts",
    'export type A = import("../7-write/b.ts").B;',
    /a\.ts:1 imports compiler\/7-write\/b\.ts \(types alone\)/,
  ],
  ["a later phase, when it runs", "compiler/1-load/a.ts", 'await import("../2-validate/b.ts");', /2-validate\/b\.ts/],
  ["a later phase, handed on", "compiler/1-load/a.ts", 'export * from "../2-validate/b.ts";', /2-validate\/b\.ts/],
  ["what drives the phases", "compiler/7-write/a.ts", 'import "../run.ts";', /compiler\/run\.ts comes after/],
  ["a command", "compiler/compile.ts", 'import "./commands/check.ts";', /compiler\/commands comes after/],
  ["a target, from a phase", "compiler/5-emit/a.ts", 'import "../targets/helm/index.ts";', /targets\/helm comes after/],
  ["verify, from a target", "compiler/targets/opa/a.ts", 'import "../../6-verify/b.ts";', /6-verify comes after/],
  [
    "a sibling target",
    "compiler/targets/helm/a.ts",
    'import type { B } from "../istio/b.ts";',
    /targets know nothing of each other/,
  ],
  [
    "a sibling's options",
    "compiler/targets/helm/a.ts",
    'import type { B } from "../istio/options.ts";',
    /targets know nothing of each other/,
  ],
  [
    "a phase, from options",
    "compiler/targets/helm/options.ts",
    'import "../../3-lower/b.ts";',
    /compiler\/3-lower comes after compiler\/targets\/helm\/options\.ts/,
  ],
  [
    "the list of targets, from one",
    "compiler/targets/helm/a.ts",
    'import "../registry.ts";',
    /compiler\/targets comes/,
  ],
  [
    "a phase, from the ground",
    "compiler/diagnostics/a.ts",
    'import type { B } from "../1-load/b.ts";',
    /all phases stand on compiler\/diagnostics/,
  ],
  ["a target, from the ground", "compiler/config/a.ts", 'import "../targets/helm/b.ts";', /all phases stand on/],
  [
    "more than options through the door",
    "compiler/config/targets.ts",
    'import type { B } from "../targets/helm/b.ts";',
    /all/,
  ],
  [
    "more than types through the door",
    "compiler/config/targets.ts",
    'import "../targets/helm/options.ts";',
    /all phases/,
  ],
  ["a neighbour on the ground", "compiler/config/a.ts", 'import "../diagnostics/b.ts";', /all phases stand on/],
  ["the lab, from the compiler", "compiler/5-emit/a.ts", 'import "../../lab/b.ts";', /lab\/ is not in it/],
  ["the lab by its name", "compiler/5-emit/a.ts", 'import "eco-compile-lab/b.ts";', /lab\/ is not in it/],
  [
    "scripts, by URL",
    "compiler/cli.ts",
    'new URL("../scripts/b.ts", import.meta.url);',
    /cli\.ts:1 names scripts\/b\.ts/,
  ],
  ["test/, from the compiler", "compiler/cli.ts", 'import type { B } from "../test/b.ts";', /test\/ is not in it/],
  ["runtime/, from the compiler", "compiler/cli.ts", 'import "../runtime/gate/b.ts";', /runtime\/ is not in it/],
  ["the compiler, from runtime/", "runtime/gate/a.ts", 'import "../../compiler/config/b.ts";', /an image of its own/],
  ["a neighbour in runtime/", "runtime/gate/a.ts", 'import "../other/b.ts";', /an image of its own/],
  ["a test", "compiler/3-lower/a.ts", 'import "./a.test.ts";', /nobody else at tests/],
  ["what serves tests", "compiler/3-lower/a.ts", 'import "./test/b.ts";', /nobody else at tests/],
  ["a suite of the lab", "lab/a.ts", 'import "./conformance/helm/charts.lab.ts";', /nobody else at tests/],
];
for (const [name, file, text, ...words] of REFUSED) {
  test(`refuses ${name}`, () => {
    const [problem, ...others] = problems({ [file]: text });
    assert.equal(others, []);
    for (const word of words) assert.match(problem ?? "nothing", word);
  });
}

test("a room of the compiler without a floor is named", () => {
  const [problem] = problems({ "compiler/8-more/a.ts": "" });
  assert.match(problem!, /^compiler\/8-more lies on no floor\n/);
});

test("lets through what is meant", () => {
  const texts = {
    "compiler/6-verify/a.ts":
      'import "../5-emit/b.ts"; import "../3-lower/b.ts"; import "../diagnostics/b.ts"; import "./b.ts"; import "uvu";',
    "compiler/targets/helm/index.ts":
      'import "./b.ts"; import "./options.ts"; import "../../5-emit/b.ts"; import "../../config/b.ts";',
    "compiler/config/targets.ts": 'import type { B } from "../targets/helm/options.ts";',
    "compiler/targets/registry.ts": 'import "./helm/index.ts"; import "../5-emit/target.ts";',
    "compiler/commands/a.ts": 'import "../compile.ts"; import "../targets/registry.ts";',
    "compiler/compile.ts": 'import "./run.ts"; import "./7-write/b.ts"; import "./package-root.ts";',
    "compiler/package-root.ts": 'new URL("../", import.meta.url);',
    "runtime/gate/a.ts": 'import "./b.ts"; import "../../schemas/runtime/gate.schema.json";',
    "lab/cluster/a.ts": 'import "../../compiler/7-write/b.ts"; import "../../test/support/b.ts";',
    "scripts/gen/a.ts": 'import "../../lab/toolchain/b.ts"; import "../../compiler/config/b.ts";',
    "test/fuzz/a.ts": 'import "../../compiler/3-lower/test/b.ts";',
    // Tests look at everything.
    "compiler/1-load/a.test.ts": 'import "../7-write/b.ts"; import "../../lab/toolchain/b.ts";',
    "compiler/targets/helm/test/a.ts": 'import "../../istio/b.ts"; import "../../../../runtime/gate/b.ts";',
  };
  assert.equal(problems(texts), []);
});

const CIRCLE = {
  "compiler/3-lower/a.ts": 'import type { B } from "./b.ts";',
  "compiler/3-lower/b.ts": '\nimport "./c.ts";',
  "compiler/3-lower/c.ts": 'import "./a.ts"; import "node:fs";',
};

test("a circle is shown with the ways that it goes", () => {
  const [problem, ...others] = problems(CIRCLE);
  assert.equal(others, []);
  assert.match(
    problem!,
    /^a circle of 3 files\n {2}compiler\/3-lower\/a\.ts:1 imports compiler\/3-lower\/b\.ts \(types/,
  );
  assert.match(problem!, /b\.ts:2 imports compiler\/3-lower\/c\.ts\n {2}compiler\/3-lower\/c\.ts:1 imports .*a\.ts\n/);
});

test("who starts a program may be known to it", () => {
  const texts = {
    "lab/a.ts": 'new URL("./a.peer.ts", import.meta.url);',
    "lab/a.peer.ts": 'import type { A } from "./a.ts";',
  };
  assert.equal(problems(texts), []);
});

test("a circle of rooms outside of the compiler is refused", () => {
  const [problem, ...others] = problems({
    "lab/cluster/a.ts": 'import "../toolchain/a.ts";',
    "lab/toolchain/a.ts": "",
    "lab/toolchain/b.ts": '\nimport "../cluster/b.ts";',
    "lab/cluster/b.ts": "",
  });
  assert.equal(others, []);
  assert.match(problem!, /^a circle of rooms: lab\/cluster, lab\/toolchain\n/);
  assert.match(problem!, /lab\/toolchain\/b\.ts:2 imports lab\/cluster\/b\.ts/);
});

test("circles are found once each, however many ways there are", () => {
  const arrows = (text: string) => text.split(" ").map((arrow) => arrow.split("") as [string, string]);
  assert.equal(circles(arrows("ab bc ca ba cd de ed ef ff")), [
    ["a", "b", "c"],
    ["d", "e"],
  ]);
  assert.equal(circles(arrows("ab ac bd cd")), []);
});

test("docs/architecture.md shows the floors as they are", () => {
  const text = readFileSync(join(PACKAGE_ROOT, "docs/architecture.md"), "utf8");
  const [, table] = /^## Floors\n[^]*?^\|---\|---\|\n([^]*?)\n\n/m.exec(text)!;
  const shown = table!
    .split("\n")
    .flatMap((row) => [...row.split("|")[1]!.matchAll(/`([^`]+)`/g)].map(([, room]) => room!));
  const rooms = FLOORS.flat().map((room) => room.replace("compiler/", "").replace("*", "<name>"));
  const named = rooms.map((room) => (/\.ts$/.test(room) ? room : `${room}/`));
  // A row that goes from one phase to another leaves out those between.
  const phases = (room: string) => /^[2-4]-/.test(room);
  assert.equal(
    shown,
    named.filter((room) => !phases(room)),
  );
});

test("a fence that sees nothing is broken", () => {
  const program = fileURLToPath(new URL("../fence.ts", import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", import.meta.resolve("tsx"), program], {
    cwd: temporaryFolder("fence"),
    encoding: "utf8",
  });
  assert.is(status, 1);
  assert.match(stderr, /^the fence saw no import in 0 files\n/);
  assert.match(stdout, /^0 imports in 0 files/);
});

test.run();
