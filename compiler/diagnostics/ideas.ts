import type { Diagnostic, Severity } from "./diagnostic.ts";
import { counted } from "./report.ts";

/** Findings with one cause, in the order that they came in: each is a place where it shows. */
export interface Idea {
  readonly places: readonly [Diagnostic, ...Diagnostic[]];
}

/**
 * What says that two findings have one cause: the check says so, in the same words. Without such words the message says
 * it, and then only an equal one is the same: two ideas never become one, whatever names they mention.
 */
const causeOf = ({ id, severity, idea, message }: Diagnostic): string => `${severity} ${id} ${idea ?? message}`;

/** One idea for all findings with one cause, each where its first finding is. */
export function ideasOf(diagnostics: readonly Diagnostic[]): Idea[] {
  const ideas = new Map<string, [Diagnostic, ...Diagnostic[]]>();
  for (const diagnostic of diagnostics) {
    const cause = causeOf(diagnostic);
    const places = ideas.get(cause);
    if (places === undefined) ideas.set(cause, [diagnostic]);
    else places.push(diagnostic);
  }
  return [...ideas.values()].map((places) => ({ places }));
}

/** What is wrong, in one sentence: of a single place with the names of the place. */
export const headline = ({ places: [first, ...others] }: Idea): string =>
  others.length === 0 ? first.message : (first.idea ?? first.message);

/** ` in 19 places`, or nothing for one. */
export const inPlaces = (places: number, ideas = 1): string =>
  places > ideas ? ` in ${counted(places, "place")}` : "";

/**
 * A helper that is wrong in many ways is thousands of ideas: people see so many of one id, and so many places of one
 * idea, and how many more there are.
 */
export const SHOWN = 20;

/**
 * Programs, and people who ask for all, get so many of one id: more than anyone mends at once, and what a text of
 * JavaScript always holds.
 */
export const KEPT = 10_000;

/** The first of each id, in the order that they come in, and of which ids how many more there are. */
export function firstOfEach<T>(
  all: readonly T[],
  idOf: (one: T) => string,
  most: number,
): { shown: T[]; left: ReadonlyMap<string, readonly T[]> } {
  const seen = new Map<string, number>();
  const left = new Map<string, T[]>();
  const shown = all.filter((one) => {
    const id = idOf(one);
    const count = (seen.get(id) ?? 0) + 1;
    seen.set(id, count);
    if (count <= most) return true;
    const more = left.get(id);
    if (more === undefined) left.set(id, [one]);
    else more.push(one);
    return false;
  });
  return { shown, left };
}

export const idOfIdea = ({ places: [{ id }] }: Idea): string => id;

/** How many findings there are in these ideas. */
export const placesIn = (ideas: readonly Idea[]): number => ideas.reduce((sum, { places }) => sum + places.length, 0);

const NOUNS: readonly (readonly [Severity, string])[] = [
  ["error", "error"],
  ["warning", "warning"],
  ["info", "note"],
];

/** `1 error in 19 places, 2 warnings`, or `no findings`. */
export function countsLine(diagnostics: readonly Diagnostic[]): string {
  const parts = NOUNS.flatMap(([severity, noun]) => {
    const ideas = ideasOf(diagnostics.filter((one) => one.severity === severity));
    return ideas.length === 0 ? [] : [`${counted(ideas.length, noun)}${inPlaces(placesIn(ideas), ideas.length)}`];
  });
  return parts.join(", ") || "no findings";
}
