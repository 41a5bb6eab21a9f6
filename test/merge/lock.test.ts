import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { projectFacts } from "../../compiler/commands/init/facts.ts";
import { projectFiles } from "../../compiler/commands/init/templates.ts";
import { compile } from "../../compiler/compile.ts";
import type { CompileOptions } from "../../compiler/run.ts";
import { LOCK_FILE } from "../../compiler/lock/file.ts";
import { base } from "../errors/base.ts";
import { temporaryFolder } from "../support/tree.ts";

/** Two branches choose for themselves, and git merges what they chose. */
const test = suite("branches that choose");

const root = join(temporaryFolder("choices"), "repository");
const text = (path: string): string => readFileSync(join(root, path), "utf8");

function git(...args: string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(
    "git",
    ["-C", root, "-c", "user.name=somebody", "-c", "user.email=somebody@example.com", ...args],
    { encoding: "utf8" },
  );
  return { status, output: stdout + stderr };
}

/** Regions and services each have a file of their own: what is merged is what was chosen. */
function put(kind: "regions" | "services", name: string, value: object): void {
  mkdirSync(join(root, "ecosystem", kind), { recursive: true });
  writeFileSync(join(root, "ecosystem", kind, `${name}.json`), JSON.stringify(value, null, 2));
}

const CONFIG = `
import { readdirSync, readFileSync } from "node:fs";
import { base } from "./base.ts";
const read = (kind: string) => Object.fromEntries(
  readdirSync(new URL(\`./ecosystem/\${kind}/\`, import.meta.url)).sort().map((file) => [file.slice(0, -5), JSON.parse(readFileSync(new URL(\`./ecosystem/\${kind}/\${file}\`, import.meta.url), "utf8"))]),
);
export default { ...base, clouds: { gcp: { ...base.clouds.gcp, regions: read("regions") } }, services: { ...base.services, ...read("services") } };
`;

const NAMES = ["asia-east1", "asia-south1", "europe-north1", "europe-west3", "us-central1", "us-east4", "us-west2"];
const region = (name: string) => ({ subnet: { cidr: `10.0.${32 + 4 * NAMES.indexOf(name)}.0/24` } });
const SERVICE = { ...base.services["web"], dependsOn: [], chaos: [] };
const DIGESTS = { staging: `sha256:${"1".repeat(64)}`, production: `sha256:${"1".repeat(64)}` };

async function run(options: Omit<CompileOptions, "root"> = {}) {
  return compile({ root, cwd: root, ...options });
}
async function mustRun(options: Omit<CompileOptions, "root"> = {}) {
  const result = await run(options);
  assert.ok(result.ok, result.diagnostics.map(({ id, message }) => `${id}: ${message}`).join("\n"));
  return result;
}

test.before(async () => {
  mkdirSync(root, { recursive: true });
  mkdirSync(join(dirname(root), "node_modules"));
  git("init", "-q", "-b", "main");
  for (const { path, content } of projectFiles(projectFacts(root, "shop")))
    if (path === ".gitattributes") writeFileSync(join(root, path), content);
  writeFileSync(join(root, "base.ts"), `export const base: any = ${JSON.stringify(base)};\n`);
  writeFileSync(join(root, "ecosystem.config.ts"), CONFIG);
  const services = [...Object.keys(base.services), "s0", "s1", "s2"];
  const digests = Object.fromEntries(services.map((name) => [name, DIGESTS]));
  writeFileSync(join(root, "ecosystem.images.json"), JSON.stringify(digests, null, 2));
  for (const [name, value] of Object.entries(base.clouds.gcp!.regions)) put("regions", name, value);
  put("services", "s0", SERVICE);
  await mustRun();
  git("add", "--all");
  assert.is(git("commit", "-qm", "base").status, 0);
});

/** Each branch adds a region and a service, with its output; the second is merged into the first. */
async function merged(ours: string, theirs: string): Promise<{ status: number | null; output: string }> {
  git("checkout", "-qf", "main");
  git("clean", "-qfdx");
  for (const [branch, name, service] of [
    ["theirs", theirs, "s2"],
    ["ours", ours, "s1"],
  ] as const) {
    git("checkout", "-qfB", branch, "main");
    put("regions", name, region(name));
    put("services", service, SERVICE);
    await mustRun();
    git("add", "--all");
    git("commit", "-qm", branch);
  }
  return git("merge", "-q", "--no-edit", "theirs");
}

const PAIRS = [
  ["asia-east1", "asia-south1"], // side by side
  ["us-west2", "us-east4"], // at the end, the other way round
  ["asia-east1", "us-west2"], // first and last
  ["europe-north1", "europe-west3"], // around what is there
] as const;
for (const [ours, theirs] of PAIRS) {
  test(`${ours} and ${theirs}: both choices stand, and the next compilation has nothing to choose`, async () => {
    await merged(ours, theirs);
    // Roots that list regions side by side may conflict: the next compilation writes them anew.
    assert.not.match(git("diff", "--name-only", "--diff-filter=U").output, LOCK_FILE);
    for (const [branch, name] of [
      ["ours", ours],
      ["theirs", theirs],
    ] as const) {
      const [chosen] = new RegExp(`.*regions\\.${name}\\.subnet\\.pods.*`).exec(
        git("show", `${branch}~0:${LOCK_FILE}`).output,
      )!;
      assert.ok(text(LOCK_FILE).includes(chosen), chosen);
    }
    const { choices } = await mustRun({ mode: "compare" });
    assert.equal(choices, []);
    await mustRun();
    assert.ok((await mustRun({ mode: "compare" })).plan!.clean);
  });
}

test("where both chose one range, both are named, and one is chosen anew", async () => {
  await merged("asia-east1", "us-west2");
  const path = (name: string) => `clouds.gcp.regions.${name}.subnet.pods`;
  const [, range] = /us-west2\.subnet\.pods": "(.*)"/.exec(text(LOCK_FILE))!;
  writeFileSync(join(root, LOCK_FILE), text(LOCK_FILE).replace(/(asia-east1\.subnet\.pods": )".*"/, `$1"${range}"`));
  const { ok, diagnostics } = await run({ mode: "compare" });
  assert.not(ok);
  const [finding, ...others] = diagnostics.filter(({ severity }) => severity === "error");
  assert.equal(others, []);
  assert.is(finding!.id, "networks/overlapping-cidrs");
  for (const name of ["asia-east1", "us-west2"]) assert.ok(finding!.hint!.includes(path(name)), finding!.hint);

  const { choices } = await mustRun({ rechoose: [path("asia-east1")] });
  assert.equal(
    choices!.map((change) => change.path),
    [path("asia-east1")],
  );
  assert.ok(text(LOCK_FILE).includes(`${path("us-west2")}": "${range}"`));
  assert.ok((await mustRun({ mode: "compare" })).plan!.clean);
});

test("without union such branches conflict in the lock", async () => {
  git("checkout", "-qf", "main");
  writeFileSync(join(root, ".gitattributes"), text(".gitattributes").replace(`${LOCK_FILE} merge=union`, ""));
  git("commit", "-qam", "no union");
  await merged("asia-east1", "asia-south1");
  assert.match(git("diff", "--name-only", "--diff-filter=U").output, LOCK_FILE);
  // Nobody has to settle it: the compilation takes both sides.
  const { choices } = await mustRun();
  assert.equal(choices, []);
  assert.not.match(text(LOCK_FILE), "<<<<");
});

test.run();
