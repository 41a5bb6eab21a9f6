import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { PACKAGE_ROOT } from "../compiler/package-root.ts";
import { CLI } from "./support/build.ts";
import { consumer } from "../lab/toolchain/consumer.ts";

/** Runs a command of this repository; its output is what a failure shows. */
function run(command: string, ...options: string[]): void {
  const { status, stdout, stderr } = spawnSync(command, options, { encoding: "utf8" });
  assert.is(status, 0, `${command} ${options.join(" ")}\n${stdout}${stderr}`);
}

/** What the generators start from lies in Go modules and Python packages. */
const sources = ["go", "python3", "opa"].every((name) => consumer(name) !== undefined);

test("types are sound", () => run(process.execPath, "node_modules/typescript/bin/tsc", "-p", "tsconfig.json"));

test("generated/ is what the reference ecosystem compiles to", () => run(process.execPath, CLI, "--check", "--quiet"));

for (const example of readdirSync(join(PACKAGE_ROOT, "examples")))
  test(`generated/ is what the example ${example} compiles to`, () =>
    run(process.execPath, CLI, "--check", "--quiet", "--cwd", `examples/${example}`));

(sources ? test : test.skip)("everything that `npm run gen` derives is fresh (needs Go, Python and opa)", () =>
  run("npm", "run", "--silent", "gen", "--", "--check"),
);

test.run();
