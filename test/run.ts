/**
 * `npm test [filter...]`: prepares what the tests need, runs every `*.test.ts` in a process of its own, and closes with the count.
 * A suite without `.run()` reports nothing and fails here; a test that hangs is ended after its file's time is up.
 */
import { spawn } from "node:child_process";
import { cpus } from "node:os";
import glob from "fast-glob";
import { prepare } from "./support/prepare.ts";

const FILE_TIMEOUT = 15 * 60_000;
/** Two of these at once are slower than one after the other, or fight over one thing. */
const parallel = Math.max(1, Math.min(4, cpus().length));

const filters = process.argv.slice(2);
const files = glob
  .sync(["compiler/**/*.test.ts", "test/**/*.test.ts", "scripts/**/*.test.ts", "runtime/**/*.test.ts", "helm-library/**/*.test.ts"], { ignore: ["**/node_modules/**"] })
  .filter((file) => filters.length === 0 || filters.some((filter) => file.includes(filter)))
  .sort();

interface Outcome {
  file: string;
  passed: number;
  skipped: number;
  failed: number;
  output: string;
  seconds: number;
}

await prepare();
const outcomes: Outcome[] = [];
const queue = [...files];
await Promise.all(Array.from({ length: parallel }, work));
const sum = (field: "passed" | "failed" | "skipped") => outcomes.reduce((total, outcome) => total + outcome[field], 0);
for (const { file, output } of outcomes.filter(({ failed }) => failed > 0)) console.log(`\n── ${file}\n${output.trimEnd()}`);
console.log(`\n${sum("passed")} passed, ${sum("failed")} failed${sum("skipped") > 0 ? `, ${sum("skipped")} skipped` : ""}`);
process.exitCode = sum("failed") > 0 || outcomes.length === 0 ? 1 : 0;

async function work(): Promise<void> {
  for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
    const outcome = await run(file);
    outcomes.push(outcome);
    const { passed, failed, skipped, seconds } = outcome;
    console.log(`${failed > 0 ? "FAIL" : "ok  "} ${file}  ${passed} passed${failed > 0 ? `, ${failed} failed` : ""}${skipped > 0 ? `, ${skipped} skipped` : ""}  ${seconds.toFixed(1)} s`);
  }
}

function run(file: string): Promise<Outcome> {
  return new Promise((resolve) => {
    const start = process.hrtime.bigint();
    const child = spawn(process.execPath, ["--import", "tsx", file], { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, FORCE_COLOR: "0" } });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
    const timer = setTimeout(() => {
      output += `\nended: still running after ${FILE_TIMEOUT / 60_000} minutes`;
      child.kill("SIGKILL");
    }, FILE_TIMEOUT);
    child.on("close", (code) => {
      clearTimeout(timer);
      resolve({ file, output, seconds: Number(process.hrtime.bigint() - start) / 1e9, ...count(output, code) });
    });
  });
}

/** What uvu's closing lines say: `Total: 3`, `Passed: 2`, `Skipped: 1`. Without them the file reported nothing: a failure. */
function count(output: string, code: number | null): Pick<Outcome, "passed" | "failed" | "skipped"> {
  const number = (name: string) => [...output.matchAll(new RegExp(`^\\s*${name}:\\s+(\\d+)`, "gm"))].reduce((total, match) => total + Number(match[1]), 0);
  const [total, passed, skipped] = [number("Total"), number("Passed"), number("Skipped")];
  // uvu's total leaves skipped tests out.
  const failed = Math.max(total - passed, code === 0 ? 0 : 1, total + skipped === 0 ? 1 : 0);
  return { passed, skipped, failed };
}
