/**
 * `npm run lint:fence`: who may import whom, over all sources, types included (docs/architecture.md, Floors).
 */
import glob from "fast-glob";
import { Imports } from "../imports/imports.ts";
import { judge } from "./fence/judge.ts";
import { SOURCES } from "./fence/rooms.ts";

const files = glob.sync(`{${SOURCES.join()}}/**/*.{ts,mts,cts,js,mjs,cjs}`, {
  // Projects that the compiler is run on, and what it writes into a new one.
  ignore: ["**/node_modules/**", "**/samples/**", "compiler/commands/init/project/**"],
});
const imports = new Imports(".");
const verdict = judge(new Map(files.sort().map((file) => [file, imports.of(file)])));

for (const problem of verdict.problems) console.error(`${problem}\n`);
if (verdict.problems.length > 0) process.exitCode = 1;
console.log(`${verdict.imports} imports in ${verdict.files} files`);
