/**
 * Starts the process of a config where eco-compile runs from its sources, which most tests do many times. A bundle of
 * it starts in a quarter of the time that tsx takes to read the sources; it is kept under a digest of them, so that it
 * is never older than they are.
 */
const { execFileSync } = require("node:child_process");
const { createHash } = require("node:crypto");
const { existsSync, readdirSync, readFileSync } = require("node:fs");
const { join } = require("node:path");

const root = join(__dirname, "../../..");
const SCRIPT = require.resolve("./bundle.mjs");
const FOLDERS = ["compiler/1-load", "compiler/1-load/positions", "compiler/1-load/program", "compiler/diagnostics"];

const sourcesIn = (folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
    .map((name) => `${folder}/${name}`);

const CONFIG = ["define", "files", "index", "names", "project"].map((name) => `compiler/config/${name}.ts`);
const sources = [...FOLDERS.flatMap(sourcesIn), ...CONFIG];
const hash = createHash("sha256");
for (const file of [...sources, "compiler/1-load/program/bundle.mjs", "package.json"])
  hash
    .update(`${file}\0`)
    .update(readFileSync(join(root, file)))
    .update("\0");
const folder = join(root, "node_modules/.cache/eco-compile-program", hash.digest("hex").slice(0, 32));
// By a process of its own, which leaves nothing behind in that of the config.
if (!existsSync(folder)) execFileSync(process.execPath, [SCRIPT, folder, ...sources], { cwd: root, stdio: "inherit" });
require(join(folder, "program.cjs"));
