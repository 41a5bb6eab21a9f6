import { spawn } from "node:child_process";

export interface Outcome {
  file: string;
  passed: number;
  skipped: number;
  failed: number;
  output: string;
  seconds: number;
}

export interface RunOptions {
  /** How many at once. */
  parallel: number;
  /** Files that another one would disturb: they run at last, one by one. Default: none. */
  alone?: (file: string) => boolean;
  /** Minutes that a file may take. */
  minutes: number;
  env?: Readonly<Record<string, string>>;
  /** Called after each file. */
  after?: (outcome: Outcome) => void;
}

/**
 * Runs each test file in a process of its own, says a line about each, shows the output of those that failed, and
 * closes with the count. A suite without `.run()` reports nothing and fails here; a test that hangs is ended after its
 * file's time is up.
 */
export async function runFiles(files: readonly string[], options: RunOptions): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const { alone = () => false, parallel } = options;
  const work = async (queue: string[]): Promise<void> => {
    for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
      const outcome = await runFile(file, options);
      outcomes.push(outcome);
      const { passed, failed, skipped, seconds } = outcome;
      console.log(
        `${failed > 0 ? "FAIL" : "ok  "} ${file}  ${passed} passed${failed > 0 ? `, ${failed} failed` : ""}${skipped > 0 ? `, ${skipped} skipped` : ""}  ${seconds.toFixed(1)} s`,
      );
      options.after?.(outcome);
    }
  };
  const together = files.filter((file) => !alone(file));
  await Promise.all(Array.from({ length: parallel }, () => work(together)));
  await work(files.filter(alone));
  const sum = (field: "passed" | "failed" | "skipped") =>
    outcomes.reduce((total, outcome) => total + outcome[field], 0);
  for (const { file, output } of outcomes.filter(({ failed }) => failed > 0))
    console.log(`\n── ${file}\n${output.trimEnd()}`);
  for (const line of new Set(
    outcomes.flatMap(({ output }) => output.split("\n")).filter((text) => text.startsWith(SKIPPED)),
  ))
    console.log(line);
  console.log(
    `\n${sum("passed")} passed, ${sum("failed")} failed${sum("skipped") > 0 ? `, ${sum("skipped")} skipped` : ""}`,
  );
  return outcomes;
}

/** How a suite begins the line that says why it is skipped. */
const SKIPPED = "skipped: ";

/** Says in one line why a suite does not run here. */
export const saySkipped = (suite: string, why: string): void => console.log(`${SKIPPED}${suite}: ${why}`);

function runFile(file: string, { minutes, env = {} }: RunOptions): Promise<Outcome> {
  return new Promise((resolve) => {
    const start = process.hrtime.bigint();
    const child = spawn(process.execPath, ["--import", "tsx", file], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...env, FORCE_COLOR: "0" },
    });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
    const timer = setTimeout(() => {
      output += `\nended: still running after ${minutes} minutes`;
      child.kill("SIGKILL");
    }, minutes * 60_000);
    child.on("close", (code) => {
      clearTimeout(timer);
      resolve({ file, output, seconds: Number(process.hrtime.bigint() - start) / 1e9, ...count(output, code) });
    });
  });
}

/**
 * What uvu's closing lines say: `Total: 3`, `Passed: 2`, `Skipped: 1`. Without them the file reported nothing: a
 * failure.
 */
function count(output: string, code: number | null): Pick<Outcome, "passed" | "failed" | "skipped"> {
  const number = (name: string) =>
    [...output.matchAll(new RegExp(`^\\s*${name}:\\s+(\\d+)`, "gm"))].reduce(
      (total, match) => total + Number(match[1]),
      0,
    );
  const [total, passed, skipped] = [number("Total"), number("Passed"), number("Skipped")];
  // uvu's total leaves skipped tests out.
  const failed = Math.max(total - passed, code === 0 ? 0 : 1, total + skipped === 0 ? 1 : 0);
  return { passed, skipped, failed };
}
