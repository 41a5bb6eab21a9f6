/**
 * Bundles the package into dist/, offline and in a second: `prepare` runs it, so that `npx eco-compile` works right
 * after `npm ci`. Types are emitted beside it for editors; dependencies stay outside, as package.json pins them,
 * but for the command's.
 */
import { build } from "esbuild";
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { buildProgram, common, source } from "../compiler/1-load/program/bundle.mjs";
import { buildCommand } from "./build-command.mjs";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
// Built aside and swapped in at the end: whoever runs the package meanwhile keeps a whole one.
const fresh = mkdtempSync(".dist-");
await build({
  ...common,
  outdir: fresh,
  entryPoints: {
    index: source(new URL("../compiler/config/index.ts", import.meta.url)),
    compiler: source(new URL("../compiler/index.ts", import.meta.url)),
    target: source(new URL("../compiler/target.ts", import.meta.url)),
    cli: source(new URL("../compiler/start/command.ts", import.meta.url)),
    failure: source(new URL("../compiler/1-load/failure.ts", import.meta.url)),
    locate: source(new URL("../compiler/1-load/positions/locate.ts", import.meta.url)),
  },
  splitting: true,
  chunkNames: "[name]-[hash]",
  format: "esm",
});
await buildCommand(fresh);
await buildProgram(fresh);
chmodSync(`${fresh}/cli.js`, 0o755);
const tsc = "node_modules/typescript/bin/tsc";
if (existsSync(tsc))
  execFileSync(process.execPath, [tsc, "-p", "tsconfig.types.json", "--outDir", `${fresh}/types`], {
    stdio: "inherit",
  });
chmodSync(fresh, 0o755);
const stale = `${fresh}-stale`;
if (existsSync("dist")) renameSync("dist", stale);
renameSync(fresh, "dist");
rmSync(stale, { recursive: true, force: true });
