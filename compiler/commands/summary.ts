import type { Summary } from "../diagnostics/report.ts";
import { counted, placeOf } from "../diagnostics/report.ts";
import type { Change, Plan } from "../7-write/index.ts";
import { describeChange } from "../lock/changes.ts";
import { LOCK_FILE } from "../lock/file.ts";
import { packageVersion } from "../package-root.ts";
import type { CompileResult } from "../run.ts";

/** What changed, one line per target, and what the config says that has no effect yet. */
export function summarise(
  result: CompileResult,
  options: { check?: boolean; verbose?: boolean; timings?: boolean },
): Summary {
  const { plan, off, ignored } = result;
  return {
    lines: [
      ...(plan === undefined || !result.ok ? [] : planLines(plan, options)),
      ...(result.ok ? choiceLines(result, options) : []),
      ...(result.uncompiled === undefined || result.uncompiled.length === 0
        ? []
        : [`not compiled by any target yet: ${result.uncompiled.join(", ")}`]),
      ...(off.length === 0
        ? []
        : [`${counted(off.length, "check")} ${off.length === 1 ? "is" : "are"} off: ${off.join(", ")}`]),
      ...ignoredLines(ignored, options),
      ...(options.timings ? [timingLine(result.timings)] : []),
    ],
    data: {
      ...(plan === undefined
        ? {}
        : {
            lock: plan.lock === undefined ? "unchanged" : plan.lock.action,
            changes: changesOf(plan).map(({ action, path, target }) => ({ action, path, target })),
            unchanged: plan.unchanged,
            strangers: plan.strangers,
            clean: plan.clean,
          }),
      ...(result.choices === undefined ? {} : { choices: result.choices }),
      ...(result.uncompiled === undefined ? {} : { uncompiled: result.uncompiled }),
      ...(off.length === 0 ? {} : { off }),
      timings: result.timings,
    },
  };
}

/** How many choices are named where not all are asked for. */
const NAMED = 3;

/** What was chosen for the config: it stands from now on. */
function choiceLines(
  { choices = [] }: CompileResult,
  { check, verbose }: { check?: boolean; verbose?: boolean },
): string[] {
  if (choices.length === 0) return [];
  const named = choices.slice(0, verbose ? undefined : NAMED).map((change) => `  ${describeChange(change)}`);
  const rest = choices.length - named.length;
  return [
    `${counted(choices.length, "choice")} ${check ? `would change in ${LOCK_FILE}: run eco-compile and commit it` : `changed in ${LOCK_FILE}`}`,
    ...named,
    ...(rest === 0 ? [] : [`  and ${rest} more, which --verbose lists`]),
  ];
}

/** How many findings somebody has accepted; each with its reason where all is asked for. */
function ignoredLines(ignored: CompileResult["ignored"], { verbose }: { verbose?: boolean }): string[] {
  if (ignored.length === 0) return [];
  const one = ignored.length === 1;
  const count = `${counted(ignored.length, "finding")} ${one ? "is" : "are"} ignored`;
  if (!verbose) return [`${count} (--verbose shows ${one ? "it" : "them"}, with the reason)`];
  return [
    `${count}:`,
    ...ignored.map(
      ({ id, at, position, message, ignored: { reason, until } }) =>
        `  ${position ? `${placeOf(position)} ` : ""}${at}: ${id}: ${message} (${reason}${until === undefined ? "" : `; until ${until}`})`,
    ),
  ];
}

const changesOf = (plan: Plan): readonly Change[] => [...plan.create, ...plan.change, ...plan.delete];

function planLines(plan: Plan, { check, verbose }: { check?: boolean; verbose?: boolean }): string[] {
  return [...otherVersion(plan), ...changeLines(plan, { check, verbose }), ...strangerLine(plan)];
}

function changeLines(plan: Plan, { check, verbose }: { check?: boolean; verbose?: boolean }): string[] {
  const changes = changesOf(plan);
  const total = plan.unchanged + plan.create.length + plan.change.length;
  if (changes.length === 0) return [`${counted(total, "file")} up to date${aboutManifest(plan, check)}`];
  const width = Math.max(...changes.map(({ target }) => target.length));
  const targets = [...new Set(changes.map(({ target }) => target))].sort();
  return [
    ...targets.map(
      (target) => `${target.padEnd(width)}  ${tally(changes.filter((change) => change.target === target))}`,
    ),
    ...(verbose
      ? [...changes].sort((a, b) => (a.path < b.path ? -1 : 1)).map(({ action, path }) => `  ${SIGNS[action]} ${path}`)
      : []),
    check
      ? `${counted(changes.length, "file")} would change, ${plan.unchanged} up to date: run eco-compile and commit the result`
      : `${counted(changes.length, "file")} written, ${plan.unchanged} up to date`,
  ];
}

function aboutManifest({ manifest, manifestStale }: Plan, check: boolean | undefined): string {
  if (check) return manifestStale ? "; the manifest is not: run eco-compile and commit the result" : "";
  return manifest === undefined ? "" : "; the manifest was rewritten";
}

/** Why much may change although the config did not. */
const otherVersion = ({ writtenBy }: Plan): string[] => {
  const running = packageVersion();
  return writtenBy === undefined || writtenBy === running
    ? []
    : [`the tree was written by eco-compile ${writtenBy}, and this is ${running}`];
};

const strangerLine = ({ strangers }: Plan): string[] =>
  strangers.length === 0 ? [] : [`${counted(strangers.length, "file")} that no target wrote would be applied`];

const SIGNS = { create: "+", change: "~", delete: "-" } as const;

function tally(changes: readonly Change[]): string {
  const count = (action: Change["action"]) => changes.filter((change) => change.action === action).length;
  return [
    [count("create"), "new"],
    [count("change"), "changed"],
    [count("delete"), "deleted"],
  ]
    .filter(([number]) => number !== 0)
    .map(([number, word]) => `${number} ${word}`)
    .join(", ");
}

const timingLine = (timings: CompileResult["timings"]): string =>
  `CPU ${Object.entries(timings)
    .map(([phase, ms]) => `${phase} ${Math.round(ms)} ms`)
    .join(", ")}`;
