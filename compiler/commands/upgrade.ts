import { didYouMean } from "../diagnostics/suggest.ts";
import type { Inputs } from "../1-load/index.ts";
import { DiagnosticError } from "../diagnostics/diagnostic.ts";
import { counted } from "../diagnostics/report.ts";
import { describeChange } from "../lock/changes.ts";
import { LOCK_FILE } from "../lock/file.ts";
import { dangerOf, upgradable, versionsIn, type Placed } from "../lock/upgrade.ts";
import type { CompileResult } from "../run.ts";
import { begin } from "./begin.ts";
import { exitCode } from "./compile.ts";
import { showProgress } from "./progress.ts";
import { show, type ProjectOptions } from "./show.ts";
import { summarise } from "./summary.ts";

export interface UpgradeCommandOptions extends ProjectOptions {
  environment?: string;
  rechoose?: string;
  check?: boolean;
}

/**
 * `eco-compile upgrade`: gives up the versions that it is asked for, so that newer ones are chosen, and compiles. Exit
 * codes as those of compile.
 */
export async function upgradeCommand(what: string | undefined, options: UpgradeCommandOptions): Promise<void> {
  const project = begin(options);
  const { compile } = await import("../compile.ts");
  const inputs = await project.inputs.catch((error: unknown) => {
    if (error instanceof DiagnosticError) return undefined; // compile says it
    throw error;
  });
  const rechoose = inputs === undefined ? [] : pathsOf(inputs, what, options);
  if (typeof rechoose === "string") {
    process.stderr.write(`${rechoose}\n`);
    process.exitCode = 1;
    return;
  }
  const progress = showProgress(options);
  const check = options.check ?? false;
  const result = await compile({ ...project, rechoose, mode: check ? "compare" : "write", onPhase: progress.phase });
  progress.end();
  const { lines, data } = summarise({ ...result, choices: [] }, options);
  const summary = {
    lines: [...(result.ok ? upgradeLines(result, rechoose, check) : []), ...lines],
    data: { ...data, choices: result.choices },
  };
  await show({ ...result, summary }, options);
  process.exitCode = exitCode(result, check);
}

/** The choices to make anew, or what is wrong with the question. */
function pathsOf(
  { locked, config }: Inputs,
  what: string | undefined,
  { environment, rechoose }: UpgradeCommandOptions,
): string[] | string {
  const { choices, origin } = locked;
  if (origin !== "lock") return `there is no ${LOCK_FILE} yet: run eco-compile, which writes down what was chosen`;
  if (rechoose !== undefined) {
    if (Object.hasOwn(choices, rechoose)) return [rechoose];
    return `--rechoose ${rechoose}: ${LOCK_FILE} has no such choice; ${didYouMean(rechoose, Object.keys(choices)) ?? "its lines name them"}`;
  }
  const placed = config as Placed & { environments?: object };
  const environments = Object.keys(placed.environments ?? {});
  if (environment !== undefined && !environments.includes(environment))
    return `there is no environment "${environment}"; ${didYouMean(environment, environments) ?? `there are ${environments.join(", ")}`}`;
  const words = upgradable(choices, placed);
  if (what !== undefined && !words.includes(what))
    return `nothing is called "${what}"; ${didYouMean(what, words) ?? `there are ${words.join(", ")}`}`;
  return versionsIn(choices, placed, {
    ...(what === undefined ? {} : { what }),
    ...(environment === undefined ? {} : { environment }),
  });
}

/** Each choice that is another now, and what that does to what runs. */
function upgradeLines({ choices = [] }: CompileResult, asked: readonly string[], check: boolean): string[] {
  if (choices.length === 0) return [`${counted(asked.length, "choice")} looked at, none would be another today`];
  return [
    ...choices.flatMap((change) => {
      const danger = asked.includes(change.path) ? dangerOf(change.path) : undefined;
      return [describeChange(change), ...(danger === undefined ? [] : [`  once this is applied, ${danger}`])];
    }),
    `${counted(choices.length, "choice")} ${check ? "would change" : "changed"} in ${LOCK_FILE}`,
  ];
}
