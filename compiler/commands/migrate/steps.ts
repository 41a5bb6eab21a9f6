import { resolve } from "node:path";
import { loadCompanion, readCompanion } from "../../1-load/companions.ts";
import { loadConfig, locate, type LoadOptions } from "../../1-load/index.ts";
import { positionOf, type SourceText, type Span } from "../../1-load/source-text.ts";
import { formatOf, newerFormat } from "../../2-validate/format.ts";
import { formatPath } from "../../diagnostics/config-path.ts";
import { DiagnosticError, type Diagnostic, type Position } from "../../diagnostics/diagnostic.ts";
import {
  FORMAT,
  migrations,
  oldWords,
  renewed,
  renewedPath,
  type Migration,
  type Word,
} from "../../migrations/index.ts";
import { beside, rewrite, writeFormat, type NewText, type Place } from "../../migrations/rewrite.ts";
import { byHand, countsOnIt } from "./by-hand.ts";
import { difference } from "./difference.ts";
import { Sources } from "./sources.ts";
import { renewTuning } from "./tuning.ts";

/** What was rewritten, and where it stood. */
export interface Change {
  position: Position;
  change: string;
}

/** What a migration would write, or why it writes nothing. */
export interface Migrated {
  sources: Sources;
  changes: readonly Change[];
  /** Where there are any, nothing is to be written. */
  diagnostics: readonly Diagnostic[];
}

/** A project's folder is a real path here, and positions name files relative to `cwd`. */
type Options = LoadOptions & { root: string; cwd: string };

/**
 * Takes a config through all formats up to the newest, in memory. After each step the config runs once more, from the
 * rewritten texts: what it says then has to be what it said before, in the words of that format.
 */
export async function migrate(options: Options): Promise<Migrated> {
  const run = new Run(options);
  try {
    await run.toNewest();
    return { ...run, diagnostics: await run.located() };
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    return { ...run, diagnostics: error.diagnostics };
  }
}

class Run {
  readonly sources: Sources;
  readonly changes: Change[] = [];
  readonly diagnostics: Diagnostic[] = [];
  readonly #options: Options;
  #configFile = "";

  constructor(options: Options) {
    this.#options = options;
    this.sources = new Sources(options.root);
  }

  async toNewest(): Promise<void> {
    let config = await this.#load();
    const format = formatOf(config);
    if (format !== undefined && format > FORMAT) return void this.diagnostics.push(newerFormat(format));
    for (const migration of migrations) {
      const before = this.changes.length;
      await this.#rewriteConfig(config, migration);
      this.#rewriteTuning(config, migration);
      if (this.diagnostics.length > 0) return;
      if (this.changes.length === before) continue;
      const after = await this.#loadRewritten();
      if (this.diagnostics.length > 0) return;
      this.#prove(renewed(config, migration), after);
      if (this.diagnostics.length > 0) return;
      config = after;
    }
    if (format !== FORMAT && (this.changes.length > 0 || format !== undefined)) await this.#writeFormat(format);
  }

  /** The findings, those that know no better with the place where the config has their path. */
  async located(): Promise<Diagnostic[]> {
    const open = this.diagnostics.some(({ position }) => position === undefined);
    return open ? locate(this.#options, this.diagnostics) : this.diagnostics;
  }

  async #load(): Promise<unknown> {
    const { config, configFile } = await loadConfig(this.#loading);
    this.#configFile = configFile;
    return config;
  }

  /** The config as it would be; what it has that it had not before is a part of it that counts on the old form. */
  async #loadRewritten(): Promise<unknown> {
    try {
      return await this.#load();
    } catch (error) {
      if (!(error instanceof DiagnosticError)) throw error;
      this.diagnostics.push(
        ...error.diagnostics.map(({ at, message }) => countsOnIt(at, `once they are rewritten, ${message}`)),
      );
      return undefined;
    }
  }

  get #loading(): LoadOptions {
    return { ...this.#options, sources: this.sources.changed };
  }

  /** Rewrites what running the config shows to be old, and what else its files have of that. */
  async #rewriteConfig(config: unknown, { words }: Migration): Promise<void> {
    const places = oldWords(config, words).map((old) => ({ ...old, change: old.word.change, key: true }));
    const texts = this.#ignored(config, words).map((one) => ({ ...one, key: false }));
    const asked = [...places, ...texts];
    if (asked.length === 0) return;
    const findings = asked.map(({ at, change, key }) => ({ ...byHand(at, change, NOWHERE), key }));
    const located = await locate(this.#loading, findings);
    const files = new Map<string, { source: SourceText; places: Place[]; texts: NewText[] }>();
    for (const [index, { position }] of located.entries()) {
      const one = asked[index]!;
      const found = "word" in one && one.hasNew ? { why: beside(one.word) } : this.#find(position);
      if ("why" in found) {
        this.diagnostics.push(byHand(one.at, one.change, found.why, position));
        continue;
      }
      const { source, offset } = found;
      const file = files.get(source.file) ?? { source, places: [], texts: [] };
      files.set(source.file, file);
      if ("word" in one) file.places.push({ ...one, offset });
      else file.texts.push({ ...one, offset });
    }
    for (const { source, places, texts } of files.values())
      this.#take(source, rewrite(source, { places, texts, words }));
  }

