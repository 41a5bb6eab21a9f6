import { resolve } from "node:path";
import { didYouMean } from "../diagnostics/suggest.ts";
import type { CompileResult } from "../run.ts";
import { begin } from "./begin.ts";
import { outputProblem } from "./output-folder.ts";
import { showProgress } from "./progress.ts";
import { placesIgnored, show, type ProjectOptions } from "./show.ts";
import { summarise } from "./summary.ts";

export interface CompileCommandOptions extends ProjectOptions {
  check?: boolean;
  target?: string;
  output?: string;
  force?: boolean;
}

/** `eco-compile`: exit code 0 clean, 1 errors, 2 differences with `--check`. */
export async function compileCommand(options: CompileCommandOptions): Promise<void> {
  const output = options.output === undefined ? undefined : resolve(options.output);
  const problem =
    output === undefined ? undefined : outputProblem(output, { root: resolve(options.cwd), write: !options.check });
  if (problem !== undefined) {
    process.stderr.write(`--output ${JSON.stringify(options.output)}: ${problem}\n`);
    process.exitCode = 1;
    return;
  }
  const project = begin(options);
  const [{ compile }, { targets }] = await Promise.all([import("../compile.ts"), import("../targets/registry.ts")]);
  const names = targets.map(({ name }) => name);
  if (options.target !== undefined && !names.includes(options.target)) {
    process.stderr.write(
      `there is no target "${options.target}"; ${didYouMean(options.target, names) ?? `there are ${names.join(", ")}`}\n`,
    );
    process.exit(1); // whatever the config is doing
  }
  const progress = showProgress(options);
  const result = await compile({
    ...project,
    mode: options.check ? "compare" : "write",
    placeIgnored: placesIgnored(options),
    onPhase: progress.phase,
    ...(options.target === undefined ? {} : { target: options.target }),
    ...(output === undefined ? {} : { output }),
    ...(options.force === undefined ? {} : { force: options.force }),
  });
  progress.end();
  await show({ ...result, summary: summarise(result, options) }, options);
  process.exitCode = exitCode(result, options.check ?? false);
}

/** 0 clean, 1 errors, 2 differences that were only looked at. */
export function exitCode({ ok, plan }: CompileResult, check: boolean): number {
  if (!ok) return 1;
  return check && plan?.clean === false ? 2 : 0;
}
