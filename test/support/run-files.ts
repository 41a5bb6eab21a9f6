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
  /** Modules that are loaded before a file. */
  preload?: readonly string[];
  /** What Node runs in the place of a file. Default: the file itself, by tsx */
  program?: (file: string) => string;
  /** Added to the environment of a file. */
  env?: (file: string) => Readonly<Record<string, string>>;
  /** Called after each file; what it says is wrong is a failure of the file. */
  after?: (outcome: Outcome) => string | undefined | Promise<string | undefined>;
  /** Where lines go. Default: stdout. */
  say?: (line: string) => void;
}

/**
 * Runs each test file in a process of its own, says a line about each, shows the output of those that failed, and
 * closes with the count. A suite without `.run()` reports nothing and fails here; a test that hangs is ended after its
 * file's time is up.
 */
export async function runFiles(files: readonly string[], options: RunOptions): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const { alone = () => false, parallel, say = console.log } = options;
  const work = async (queue: string[]): Promise<void> => {
    for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
      const outcome = await runFile(file, options);
      outcomes.push(outcome);
      const complaint = unnamedSkips(outcome) ?? (await options.after?.(outcome));
      if (complaint !== undefined) {
        outcome.failed++;
        outcome.output += `\n${complaint}\n`;
      }
      const { passed, failed, skipped, seconds } = outcome;
      say(
        `${failed > 0 ? "FAIL" : "ok  "} ${file}  ${passed} passed${failed > 0 ? `, ${failed} failed` : ""}${skipped > 0 ? `, ${skipped} skipped` : ""}  ${seconds.toFixed(1)} s`,
      );
    }
  };
  const together = files.filter((file) => !alone(file));
  await Promise.all(Array.from({ length: parallel }, () => work(together)));
  await work(files.filter(alone));
  const sum = (field: "passed" | "failed" | "skipped") =>
    outcomes.reduce((total, outcome) => total + outcome[field], 0);
  for (const { file, output } of outcomes.filter(({ failed }) => failed > 0)) say(`\n── ${file}\n${output.trimEnd()}`);
  const absent = skippedIn(outcomes.map(({ output }) => output));
  if (absent !== "") say(`\nnot run: ${absent}`);
  say(`\n${sum("passed")} passed, ${sum("failed")} failed${sum("skipped") > 0 ? `, ${sum("skipped")} skipped` : ""}`);
  return outcomes;
}

/** How a suite begins the line that says why it is skipped. */
const SKIPPED = "skipped: ";

/** Says in one line why a suite does not run here. */
export const saySkipped = (suite: string, why: string): void => console.log(`${SKIPPED}${suite}: ${why}`);

const unnamedSkips = ({ skipped, output }: Outcome): string | undefined =>
  skipped > 0 && !output.includes(`\n${SKIPPED}`) && !output.startsWith(SKIPPED)
    ? `${skipped} tests are skipped and nothing says why: see saySkipped()`
    : undefined;

/** The suites that did not run, by the reason: one line, so that it is read. */
export function skippedIn(outputs: readonly string[]): string {
  const suites = new Map<string, Set<string>>();
  for (const line of outputs.flatMap((output) => output.split("\n")).filter((line) => line.startsWith(SKIPPED))) {
    const cut = line.lastIndexOf(": ");
    const why = line.slice(cut + 2);
    suites.set(why, (suites.get(why) ?? new Set()).add(line.slice(SKIPPED.length, cut)));
  }
  return [...suites].map(([why, names]) => `${[...names].join(", ")} (${why})`).join("; ");
}

function runFile(file: string, { minutes, preload = [], program, env = () => ({}) }: RunOptions): Promise<Outcome> {
  return new Promise((resolve) => {
    const start = process.hrtime.bigint();
    const modules = [...(program ? [] : ["tsx"]), ...preload].flatMap((module) => ["--import", module]);
    const child = spawn(process.execPath, [...modules, "--enable-source-maps", program?.(file) ?? file], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...env(file), FORCE_COLOR: "0" },
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
