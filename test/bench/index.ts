/**
 * `npm run bench`: what the command costs, in CPU time of fresh processes. Nothing here passes or fails, since machines
 * differ and share their processors; the floors to hold are printed beside the numbers. `--profile` leaves a CPU
 * profile of the large compilation in `.cache/`.
 */
import { existsSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PACKAGE_ROOT } from "../../compiler/package-root.ts";
import { build, CLI } from "../support/build.ts";
import { copyOfReference } from "../support/project-copy.ts";
import { hostileTexts } from "./hostile-texts.ts";
import { compileLarge, type Compilation } from "./large-project.ts";
import { runNode } from "./run-node.ts";
import { projectOfTeams } from "./team-files.ts";

const profile = process.argv.includes("--profile");
const RUNS = 5;
/**
 * What the kernel does for a disk differs by a factor of ten from run to run; in memory it is what a file costs at
 * least.
 */
const MEMORY = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

build();

console.log(`Node ${process.versions.node}; CPU time of whole processes, the least of ${RUNS}\n`);
console.log("command line, reference ecosystem");
const reference = copyOfReference();
const cli = (...args: string[]) => runNode([CLI, "-C", reference, "-q", ...args]).cpu;
cli();
report(
  "an empty Node",
  best(() => runNode(["-e", ""]).cpu),
);
report("eco-compile, nothing to write", best(cli), "(at most 500 ms)");
report(
  "eco-compile --check",
  best(() => cli("--check")),
  "(at most 500 ms)",
);
report(
  "eco-compile, all files to write",
  best(() => (rmSync(join(reference, "generated"), { recursive: true }), cli())),
);
report(
  "eco-compile, config not yet transpiled",
  best(() => runNode([CLI, "-C", copyOfReference(), "-q"]).cpu),
);

const { root, teams } = projectOfTeams(200);
console.log(`\ntypes of 200 services in the files of ${teams} teams`);
const tsc = join(PACKAGE_ROOT, "node_modules/typescript/bin/tsc");
report(
  "TypeScript 7",
  best(() => runNode([tsc, "-p", root]).cpu),
  "(at most 3 s)",
);

const [small, large] = [
  compileLarge(100, { memory: MEMORY, runs: RUNS }),
  compileLarge(1000, { memory: MEMORY, runs: RUNS }),
];
if (profile)
  compileLarge(1000, {
    memory: MEMORY,
    runs: 1,
    flags: ["--cpu-prof", "--cpu-prof-dir", join(PACKAGE_ROOT, ".cache")],
  });
const both = (of: (compilation: Compilation) => string) => [of(small.best), of(large.best)];
const ratio = `ratio ${(large.best.compile / small.best.compile).toFixed(1)} (at most 12)`;
console.log(`\nservices on 3 clusters, canaries with two SLOs, all files to write below ${MEMORY}`);
table([
  ["", "100 services", "1,000 services"],
  ...Object.keys(large.best.timings).map((phase) => [phase, ...both(({ timings }) => ms(timings[phase]!))]),
  [`(write, below ${tmpdir()})`, ms(small.disk), ms(large.disk)],
  ["(load, never transpiled)", ms(small.first.timings["load"]!), ms(large.first.timings["load"]!)],
  ["all phases", ...both(({ compile }) => ms(compile)), ratio],
  ["the whole command", ...both(({ cpu }) => ms(cpu))],
  ["Kubernetes objects", ...both(({ objects }) => String(objects))],
  ["objects per CPU second", ...both(perSecond), "(at least 6,000)"],
  ["files", ...both(({ files }) => String(files))],
  ["MiB written", ...both(({ bytes }) => (bytes / 2 ** 20).toFixed(1))],
  ["peak memory, MiB", ...both(({ memory }) => memory.toFixed(0)), "(below 300)"],
]);

console.log("\nlooking for secrets in texts that slow patterns down, four times as long");
table(
  hostileTexts().map(({ title, ratio, beginning }) => [
    title,
    `ratio ${ratio.toFixed(1)} (at most 8)`,
    JSON.stringify(beginning),
  ]),
);

function best(run: () => number): number {
  return Math.min(...Array.from({ length: RUNS }, () => run()));
}

function report(what: string, cpu: number, floor = ""): void {
  console.log(`  ${what.padEnd(42)}${ms(cpu).padStart(8)}   ${floor}`.trimEnd());
}

function table(rows: readonly string[][]): void {
  for (const [name, a, b, note = ""] of rows as [string, string, string, string?][])
    console.log(`  ${name.padEnd(24)}${a.padStart(14)}${b.padStart(16)}   ${note}`.trimEnd());
}

function ms(value: number): string {
  return `${Math.round(value)} ms`;
}

function perSecond({ objects, compile }: Compilation): string {
  return Math.round(objects / (compile / 1000)).toLocaleString("en");
}
