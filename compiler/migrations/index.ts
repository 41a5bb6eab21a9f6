import { formatPath, parsePath, type PathSegment } from "../diagnostics/config-path.ts";
import { whatDiffers } from "./2-what-differs.ts";
import { gates } from "./3-gates.ts";
import type { Migration, Word } from "./migration.ts";

export type { Migration, Word } from "./migration.ts";

/** All steps, in order. What a step is about it says itself; light on purpose, since validate asks it. */
export const migrations: readonly Migration[] = [whatDiffers, gates];

/** The newest format of the config: what the schema describes. */
export const FORMAT = migrations.at(-1)!.to;

/** An old form in a config. */
export interface OldWord {
  /** Of the value. */
  at: string;
  word: Word;
  /** Whether the object has the new key as well. */
  hasNew: boolean;
}

/** Where a config, as plain data, has old forms of these words. */
export function oldWords(
  config: unknown,
  words: readonly Word[] = migrations.flatMap(({ words }) => words),
): OldWord[] {
  return words.flatMap((word) =>
    objectsAt(config, parsePath(word.of)).flatMap(({ path, object }) =>
      Object.hasOwn(object, word.key) && word.isOld(object[word.key])
        ? [
            {
              at: formatPath([...path, word.key]),
              word,
              hasNew: word.newKey !== undefined && word.newKey !== word.key && Object.hasOwn(object, word.newKey),
            },
          ]
        : [],
    ),
  );
}

/** What a config means, in the words of the next format. */
export function renewed(config: unknown, { words }: Migration): unknown {
  const copy = structuredClone(config);
  for (const word of words) {
    for (const { object } of objectsAt(copy, parsePath(word.of))) {
      const value = object[word.key];
      if (!Object.hasOwn(object, word.key) || !word.isOld(value)) continue;
      delete object[word.key];
      if (word.newKey !== undefined) object[word.newKey] = word.renew(value);
    }
  }
  return renewPaths(copy, config, words);
}

/** Entries of `ignore` name places of the config. */
function renewPaths(copy: unknown, config: unknown, words: readonly Word[]): unknown {
  for (const { object } of objectsAt(copy, ["ignore", "*"]))
    if (typeof object["at"] === "string") object["at"] = renewedPath(object["at"], config, words) ?? object["at"];
  return copy;
}

/**
 * A path, or a pattern of paths with `*`, as it is called once these words of the config are new; undefined where it
 * would be several. What is taken out leaves the object that had it.
 */
export function renewedPath(pattern: string, config: unknown, words: readonly Word[]): string | undefined {
  const steps = parsePath(pattern.replaceAll("[*]", ".*"));
  for (const { of, key, newKey, isOld, renewSteps } of words) {
    const length = parsePath(of).length;
    const owner = steps.slice(0, length);
    if (!isWithin(owner, of) || steps[length] !== key) continue;
    const values = objectsAt(config, owner).flatMap(({ object }) => (isOld(object[key]) ? [object[key]] : []));
    const renewedSteps = new Set(
      values.map((value) => {
        const below = renewSteps(steps.slice(length + 1), value);
        return below && formatPath([...owner, ...(newKey === undefined ? [] : [newKey]), ...below]);
      }),
    );
    if (renewedSteps.size > 0) return renewedSteps.size === 1 ? [...renewedSteps][0] : undefined;
  }
  return pattern;
}

/** Whether a path is one that a pattern with `*` stands for. */
const isWithin = (path: readonly PathSegment[], pattern: string): boolean =>
  parsePath(pattern).every((step, index) => index < path.length && (step === "*" || step === path[index]));

interface Found {
  path: PathSegment[];
  object: Record<string, unknown>;
}

/** The objects at a path whose `*` are any key. */
function objectsAt(root: unknown, steps: readonly PathSegment[]): Found[] {
  let found: { path: PathSegment[]; value: unknown }[] = [{ path: [], value: root }];
  for (const step of steps)
    found = found.flatMap(({ path, value }) => {
      if (typeof value !== "object" || value === null) return [];
      const keys: PathSegment[] = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
      return keys
        .filter((key) => step === "*" || String(key) === String(step))
        .map((key) => ({ path: [...path, key], value: (value as Record<PathSegment, unknown>)[key] }));
    });
  return found.flatMap(({ path, value }) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? [{ path, object: value as Record<string, unknown> }]
      : [],
  );
}
