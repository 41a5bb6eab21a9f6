import { relative, resolve, sep } from "node:path";
import type { Diagnostic, Position } from "../diagnostics/diagnostic.ts";
import { printable, withoutWorkflowCommands } from "../diagnostics/escape.ts";
import type { ReporterName } from "../diagnostics/render.ts";
import type { Report } from "../diagnostics/report.ts";
import { packageVersion } from "../package-root.ts";

/** Options that every command on a project takes. */
export interface ProjectOptions {
  cwd: string;
  config?: string;
  reporter: ReporterName;
  quiet?: boolean;
  verbose?: boolean;
  timings?: boolean;
}

/** Whether what is ignored is shown with its places. */
export const placesIgnored = ({ reporter, verbose = false }: ProjectOptions): boolean =>
  reporter === "json" || reporter === "sarif" || (reporter === "pretty" && verbose);

/** Shows what a run has to say: text for people on stderr, data for programs on stdout. */
export async function show(
  { diagnostics, ignored = [], summary }: Report,
  { reporter, quiet, verbose }: ProjectOptions,
): Promise<void> {
  const shown = quiet ? diagnostics.filter(({ severity }) => severity === "error") : diagnostics;
  if (reporter === "pretty" && shown.length === 0) {
    if (!quiet)
      process.stderr.write(summary.lines.map((line) => `${withoutWorkflowCommands(printable(line))}\n`).join(""));
    return;
  }
  const [{ render }, { frameMaker }, { ruleText }, { wantsColor }, { redact }] = await Promise.all([
    import("../diagnostics/render.ts"),
    import("../diagnostics/frames.ts"),
    import("../judgement/catalogue.ts"),
    import("../diagnostics/color.ts"),
    import("../2-validate/secrets/index.ts"),
  ]);
  const stream = reporter === "pretty" ? process.stderr : process.stdout;
  const color = reporter === "pretty" && wantsColor(process.env, stream);
  const framed = reporter === "pretty" ? { frameOf: await frameMaker({ cwd: process.cwd(), color, redact }) } : {};
  const place = reporter === "github" || reporter === "sarif" ? fromWorkspace : <T>(all: readonly T[]) => all;
  const report = {
    diagnostics: place(shown),
    ignored: place(ignored),
    summary: quiet ? { ...summary, lines: [] } : summary,
  };
  stream.write(
    render(report, reporter, {
      color,
      width: stream.columns ?? 80,
      version: packageVersion(),
      rule: ruleText,
      ...(verbose ? { verbose } : {}),
      ...framed,
    }),
  );
}

/**
 * GitHub reads paths from the top of the repository, also where a step runs in a folder of it.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/variables
 */
function fromWorkspace<T extends Diagnostic>(diagnostics: readonly T[]): readonly T[] {
  const workspace = process.env["GITHUB_WORKSPACE"];
  if (!workspace) return diagnostics;
  const moved = <T extends { position?: Position }>(one: T): T => {
    const file = one.position && relative(workspace, resolve(one.position.file)).split(sep).join("/");
    return file === undefined || file.startsWith("..") ? one : { ...one, position: { ...one.position, file } };
  };
  return diagnostics.map((one) => ({
    ...moved(one),
    ...(one.related === undefined ? {} : { related: one.related.map(moved) }),
  }));
}