  /** Where a position is in a file of the project, or why nothing is to be rewritten there. */
  #find(position: Position | undefined): { source: SourceText; offset: number } | { why: string } {
    const source = position && this.#sourceAt(position);
    if (source === undefined || position?.inherited !== undefined) return { why: NOWHERE };
    const foreign = this.sources.foreign(source.file);
    return foreign === undefined
      ? { source, offset: source.offset(position!.line, position!.column) }
      : { why: foreign };
  }

  #sourceAt({ file }: Position): SourceText | undefined {
    return this.sources.source(resolve(this.#options.cwd, file));
  }

  /** The places that `ignore` names, where they are called otherwise in these words. */
  #ignored(config: unknown, words: readonly Word[]): { at: string; text: string; change: string }[] {
    const { ignore } = (config ?? {}) as { ignore?: unknown };
    return (Array.isArray(ignore) ? (ignore as ({ at?: unknown } | null)[]) : []).flatMap((entry, index) => {
      if (typeof entry?.at !== "string") return [];
      const at = formatPath(["ignore", index, "at"]);
      const text = newPath(entry.at, config, words);
      if (text !== undefined)
        return text === entry.at ? [] : [{ at, text, change: `${entry.at} is called ${text} now` }];
      this.diagnostics.push(byHand(at, `${entry.at} is called otherwise now`, SEVERAL));
      return [];
    });
  }

  #rewriteTuning(config: unknown, { words }: Migration): void {
    const { cwd } = this.#options;
    const tuning = loadCompanion(this.#configFile, "tuning", cwd);
    const companion = readCompanion(this.#configFile, "tuning", cwd);
    const source = companion && this.sources.source(companion.file);
    if (source === undefined || typeof tuning !== "object" || tuning === null) return;
    const { text, changes, kept } = renewTuning(source, tuning, (path) => newPath(path, config, words));
    const foreign = changes.length > 0 ? this.sources.foreign(source.file) : undefined;
    this.#take(source, {
      text,
      changes,
      kept: [
        ...kept.map((one) => ({ ...one, why: SEVERAL })),
        ...(foreign === undefined ? [] : changes.map((one) => ({ ...one, why: foreign }))),
      ],
    });
  }

  #take(source: SourceText, { text, changes, kept }: ReturnType<typeof rewrite>): void {
    const position = (span: Span) => positionOf(span, this.#options.cwd);
    if (changes.length > 0) this.sources.change(source.file, text);
    this.changes.push(...changes.map(({ change, span }) => ({ change, position: position(span) })));
    this.diagnostics.push(...kept.map(({ at = "", change, span, why }) => byHand(at, change, why, position(span))));
  }

  /** What the config says now has to be what was meant. */
  #prove(meant: unknown, after: unknown): void {
    const at = difference(meant, after);
    if (at !== undefined)
      this.diagnostics.push(countsOnIt(at, "once they are rewritten, the config says something else here"));
  }

  async #writeFormat(format: number | undefined): Promise<void> {
    const [root] = await locate(this.#loading, [byHand("", "", "")]);
    const found = this.#find(root?.position);
    const source = "why" in found ? undefined : found.source;
    const text = "why" in found ? undefined : writeFormat(found.source, found.offset, FORMAT);
    if (source !== undefined && text !== undefined) {
      this.sources.change(source.file, text);
      this.changes.push({ change: `format: ${FORMAT}`, position: root!.position! });
    } else if (format !== undefined) {
      this.diagnostics.push(
        byHand("format", `format ${format} is ${FORMAT} now`, "it is no number that is written here"),
      );
    }
  }
}

const NOWHERE = "running the config does not show where it is written";
const SEVERAL = "it stands for several places, which are called differently now";

/** How a config path is called in these words; what is no path stays as it is. */
function newPath(path: string, config: unknown, words: readonly Word[]): string | undefined {
  try {
    return renewedPath(path, config, words);
  } catch (error) {
    if (error instanceof SyntaxError) return path;
    throw error;
  }
}
