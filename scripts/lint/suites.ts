/**
 * `npm run lint:suites`: every uvu suite is run, and none alone. A suite without `.run()` is passed over without a word
 * where another one of its file runs, and with one `.only` uvu leaves the other tests out of every count.
 */
import { readFileSync } from "node:fs";
import glob from "fast-glob";
import { neverRun } from "./suites/never-run.ts";
import { SOURCES } from "./fence/rooms.ts";

const files = glob.sync(`{${SOURCES.join()}}/**/*.ts`, {
  // The suite that lab-suite.ts makes is its callers' to run.
  ignore: ["**/node_modules/**", "**/samples/**", "lab/lab-suite.ts"],
});
const [suites, problems] = [[] as string[], [] as string[]];
for (const file of files.sort()) {
  const found = neverRun(file, readFileSync(file, "utf8"));
  suites.push(...found.suites);
  problems.push(...found.problems);
}
if (suites.length === 0)
  problems.push("there is no suite at all: look at what scripts/lint/suites.ts reads, and from which folder it is run");

for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
console.log(`${suites.length} suites in ${files.length} files`);
