/**
 * `npm run lint` runs every script of package.json whose name begins with `lint:`, all at once and all to their ends;
 * `npm run lint -- STEP...` some of them. The types are tsc's: `npm run typecheck`.
 */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { delimiter, resolve } from "node:path";

interface Outcome {
  ok: boolean;
  output: string;
}

const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> };
const steps = Object.keys(scripts).flatMap((name) => (name.startsWith("lint:") ? [name.slice("lint:".length)] : []));
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !steps.includes(name));
if (unknown.length > 0 || steps.length === 0) {
  console.error(`there is no step ${unknown.join(" or ")}; there are ${steps.join(", ")}`);
  process.exitCode = 1;
} else await Promise.all((wanted.length > 0 ? wanted : steps).map(step));

/** Runs a step, and says in one line how it went; what it found follows where it failed. */
async function step(name: string): Promise<void> {
  const start = performance.now();
  const { ok, output } = await run(scripts[`lint:${name}`]!);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const lines = output.trim().split("\n");
  console.log(
    `${ok ? "ok  " : "FAIL"} ${name.padEnd(8)} ${seconds.padStart(5)} s  ${ok ? lines.at(-1) : `npm run lint:${name}`}`,
  );
  if (ok) return;
  console.log(`\n${output.trim()}\n`);
  process.exitCode = 1;
}

/** As npm would: by a shell, with the project's programs on the path. */
function run(command: string): Promise<Outcome> {
  const path = [resolve("node_modules/.bin"), process.env["PATH"]].join(delimiter);
  return new Promise((done) => {
    const child = spawn(command, {
      shell: true,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, PATH: path },
    });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.on("close", (code) => done({ ok: code === 0, output }));
  });
}
