/** GitHub's workflows: those that `eco-compile init` writes, and those that the compiler owns in this repository. */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import glob from "fast-glob";
import * as assert from "uvu/assert";
import { PACKAGE_ROOT } from "../../../compiler/package-root.ts";
import { initOutput } from "../../compiled/index.ts";
import { neededTool } from "../../cluster/tools.ts";
import { labSuite } from "../../lab-suite.ts";
import { ECOSYSTEMS } from "../../ecosystems.ts";
import { record } from "../../record/notes.ts";
import { packages } from "../../toolchain/versions.ts";
import { temporaryFolder } from "../../../test/support/tree.ts";

const test = labSuite("actionlint: workflows and scripts", ["actionlint", "shellcheck"]);

const ACTIONLINT = {
  consumer: "actionlint",
  version: `${packages.get("actionlint")!.version}, with shellcheck`,
  level: "schema" as const,
};

interface Finding {
  message: string;
  filepath: string;
  line: number;
  kind: string;
}

function actionlint(files: readonly string[]): Finding[] {
  const { status, stdout, stderr } = spawnSync(
    neededTool("actionlint"),
    ["-format", "{{json .}}", "-shellcheck", neededTool("shellcheck"), "-pyflakes", "", ...files],
    { encoding: "utf8" },
  );
  if (status !== 0 && status !== 1) throw new Error(`actionlint: ${stderr}`);
  return JSON.parse(stdout) as Finding[];
}

const say = (findings: readonly Finding[]): string =>
  findings.map(({ filepath, line, kind, message }) => `${filepath}:${line}: ${kind}: ${message}`).join("\n");

/** A repository with a project at its top, and one in a folder, as `eco-compile init` sets them up. */
async function initiated(): Promise<string> {
  const top = temporaryFolder("init");
  spawnSync("git", ["init", "-q"], { cwd: top });
  for (const [file, bytes] of await initOutput([".", "teams/platform"])) {
    mkdirSync(join(top, dirname(file)), { recursive: true });
    writeFileSync(join(top, file), bytes);
  }
  return top;
}

const project = await initiated();
const WORKFLOWS = ".github/workflows/*.{yml,yaml}";

test("the workflows of a new project have no finding", () => {
  const files = glob.sync(WORKFLOWS, { cwd: project, absolute: true, dot: true });
  assert.is(files.length, 2);
  assert.is(say(actionlint(files)), "");
  record({
    ...ACTIONLINT,
    judged: `workflows that eco-compile init writes (${files.map((file) => basename(file)).join(", ")})`,
    count: files.length,
  });
});

for (const [ecosystem, folder] of Object.entries(ECOSYSTEMS)) {
  const files = glob.sync(WORKFLOWS, { cwd: join(PACKAGE_ROOT, folder), absolute: true, dot: true });
  if (files.length === 0) continue; // the compiler writes none of them yet
  test(`${ecosystem}: the committed workflows have no finding`, () => {
    assert.is(say(actionlint(files)), "");
    record({ ...ACTIONLINT, judged: `${ecosystem}: committed workflows`, count: files.length }, files);
  });
}

test("the repository's own scripts have no finding", () => {
  const { status, stdout } = spawnSync(neededTool("shellcheck"), [".ci/run"], { cwd: PACKAGE_ROOT, encoding: "utf8" });
  assert.is(status, 0, stdout);
});

const mutants: readonly { name: string; edit: (text: string) => string; finding: RegExp }[] = [
  {
    name: "an event that there is not",
    edit: (text) => text.replace("  pull_request:", "  pull_requests:"),
    finding: /unknown Webhook event "pull_requests"/,
  },
  {
    name: "a key that there is not",
    edit: (text) => text.replace("    timeout-minutes:", "    timeout-minute:"),
    finding: /unexpected key "timeout-minute"/,
  },
  {
    name: "an unknown runner",
    edit: (text) => text.replace("ubuntu-24.04", "ubuntu-24.4"),
    finding: /label "ubuntu-24\.4" is unknown/,
  },
  {
    name: "a property of github that there is not",
    edit: (text) => text.replace("github.ref }}", "github.reff }}"),
    finding: /property "reff" is not defined/,
  },
  {
    name: "an expression that does not end",
    edit: (text) => text.replace("${{ github.ref }}", "${{ github.ref }"),
    finding: /unexpected|not terminated|parsing/,
  },
  {
    name: "a permission that there is not",
    edit: (text) => text.replace("contents: read", "contents: reed"),
    finding: /"reed" is invalid/,
  },
  {
    name: "a job that waits for nobody",
    edit: (text) =>
      text.replace("    name: The config and its output", "    needs: build\n    name: The config and its output"),
    finding: /needs job "build" which does not exist/,
  },
  {
    name: "a stranger's title in a shell",
    edit: (text) => text.replace("npx --no-install tsc --noEmit", 'echo "${{ github.event.pull_request.title }}"'),
    finding: /potentially untrusted/,
  },
  {
    name: "a shell that splits its words",
    edit: (text) => text.replace("npx --no-install tsc --noEmit", "rm -rf $HOME/$1"),
    finding: /shellcheck reported issue.*SC2086/,
  },
  {
    name: "a step that does nothing",
    edit: (text) => text.replace("        run: npx --no-install tsc --noEmit\n", ""),
    finding: /step must run script with "run" section or run action with "uses" section/,
  },
];

for (const { name, edit, finding } of mutants) {
  test(`caught: ${name}`, () => {
    const original = readFileSync(join(project, ".github/workflows/ecosystem.yml"), "utf8");
    const file = join(temporaryFolder("workflow"), "ecosystem.yml");
    const broken = edit(original);
    assert.is.not(broken, original);
    writeFileSync(file, broken);
    assert.ok(finding.test(say(actionlint([file]))), `found instead: ${say(actionlint([file]))}`);
  });
}

test("the mutants are counted", () =>
  record({ ...ACTIONLINT, judged: "broken workflows, each found", count: mutants.length }));

test.run();
