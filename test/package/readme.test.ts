import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { CLI } from "../support/build.ts";
import { REPORTERS } from "../../compiler/diagnostics/render.ts";
import { PACKAGE_ROOT } from "../../compiler/package-root.ts";
import { targets } from "../../compiler/targets/registry.ts";
import { copyOfReference } from "../support/project-copy.ts";

/** The README is true: its commands run, their output is what it shows, and its links lead somewhere. */
const test = suite("README");
const FILE = join(PACKAGE_ROOT, "README.md");
const readme = readFileSync(FILE, "utf8");
const blocks = (language: string): string[] =>
  [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, "gm"))].map(([, text]) => text!);

/** The reference ecosystem, compiled, with the command as `npm ci` leaves it. */
function project(): string {
  const folder = copyOfReference();
  mkdirSync(join(folder, "node_modules/.bin"), { recursive: true });
  symlinkSync(CLI, join(folder, "node_modules/.bin/eco-compile"));
  const { status, output } = shell(folder, "npx eco-compile");
  assert.is(status, 0, output);
  return folder;
}

/** Both streams as a terminal shows them, without what this machine's npm has to say. */
function shell(cwd: string, command: string): { status: number | null; output: string } {
  const { status, stdout } = spawnSync("sh", ["-c", `(${command}) 2>&1`], {
    cwd,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1", COLUMNS: "", CI: "" },
  });
  return { status, output: stdout.replace(/^npm warn .*\n/gm, "") };
}

test("what it shows on the terminal is what happens", () => {
  const folder = project();
  const shown = blocks("console");
  assert.ok(shown.length >= 3);
  const run = shown.map((block) =>
    [...block.matchAll(/^\$ (.*)\n/gm)]
      .map(([, command]) => `$ ${command}\n${shell(folder, command!).output}`)
      .join(""),
  );
  if (process.env["UPDATE_GOLDENS"] === "1")
    return writeFileSync(
      FILE,
      shown.reduce((text, block, index) => text.replace(block, () => run[index]!), readme),
    );
  for (const [index, block] of shown.entries()) assert.is(run[index], block);
});

/** Commands that a test must not run, and what stands for them. */
const NOT_RUN: Record<string, string> = {
  "npm ci && npx eco-compile": ".ci/run does",
  "npm test": "runs this test",
  "npm test compiler/4-check": "is a part of it",
  "npm run lint": "lint.test.ts does",
  "npm install --save-dev eco-compile": "workflow.test.ts does, with the tarball",
  "npx eco-compile init": "workflow.test.ts does, in an empty folder",
  "npm install": "workflow.test.ts does",
};

test("every other command runs", () => {
  const folder = project();
  const commands = blocks("sh")
    .flatMap((block) => block.split("\n"))
    .map((line) => line.replace(/\s+#.*$/, ""))
    .filter(Boolean);
  for (const command of commands) {
    if (command in NOT_RUN) continue;
    const { status, output } = shell(folder, command);
    assert.is(status, 0, `${command}\n${output}`);
  }
  assert.equal(
    Object.keys(NOT_RUN).filter((command) => !commands.includes(command)),
    [],
    "no exception without a command",
  );
});

test("commands and flags in prose exist", () => {
  const folder = project();
  const help = (command: string) => shell(folder, `npx eco-compile ${command} --help`).output;
  const overview = help("");
  for (const [, command] of readme.matchAll(/`(?:npx )?eco-compile ([a-z]+)/g))
    assert.match(overview, new RegExp(`^  ${command} `, "m"));
  const known = ["compile", "check", "upgrade", "explain", "render", "init", "doctor"].map(help).join("\n");
  for (const [, flag] of readme.replace(/^```[^]*?^```/gm, "").matchAll(/`[^`\n]*?(?<![\w-])(--[a-z][a-z-]+)/g)) {
    if (!/^--(ignore-scripts|save-dev)$/.test(flag!)) assert.match(known, flag!);
  }
  const scripts = JSON.parse(readFileSync(join(PACKAGE_ROOT, "package.json"), "utf8")).scripts;
  for (const [, script] of readme.matchAll(/npm run ([a-z:]+)/g)) assert.ok(Object.hasOwn(scripts, script!), script);
  for (const reporter of REPORTERS) assert.match(readme, `\`${reporter}\``);
});

test("the table's targets exist", () => {
  const named = [...readme.matchAll(/^\| [^|`]+ \| `([a-z-]+)` \|/gm)].map(([, name]) => name!);
  assert.ok(named.length > 8);
  assert.equal(
    named.filter((name) => !targets.some((target) => target.name === name)),
    [],
  );
});

test("links and paths lead somewhere", () => {
  const named = [...readme.matchAll(/\]\(([^)#:]+)\)/g), ...readme.matchAll(/`((?:test|compiler)\/[^`]*)`/g)].map(
    ([, path]) => path!,
  );
  assert.ok(named.length > 15);
  assert.equal(
    named.filter((path) => !existsSync(join(PACKAGE_ROOT, path))),
    [],
  );
});

test("without install scripts there is no command, and npx says 127", () => {
  const folder = copyOfReference();
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({ name: "eco-compile", version: "0.0.0", bin: { "eco-compile": "dist/cli.js" } }),
  );
  assert.is(shell(folder, "npx --no-install eco-compile").status, 127);
});

test.run();
