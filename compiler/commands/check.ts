import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { ideasOf } from "../diagnostics/ideas.ts";
import { counted } from "../diagnostics/report.ts";
import { begin } from "./begin.ts";
import { placesIgnored, show, type ProjectOptions } from "./show.ts";
import { summarise } from "./summary.ts";

export interface CheckCommandOptions extends ProjectOptions {
  asOf?: string;
}

/** `eco-compile check`: everything before emit; with `--as-of`, also what a day makes of the proposals. */
export async function checkCommand(options: CheckCommandOptions): Promise<void> {
  const asOf = options.asOf === undefined ? undefined : parseDay(options.asOf);
  if (asOf === null) {
    process.stderr.write(`--as-of ${options.asOf}: not a day; write it as 2026-01-31\n`);
    process.exitCode = 1;
    return;
  }
  const project = begin(options);
  const { compile } = await import("../compile.ts");
  const result = await compile({
    ...project,
    mode: "check",
    placeIgnored: placesIgnored(options),
    ...(asOf === undefined ? {} : { asOf }),
  });
  const { lines, data } = summarise(result, options);
  const sound = result.ok ? [`the config is sound${remarks(result.diagnostics)}`] : [];
  await show({ ...result, summary: { lines: [...sound, ...lines], data } }, options);
  process.exitCode = result.ok ? 0 : 1;
}

/** The end of the day, so that a proposal is good on the day that it expires; null for what is no day. */
function parseDay(text: string): Date | null {
  const day = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
    ? day
    : null;
}

const remarks = (diagnostics: readonly Diagnostic[]): string =>
  diagnostics.length === 0 ? "" : `, with ${counted(ideasOf(diagnostics).length, "remark")}`;
