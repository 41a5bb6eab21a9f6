import type { Ecosystem } from "../config/model/ecosystem.ts";
import type { Tunable } from "../config/tunable.ts";
import { magnitude, units } from "../config/units.ts";
import { formatPath, parsePath, valueAt, type PathSegment } from "../diagnostics/config-path.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import type { ValidateId } from "./catalogue.ts";

/** `ecosystem.tuning.json`, after its schema has passed. */
export interface Tuning {
  format_version: 1;
  proposals: readonly Proposal[];
}

interface Proposal {
  id: string;
  component: "optimizer" | "aiops" | "finops";
  /** Instants in UTC. */
  acceptedAt: string;
  expiresAt: string;
  changes: readonly { tunable: string; value: number | string }[];
  evidence: { inputs: Record<string, string>; engine: string; seed?: number; classicalOptimum?: number; gap?: number };
}

/** The value of each tunable after all proposals, and what is wrong with them. */
export function acceptedValues(
  ecosystem: Ecosystem,
  { proposals }: Tuning,
): { accepted: Map<string, number | string>; diagnostics: Diagnostic[] } {
  const accepted = new Map<string, number | string>();
  const diagnostics: Diagnostic[] = [];
  proposals.forEach(({ id, changes }, proposal) =>
    changes.forEach(({ tunable, value }, change) => {
      const at = formatPath(["proposals", proposal, "changes", change]);
      const fault = (fault: ValidateId, field: string, message: string, hint: string) =>
        diagnostics.push({
          id: fault,
          severity: "error",
          input: "tuning",
          at: `${at}.${field}`,
          message: `${id}: ${message}`,
          hint,
        });
      const path = pathOf(tunable);
      const bounds = tunableAt(ecosystem, path);
      if (bounds === undefined)
        return fault(
          "tuning/not-tunable",
          "tunable",
          `${tunable} is not tunable`,
          didYouMean(tunable, tunablePaths(ecosystem)) ??
            "take the change out, or make the value tunable() in the config",
        );
      const problem = outside(value, bounds);
      if (problem !== undefined)
        return fault(
          "tuning/out-of-bounds",
          "value",
          `${tunable} ${problem}`,
          `bounds are ${bounds.min} to ${bounds.max}${bounds.step === undefined ? "" : ` in steps of ${bounds.step}`}`,
        );
      accepted.set(formatPath(path!), value); // as lower spells it
    }),
  );
  return { accepted, diagnostics };
}

/** The second of two proposals with one id. */
export function repeatedProposals({ proposals }: Tuning): Diagnostic[] {
  const first = new Map<string, number>();
  return proposals.flatMap(({ id }, index): Diagnostic[] => {
    const earlier = first.get(id);
    if (earlier === undefined) first.set(id, index);
    return earlier === undefined
      ? []
      : [
          {
            id: "tuning/repeated-id",
            severity: "error",
            input: "tuning",
            at: `proposals[${index}].id`,
            message: `${id} is the id of an earlier proposal too`,
            hint: "take out the one that a merge repeated",
            related: [{ at: `proposals[${earlier}].id`, message: "the earlier one" }],
          },
        ];
  });
}

/** Proposals that came too late: a pull request may not add one after its evidence has expired. */
export const expiredProposals = ({ proposals }: Tuning, asOf: Date): Diagnostic[] =>
  proposals.flatMap(({ id, expiresAt }, index): Diagnostic[] =>
    // oxlint-disable-next-line no-restricted-globals -- its text names its time zone, and the day to judge by is given
    new Date(expiresAt) >= asOf
      ? []
      : [
          {
            id: "tuning/expired",
            severity: "error",
            input: "tuning",
            at: `proposals[${index}].expiresAt`,
            message: `${id} expired at ${expiresAt}`,
            hint: "close the pull request; the component proposes again on new evidence",
          },
        ],
  );

function pathOf(text: string): PathSegment[] | undefined {
  try {
    return parsePath(text);
  } catch {
    return undefined; // not a path at all
  }
}

const isTunable = (value: unknown): value is Tunable<number | string> =>
  value !== null && typeof value === "object" && (value as { kind?: unknown }).kind === "tunable";

function tunableAt(
  ecosystem: Ecosystem,
  path: readonly PathSegment[] | undefined,
): Tunable<number | string> | undefined {
  const value = path && valueAt(ecosystem, path);
  return isTunable(value) ? value : undefined;
}

/** Where the config has tunables. */
function* tunablePaths(value: unknown, path: PathSegment[] = []): Generator<string> {
  if (isTunable(value)) yield formatPath(path);
  else if (value !== null && typeof value === "object")
    for (const [key, child] of Object.entries(value))
      yield* tunablePaths(child, [...path, Array.isArray(value) ? Number(key) : key]);
}

/** What is wrong with a value of a tunable, if anything. Units are compared by what they mean: 1000m is 1. */
function outside(value: number | string, { min, max, step }: Tunable<number | string>): string | undefined {
  if (unitOf(value) === undefined || unitOf(value) !== unitOf(min)) return `cannot be ${JSON.stringify(value)}`;
  const [number, low, high] = [value, min, max].map(magnitude) as [number, number, number];
  if (number < low || number > high) return `is set to ${value}`;
  const width = step === undefined ? undefined : magnitude(step);
  const steps = (number - low) / (width ?? 1);
  if (width !== undefined && Math.abs(steps - Math.round(steps)) > 1e-9)
    return `is set to ${value}, which is not a step`;
  // Numbers of the config are counts and whole percentages.
  if (typeof value === "number" && !Number.isInteger(value)) return `is set to ${value}, which is not a whole number`;
  return undefined;
}

/** What a tunable's value counts; undefined for a text in no unit. */
function unitOf(value: number | string): "number" | "rate" | "cores" | "bytes" | undefined {
  if (typeof value === "number") return "number";
  if (units.Rate.pattern.test(value)) return "rate";
  if (units.Cpu.pattern.test(value)) return "cores";
  return units.Bytes.pattern.test(value) ? "bytes" : undefined;
}
