import type { Outcome, Reporter } from "./install.ts";
import type { ToolStatus } from "./status.ts";

/** One line a step; a terminal sees the step that is running as well, and a log sees the long ones begin. */
export function reporter(out: NodeJS.WriteStream): Reporter {
  return {
    begins: (name, { version }) => out.write(out.isTTY ? `...  ${name} ${version}` : `...  ${name} ${version}\n`),
    ended: (outcome) => out.write(`${out.isTTY ? "\r" : ""}${line(outcome)}\n`),
  };
}

function line({ name, entry, result, seconds, why }: Outcome): string {
  if (result === "failed")
    return `FAIL ${name} ${entry.version}  ${seconds.toFixed(1)} s\n${why!.replace(/^/gm, "       ")}`;
  return `ok   ${name} ${entry.version}  ${result === "present" ? "is there" : `${seconds.toFixed(1)} s`}`;
}

export function statusTable(tools: readonly ToolStatus[], { timings = false } = {}): string {
  const rows = tools.map(({ name, pinned, actual, from, present, onDemand, took }) => [
    name,
    pinned,
    from,
    present
      ? actual === pinned
        ? "present"
        : `present: ${actual ?? "not Debian's"}`
      : onDemand
        ? "on demand"
        : "missing",
    ...(timings ? (took === undefined ? ["", ""] : [`${took.seconds} s`, took.cpu > 0 ? `${took.cpu} s` : ""]) : []),
  ]);
  return aligned([["TOOL", "VERSION", "FROM", "STATUS", ...(timings ? ["TOOK", "CPU"] : [])], ...rows]);
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
