import { dirname, resolve } from "node:path";
import { readText } from "./text-file.ts";

/** Globals that say the same in every run, on every machine. Any other one is a doubt, those of a newer Node as well. */
const STEADY_GLOBALS = new Set(
  "Object Array String Number Boolean Symbol BigInt Math JSON Map Set WeakMap WeakSet Promise Proxy Reflect RegExp Error TypeError RangeError NaN Infinity undefined isNaN isFinite parseInt parseFloat encodeURIComponent decodeURIComponent structuredClone URL URLSearchParams".split(
    " ",
  ),
);

/** What else a source can learn of its run: names that its module has, names that are spelt otherwise, code in texts. */
const DOUBTS = [
  String.raw`\b(?:${Object.getOwnPropertyNames(globalThis)
    .filter((name) => !STEADY_GLOBALS.has(name) && /^\w+$/.test(name))
    .join("|")})\b`,
  String.raw`\b(?:require|module|exports|arguments|constructor|random|__\w+|jiti\w+)\b`,
  String.raw`[sS]tack|[lL]ocale`, // of an error; of texts and numbers
  String.raw`\\[ux]`,
  String.raw`\bimport\s*[(.]`,
  String.raw`\b(?:import|from)\s*/`, // a comment may hide what is imported
];
const DOUBTFUL = new RegExp(DOUBTS.join("|"));

const IMPORTED = /\b(?:import|from)\s*(["'`])(.*?)\1/g;

/**
 * Whether these sources, all that ran of a config, say the same when they run once more: no word in them leads to the
 * clock, to randomness, to the machine or to a variable, and they import nothing but each other, JSON and `eco-compile`.
 * Words count wherever they stand, in comments and texts too, since a doubt only costs a second load. A config that sets
 * out to deceive gets by, as it does by that load.
 */
export const isSteady = (sources: readonly string[]): boolean =>
  sources.length > 0 &&
  sources.every((file) => {
    const found = readText(file);
    if (found === undefined || !("text" in found) || DOUBTFUL.test(found.text)) return false;
    return [...found.text.matchAll(IMPORTED)].every(([, , name]) => isAmong(sources, dirname(file), name!));
  });

const EXTENSION = /^(?:\.[cm]?[jt]sx?)?$/;

/** Not a package, and not a file that Node imported by itself: nobody has read those. */
function isAmong(sources: readonly string[], folder: string, name: string): boolean {
  if (name === "eco-compile") return true;
  if (!/^\.\.?\//.test(name)) return false;
  const path = resolve(folder, name);
  return (
    path.endsWith(".json") ||
    sources.some((source) => source.startsWith(path) && EXTENSION.test(source.slice(path.length)))
  );
}
