import type { PathSegment } from "../diagnostics/config-path.ts";
import type { Place } from "./places.ts";

/** Another value at a place of the config, or none. */
export type Change = { path: readonly PathSegment[] } & ({ value: unknown } | { without: true });

/**
 * The changes that are tried at a place, in their order: another value of the field's type, another declared name, the
 * field taken out. Not all of them are valid; validate says which.
 */
export function* changesAt(place: Place, namesOf: (family: string) => readonly string[]): Generator<Change> {
  const { path, value, optional } = place;
  for (const other of others(place, namesOf)) if (other !== value) yield { path, value: other };
  if (optional) yield { path, without: true };
}

function* others({ value, schema }: Place, namesOf: (family: string) => readonly string[]): Generator<unknown> {
  const families = schema["x-eco-ref"];
  if (families !== undefined) {
    yield* families.flatMap(namesOf);
    return;
  }
  if (schema.enum !== undefined) {
    yield* schema.enum;
    return;
  }
  switch (typeof value) {
    case "boolean":
      yield !value;
      break;
    case "number":
      yield* [value + 1, value - 1, value * 2, schema.minimum, schema.maximum].filter((other) => other !== undefined);
      break;
    case "string":
      yield* otherTexts(value);
      yield* schema.examples ?? [];
      yield* [schema["x-eco-range"]?.atLeast, schema["x-eco-range"]?.atMost].filter((bound) => bound !== undefined);
      break;
  }
}

/** Texts like this one: each of its numbers one higher or lower or a multiple, each of its last letters the next one. */
function* otherTexts(text: string): Generator<string> {
  for (const { 0: digits, index } of [...text.matchAll(/\d+/g)].reverse()) {
    const number = Number(digits);
    for (const other of [number + 1, number - 1, number * 2, number + 16, Math.floor(number / 2)])
      if (Number.isSafeInteger(other) && other >= 0)
        yield text.slice(0, index) + String(other).padStart(digits.length, "0") + text.slice(index + digits.length);
  }
  for (const { 0: letter, index } of [...text.matchAll(/[a-z]/gi)].reverse().slice(0, 4))
    yield text.slice(0, index) + NEXT(letter) + text.slice(index + 1);
  yield `${text}x`;
}

/** Hexadecimal digits stay such. */
const NEXT = (letter: string): string => (/[fz]/i.test(letter) ? "a" : String.fromCharCode(letter.charCodeAt(0) + 1));

/** A copy of the config with these changes. What is not on the way to one of them is shared with the original. */
export function changed<T>(config: T, changes: readonly Change[]): T {
  const copies = new Set<object>();
  const own = (node: object): object => {
    if (copies.has(node)) return node;
    const copy = Array.isArray(node) ? [...(node as unknown[])] : { ...node };
    copies.add(copy);
    return copy;
  };
  const root = { config: own(config as object) };
  // From the end of lists, so that an entry that is taken out moves none that is changed after it.
  for (const change of [...changes].sort((a, b) => compare(b.path, a.path))) {
    let holder: Record<PathSegment, unknown> = root;
    let key: PathSegment = "config";
    for (const segment of change.path) {
      holder = (holder[key] = own(holder[key] as object)) as Record<PathSegment, unknown>;
      key = segment;
    }
    if ("value" in change) holder[key] = change.value;
    else if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else delete holder[key];
  }
  return root.config as T;
}

function compare(a: readonly PathSegment[], b: readonly PathSegment[]): number {
  for (const [index, segment] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 1;
    if (segment !== other) return segment < other ? -1 : 1;
  }
  return a.length - b.length;
}
