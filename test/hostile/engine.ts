import { isDeepStrictEqual } from "node:util";
import type { EmittedFile } from "../../compiler/5-emit/artifact.ts";
import { harmlessImages } from "./harmless.ts";
import { parseOutput } from "./parse.ts";
import { PAYLOADS } from "./payloads.ts";
import { compileData } from "./phases.ts";
import { inOneOrder, originalPath, placesOf, replaceWords, substitution, type Replacement } from "./words.ts";

export interface Findings {
  /** What goes wrong, one line per file or place in the compiler. */
  broken: string[];
  /** How many hostile strings each word took that came out unharmed. */
  accepted: ReadonlyMap<string, number>;
  /** How many files with hostile strings were read back. */
  parsed: number;
}

/** Puts every hostile string in the place of every one of the config's words. */
export async function attack(config: unknown, vocabulary: readonly string[]): Promise<Findings> {
  const { files } = await compileData(config, harmlessImages);
  const subject: Subject = {
    config,
    vocabulary,
    harmless: await readAll(files),
    broken: new Map(),
    accepted: new Map(),
    parsed: 0,
    culprits: new Map(),
  };
  // Another payload for each word, so that no two keys of one object get the same.
  for (const round of PAYLOADS.keys())
    await judge(
      subject,
      new Map(vocabulary.map((word, index) => [word, PAYLOADS[(index + round) % PAYLOADS.length]!(word)])),
    );
  return { broken: [...subject.broken.values()], accepted: subject.accepted, parsed: subject.parsed };
}

interface Subject {
  config: unknown;
  vocabulary: readonly string[];
  /** What the files of the harmless ecosystem parse to, by path. */
  harmless: ReadonlyMap<string, unknown>;
  broken: Map<string, string>;
  accepted: Map<string, number>;
  parsed: number;
  /** Words that were found to be behind a problem: where it comes up again, they are the first suspects. */
  culprits: Map<string, Set<string>>;
}

/**
 * Compiles with all replacements; takes out those that are refused one by one, and looks at what is written for the
 * rest.
 */
async function judge(subject: Subject, words: Replacement): Promise<void> {
  for (const left = new Map(words); left.size > 0;) {
    const outcome = await attempt(subject, left);
    if (outcome.kind === "written") {
      for (const word of left.keys()) subject.accepted.set(word, (subject.accepted.get(word) ?? 0) + 1);
      return compare(subject, outcome.files, left);
    }
    // What is not exact may be a consequence of what is, or of another: one after the other.
    for (const { problem, exact } of outcome.problems[0]!.exact.length > 0
      ? outcome.problems
      : outcome.problems.slice(0, 1)) {
      const words = exact.filter((word) => left.has(word));
      if (exact.length === 0) words.push(await culprit(subject, left, problem));
      for (const word of words) {
        if (outcome.kind === "thrown")
          subject.broken.set(problem, `${JSON.stringify([word, left.get(word)])} ends the compiler: ${problem}`);
        left.delete(word);
      }
    }
  }
}

/**
 * The finding names a whole service or cluster, or there is none: halves until the word that it is about stands alone.
 */
async function culprit(subject: Subject, words: Replacement, problem: string): Promise<string> {
  const guilty = async (suspects: readonly (readonly [string, string])[]) => {
    const outcome = await attempt(subject, new Map(suspects));
    return outcome.kind !== "written" && outcome.problems.some((other) => other.problem === problem);
  };
  const known = subject.culprits.get(problem) ?? new Set();
  subject.culprits.set(problem, known);
  for (const word of known) if (words.has(word) && (await guilty([[word, words.get(word)!]]))) return word;
  let suspects = [...words];
  while (suspects.length > 1) {
    const half = suspects.slice(0, Math.ceil(suspects.length / 2));
    suspects = (await guilty(half)) ? half : suspects.slice(half.length);
  }
  known.add(suspects[0]![0]);
  return suspects[0]![0];
}

type Outcome =
  | { kind: "written"; files: readonly EmittedFile[] }
  | { kind: "refused" | "thrown"; problems: readonly Problem[] };

interface Problem {
  /** What is wrong, in words that are the same whatever takes a word's place. */
  problem: string;
  /** Words that stand exactly where the finding points. */
  exact: readonly string[];
}

async function attempt({ config }: Subject, words: Replacement): Promise<Outcome> {
  try {
    const { errors, files } = await compileData(replaceWords(config, words), replaceWords(harmlessImages, words));
    if (errors.length === 0) return { kind: "written", files };
    const places = placesOf(config, words);
    const problems = errors.map(({ id, at, message }): Problem => {
      const exact = [...places].filter(([, paths]) => paths.includes(at)).map(([word]) => word);
      // The chart's schema says where in the values.
      return { exact, problem: `${id} ${originalPath(config, at, words)} ${/chart: (\S+)/.exec(message)?.[1] ?? ""}` };
    });
    const direct = problems.filter(({ exact }) => exact.length > 0);
    return { kind: "refused", problems: direct.length > 0 ? direct : problems };
  } catch (error) {
    const frames = (error as Error)
      .stack!.split("\n")
      .filter((line) => /^\s+at /.test(line) && !line.includes("node_modules"));
    return {
      kind: "thrown",
      problems: [{ problem: `${(error as Error).name}\n${frames.slice(0, 2).join("\n")}`, exact: [] }],
    };
  }
}

async function compare(subject: Subject, files: readonly EmittedFile[], words: Replacement): Promise<void> {
  const { harmless, broken, vocabulary } = subject;
  // The same place of many files is one line.
  const fault = (path: string, problem: string) =>
    broken.set(problem.split(" is ", 1)[0]!.replaceAll(/\d+/g, "0"), `${path}: ${problem}`.slice(0, 1000));
  const substitute = substitution(vocabulary, words);
  const expected = new Map([...harmless].map(([path, contents]) => [substitute(path), contents]));
  for (const file of files) {
    if (!expected.has(file.path)) {
      fault(file.path, "is no path of a harmless word");
      continue;
    }
    try {
      const parsed = await parseOutput(file);
      if (parsed !== undefined) subject.parsed++;
      const [is, wanted] = [inOneOrder(parsed), inOneOrder(substitute(expected.get(file.path)))];
      if (!isDeepStrictEqual(is, wanted)) fault(file.path, difference(wanted, is));
    } catch (error) {
      fault(file.path, `does not parse: ${(error as Error).message}`);
    }
  }
}

/** The first place where two values differ. */
function difference(expected: unknown, actual: unknown, path = ""): string {
  if (expected !== null && actual !== null && typeof expected === "object" && typeof actual === "object") {
    for (const key of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
      const [a, b] = [(expected as Record<string, unknown>)[key], (actual as Record<string, unknown>)[key]];
      if (!isDeepStrictEqual(a, b)) return difference(a, b, `${path}/${key}`);
    }
  }
  return `${path} is ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`;
}

async function readAll(files: readonly EmittedFile[]): Promise<Map<string, unknown>> {
  return new Map(await Promise.all(files.map(async (file) => [file.path, await parseOutput(file)] as const)));
}
