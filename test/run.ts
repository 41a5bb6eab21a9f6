/**
 * `npm test [filter...]`: prepares what the tests need, runs every `*.test.ts` in a process of its own, and closes with
 * the count.
 */
import { cpus } from "node:os";
import glob from "fast-glob";
import { buildIfNeeded } from "./support/build.ts";
import { bundle } from "./support/bundle.ts";
import { runFiles } from "./support/run-files.ts";

const filters = process.argv.slice(2);
const files = glob
  .sync(
    [
      "compiler/**/*.test.ts",
      "test/**/*.test.ts",
      "scripts/**/*.test.ts",
      "runtime/**/*.test.ts",
      "helm-library/**/*.test.ts",
      "lab/**/*.test.ts",
    ],
    { ignore: ["**/node_modules/**"] },
  )
  .filter((file) => filters.length === 0 || filters.some((filter) => file.includes(filter)))
  .sort()
  // The longest are those of whole commands, in test/ and scripts/: first, so that at the end no processor waits for one.
  .reverse();

buildIfNeeded(files);
const program = await bundle(files);
/**
 * A run that gets no processor for two seconds is taken for dead, as it should be: these are not to be starved by their
 * neighbours.
 */
const alone = (file: string): boolean => file.endsWith("/takeover.test.ts");
const outcomes = await runFiles(files, {
  parallel: Math.max(1, Math.min(4, cpus().length)),
  alone,
  minutes: 15,
  program,
});
process.exitCode = outcomes.length === 0 || outcomes.some(({ failed }) => failed > 0) ? 1 : 0;
