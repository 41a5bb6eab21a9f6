import type { Ecosystem } from "../config/model/ecosystem.ts";
import type { Ignore } from "../config/model/levels.ts";
import { parsePath, type PathSegment } from "../diagnostics/config-path.ts";
import type { Diagnostic, IgnoredDiagnostic } from "../diagnostics/diagnostic.ts";
import type { Phase } from "./catalogue.ts";
import { fault } from "./ids.ts";
import { unknownCheck, type KnownChecks } from "./levels.ts";

/** An entry of `ignore` that may be followed. */
export interface Accepted {
  ignore: Ignore;
  /** Its own config path. */
  at: string;
  path: readonly PathSegment[];
  phase: Phase;
}

/** The entries of `ignore` that may be followed, and what is wrong with the others. */
export function acceptedIn(
  { ignore = [] }: Ecosystem,
  known: KnownChecks,
): { accepted: Accepted[]; diagnostics: Diagnostic[] } {
  const accepted: Accepted[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const [index, entry] of ignore.entries()) {
    const at = `ignore[${index}]`;
    const check = known.get(entry.check);
    if (check === undefined) diagnostics.push(unknownCheck(entry.check, `${at}.check`, known));
    else if (check.floor !== undefined)
      diagnostics.push(
        fault("levels/floor", {
          at: `${at}.check`,
          message: `${entry.check} cannot be ignored: ${check.floor}`,
          hint: "take the entry out, and mend what it finds",
        }),
      );
    else accepted.push({ ignore: entry, at, path: pathOf(entry.at), phase: check.phase });
  }
  return { accepted, diagnostics };
}

/** `[*]` is any index, as `.*` is any name: a step of a finding's path never is a `*` itself. */
const pathOf = (pattern: string): PathSegment[] => parsePath(pattern.replaceAll("[*]", ".*"));

/** Whether a finding is at the pattern's place or below it. */
function covers(pattern: readonly PathSegment[], at: string): boolean {
  const path = parsePath(at);
  return pattern.every((step, index) => index < path.length && (step === "*" || String(step) === String(path[index])));
}

/** The findings that stay, and those that somebody has accepted, each with the first entry that says so. */
export function split(
  diagnostics: readonly Diagnostic[],
  accepted: readonly Accepted[],
): { open: Diagnostic[]; ignored: IgnoredDiagnostic[]; matched: Set<Accepted> } {
  const open: Diagnostic[] = [];
  const ignored: IgnoredDiagnostic[] = [];
  const matched = new Set<Accepted>();
  for (const diagnostic of diagnostics) {
    const entry = accepted.find(({ ignore, path }) => ignore.check === diagnostic.id && covers(path, diagnostic.at));
    if (entry === undefined) open.push(diagnostic);
    else {
      matched.add(entry);
      const { reason, until } = entry.ignore;
      ignored.push({ ...diagnostic, ignored: { reason, ...(until === undefined ? {} : { until }), by: entry.at } });
    }
  }
  return { open, ignored, matched };
}

export const noMatch = ({ ignore: { check, at: place }, at }: Accepted, isOff: boolean): Diagnostic =>
  fault("ignore/no-match", {
    at,
    severity: "warning",
    message: `nothing of ${check} is at ${place}${isOff ? ": the check is off" : ""}`,
    hint: "take the entry out, or name the place as it is called now",
  });

/** What was accepted up to a day before `day`, both as `2027-03-31`. */
export const expired = (accepted: readonly Accepted[], day: string): Diagnostic[] =>
  accepted.flatMap(({ ignore: { check, at: place, until }, at }) =>
    until === undefined || until >= day
      ? []
      : [
          fault("ignore/expired", {
            at: `${at}.until`,
            message: `${check} at ${place} was accepted until ${until}`,
            hint: "mend what it finds; or accept it anew, with a later day and the reason as it is now",
          }),
        ],
  );
