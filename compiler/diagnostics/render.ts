import type { RenderOptions, Report, Reporter } from "./report.ts";
import { github } from "./reporters/github.ts";
import { json } from "./reporters/json.ts";
import { markdown } from "./reporters/markdown.ts";
import { pretty } from "./reporters/pretty.ts";
import { sarif } from "./reporters/sarif.ts";

const reporters = { pretty, json, github, sarif, markdown } as const satisfies Record<string, Reporter>;

export type ReporterName = keyof typeof reporters;
export const REPORTERS = Object.keys(reporters) as ReporterName[];

/**
 * The report as text for one medium, with a line end after its last line; pure, so that frames come beforehand
 * (frames.ts).
 */
export function render(report: Report, reporter: ReporterName, options: RenderOptions): string {
  return reporters[reporter](report, options);
}
