/** The last green run of each suite on this machine: one whose inputs are still the same need not run again. */
import { statSync } from "node:fs";
import { recall, remember } from "../toolchain/cache.ts";
import { findTool } from "../toolchain/index.ts";
import { packageOf, packages } from "../toolchain/versions.ts";
import { isOfToday, whole, type SuiteRecord } from "./record.ts";
import type { SuiteInputs } from "./inputs.ts";

/** A record, with what it depends on that is of this machine. */
export interface Green {
  record: SuiteRecord;
  machine: string;
  /** Tests; none failed and none was skipped. */
  passed: number;
  /** On the clock: the longest suites begin first. */
  seconds: number;
  /** Of its end, as ISO 8601. */
  at: string;
}

const fileOf = (suite: string): string => `green/${suite.replaceAll("/", "--")}.json`;

export function lastGreen(suite: string): Green | undefined {
  const text = recall(fileOf(suite));
  if (text === undefined) return undefined;
  const green = JSON.parse(text) as Green;
  return { ...green, record: whole(green.record) };
}

export const rememberGreen = (record: SuiteRecord, { passed, seconds }: Pick<Green, "passed" | "seconds">): void =>
  remember(
    fileOf(record.suite),
    JSON.stringify({
      record,
      machine: machineFor(record.tools),
      passed,
      seconds,
      at: new Date().toISOString(),
    } satisfies Green),
  );

/** The last green run, if nothing that it depended on has changed. */
export async function unchanged(suite: string, inputs: SuiteInputs): Promise<Green | undefined> {
  const green = lastGreen(suite);
  if (green === undefined || !(await isOfToday(green.record, inputs))) return undefined;
  return green.machine === machineFor(green.record.tools) ? green : undefined;
}

/** Node's version, and which files the tools are that are not built into the cache. */
function machineFor(tools: readonly string[]): string {
  const own = tools.filter((name) => ["apt", "machine"].includes(packages.get(packageOf.get(name) ?? "")?.from ?? ""));
  const files = own.map((name) => {
    const path = findTool(name);
    const { size, mtimeMs } = path === undefined ? { size: 0, mtimeMs: 0 } : statSync(path);
    return `${name} ${size} ${mtimeMs}`;
  });
  return [process.version, ...files].join("\n");
}
