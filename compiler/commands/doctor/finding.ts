import type { Paint } from "../../diagnostics/color.ts";
import { counted } from "../../diagnostics/report.ts";

/** One thing that doctor looked at. */
export interface Finding {
  about: string;
  /** `fail`: eco-compile or what it makes cannot work. `warn`: something else will not, or not for long. */
  level: "ok" | "warn" | "fail";
  found: string;
  /** What to do; absent where all is well. */
  remedy?: string;
}

const COLORS = { ok: "green", warn: "yellow", fail: "red" } as const;

/** One line for each, with what to do below it, and a count at the end. */
export function formatFindings(findings: readonly Finding[], paint: Paint): string {
  const width = Math.max(...findings.map(({ about }) => about.length));
  const lines = findings.flatMap(({ level, about, found, remedy }) => [
    `${paint(COLORS[level], level.padEnd(4))}  ${about.padEnd(width)}  ${found}`,
    ...(remedy === undefined ? [] : [`${" ".repeat(width + 8)}→ ${remedy}`]),
  ]);
  const count = (level: Finding["level"]) => findings.filter((finding) => finding.level === level).length;
  const total = [count("fail") && counted(count("fail"), "failure"), count("warn") && counted(count("warn"), "warning")]
    .filter(Boolean)
    .join(", ");
  return [...lines, "", total || "all is well", ""].join("\n");
}
