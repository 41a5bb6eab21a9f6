import { execFileSync } from "node:child_process";
import { aptVersion } from "./apt.ts";
import { findTool } from "./index.ts";
import { isPresent, tookOf, type Took } from "./install.ts";
import { executablesOf, packages, type Package } from "./versions.ts";

export interface ToolStatus {
  name: string;
  pinned: string;
  /** What is installed, where that can differ from what is pinned. */
  actual: string | undefined;
  from: string;
  present: boolean;
  /** Not installed unless it is named. */
  onDemand: boolean;
  executables: readonly string[];
  /** How long its installation took here. */
  took: Took | undefined;
}

export function toolchainStatus(): ToolStatus[] {
  return [...packages].map(([name, entry]) => ({
    name,
    pinned: entry.version,
    actual: isPresent(entry) ? actualVersion(name, entry) : undefined,
    from:
      entry.from === "go" || entry.from === "go-mod"
        ? entry.module
        : { apt: "Debian", pypi: "PyPI", machine: "the machine" }[entry.from],
    present: isPresent(entry),
    onDemand: "onDemand" in entry,
    executables: executablesOf(entry),
    took: tookOf(name),
  }));
}

/** What is built or fetched into the cache is what is pinned; the rest is asked. */
export function actualVersion(name: string, entry: Package): string | undefined {
  if (entry.from === "apt") return aptVersion(entry.package ?? name);
  if (entry.from !== "machine") return entry.version;
  const said = execFileSync(findTool(entry.executables[0]!)!, entry.asks.split(" "), {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, CHECKPOINT_DISABLE: "1" }, // Terraform asks home whether it is the newest
  });
  return /\d+\.\d+(\.\d+)*/.exec(said)?.[0];
}
