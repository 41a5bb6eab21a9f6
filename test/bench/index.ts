/**
 * `npm run bench`: what the compiler costs, in CPU time of fresh processes. Nothing here passes or fails; the numbers
 * to hold against are printed beside them. `--profile` leaves a CPU profile of the large compilation in `.cache/`.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PACKAGE_ROOT } from "../../compiler/package-root.ts";
import { build, CLI } from "../support/build.ts";
import { copyOfReference } from "../support/project-copy.ts";
import { temporaryFolder } from "../support/tree.ts";
import { largeEcosystem } from "./ecosystem.ts";
import { hostileTexts } from "./hostile-texts.ts";
import type { Measurement } from "./measurement.ts";

const MEASURE = fileURLToPath(new URL("measure.mjs", import.meta.url));
const profile = process.argv.includes("--profile");
const RUNS = 5;
/**
 * What the kernel does for a disk differs by a factor of ten from run to run; in memory it is what a file costs at
 * least.
 */
const MEMORY = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

build();

console.log(`Node ${process.versions.node}; CPU time, the best of ${RUNS} fresh processes\n`);
console.log("command line, reference ecosystem");
const empty = best(() => cpuOf(["-e", ""]));
const reference = copyOfReference();
const cli = (...args: string[]) => cpuOf([CLI, "-C", reference, "-q", ...args]);
cli();
report("an empty Node", ms(empty));
report("eco-compile, nothing to write", `${ms(best(() => cli()))}   (well under 1 s)`);
report("eco-compile --check", ms(best(() => cli("--check"))));
report(
  "eco-compile, all files to write",
  ms(best(() => (rmSync(join(reference, "generated"), { recursive: true }), cli()))),
);
report("eco-compile, config not yet transpiled", ms(best(() => cpuOf([CLI, "-C", copyOfReference(), "-q"]))));

const [small, large] = [measured(100), measured(1000)];
console.log(`\nservices on 3 clusters, canaries with two SLOs, written below ${MEMORY}`);
table([
  ["", "100 services", "1,000 services", ""],
  ...Object.keys(large.timings).map((phase) => [phase, ms(small.timings[phase]!), ms(large.timings[phase]!), ""]),
  [`(write, below ${tmpdir()})`, ms(small.disk), ms(large.disk), ""],
  ["(load, never transpiled)", ms(small.first.timings["load"]!), ms(large.first.timings["load"]!), ""],
  ["all", ms(small.compile), ms(large.compile), `ratio ${(large.compile / small.compile).toFixed(1)} (at most 12)`],
  ["Kubernetes objects", String(small.objects), String(large.objects), ""],
  ["objects per CPU second", perSecond(small), perSecond(large), "(at least 6,000)"],
  ["files", String(small.files), String(large.files), ""],
  ["MiB written", mib(small.bytes), mib(large.bytes), ""],
  ["peak memory, MiB", small.rss.toFixed(0), large.rss.toFixed(0), "(below 1,024)"],
]);

console.log("\nlooking for secrets in texts that slow patterns down, four times as long");
table(
  hostileTexts().map(({ title, ratio, beginning }) => [
    title,
    `ratio ${ratio.toFixed(1)} (at most 8)`,
    JSON.stringify(beginning),
  ]),
);

/** With a folder in which load keeps transpiled sources, as every project has it. */
function cached(root: string): string {
  mkdirSync(join(root, "node_modules"));
  return root;
}

/**
 * Compiles a large ecosystem into an empty folder: the first run, the later one that took the least CPU, and what
 * writing to a disk took.
 */
function measured(services: number): Measurement & { first: Measurement; disk: number } {
  const root = cached(temporaryFolder("bench"));
  const { config, images } = largeEcosystem(services);
  writeFileSync(join(root, "ecosystem.config.mjs"), `export default ${JSON.stringify(config)};\n`);
  writeFileSync(join(root, "ecosystem.images.json"), JSON.stringify(images));
  const profiling = profile && services === 1000 ? ["--cpu-prof", "--cpu-prof-dir", join(PACKAGE_ROOT, ".cache")] : [];
  const run = (below: string) => {
    const output = temporaryFolder("bench-output", below);
    const measurement = JSON.parse(
      execFileSync(process.execPath, [...profiling, MEASURE, root, output], { cwd: PACKAGE_ROOT, encoding: "utf8" }),
    ) as Measurement;
    rmSync(output, { recursive: true });
    return measurement;
  };
  const first = run(MEMORY);
  const later = Array.from({ length: profiling.length > 0 ? 1 : RUNS }, () => run(MEMORY)).reduce((a, b) =>
    b.compile < a.compile ? b : a,
  );
  return { ...later, first, disk: run(tmpdir()).timings["write"]! };
}

/** CPU milliseconds of one Node process from its start to its end. */
function cpuOf(args: readonly string[]): number {
  const { status, stderr } = spawnSync(
    "bash",
    ["-c", "TIMEFORMAT='%U %S'; time \"$@\"", "bash", process.execPath, ...args],
    { encoding: "utf8" },
  );
  if (status !== 0) throw new Error(stderr);
  const [user, system] = stderr.trim().split("\n").at(-1)!.split(" ").map(Number) as [number, number];
  return (user + system) * 1000;
}

function best(run: () => number): number {
  return Math.min(...Array.from({ length: RUNS }, run));
}

function report(what: string, result: string): void {
  console.log(`  ${what.padEnd(42)}${result}`);
}

function table(rows: readonly string[][]): void {
  for (const [name, a, b, note] of rows as [string, string, string, string][])
    console.log(`  ${name.padEnd(24)}${a.padStart(14)}${b.padStart(16)}   ${note}`.trimEnd());
}

function ms(value: number): string {
  return `${Math.round(value)} ms`;
}

function mib(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(1);
}

function perSecond({ objects, compile }: Measurement): string {
  return Math.round(objects / (compile / 1000)).toLocaleString("en");
}
