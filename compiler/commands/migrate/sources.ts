import { realpathSync } from "node:fs";
import { isAbsolute, relative, sep } from "node:path";
import { SourceText } from "../../1-load/source-text.ts";
import { readText } from "../../1-load/text-file.ts";

/** The files of a project as they are, and as they are to become. */
export class Sources {
  /** A real path. */
  readonly #root: string;
  readonly #read = new Map<string, string>();
  readonly #changed = new Map<string, string>();

  constructor(root: string) {
    this.#root = root;
  }

  /** Texts that are to be taken for what stands in the files, by absolute path. */
  get changed(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.#changed);
  }

  /** What is to be written. */
  get replacements(): { file: string; before: string; after: string }[] {
    return [...this.#changed].flatMap(([file, after]) => {
      const before = this.#read.get(file)!;
      return before === after ? [] : [{ file, before, after }];
    });
  }

  /** A file as it is to become; undefined where it cannot be read. */
  source(file: string): SourceText | undefined {
    const changed = this.#changed.get(file);
    if (changed !== undefined) return new SourceText(file, changed);
    const found = readText(file);
    if (found === undefined || !("text" in found)) return undefined;
    this.#read.set(file, found.text);
    return new SourceText(file, found.text);
  }

  change(file: string, text: string): void {
    if (text !== this.#read.get(file) || this.#changed.has(file)) this.#changed.set(file, text);
  }

  /** Why a file is nobody's to rewrite here; undefined where it is the project's own. */
  foreign(file: string): string | undefined {
    if (realpathSync(file) !== file) return "the file is reached by a link";
    const [first, ...deeper] = relative(this.#root, file).split(sep);
    if (first === ".." || isAbsolute(first!)) return "the file lies outside of the project";
    return [first, ...deeper].includes("node_modules") ? "the file belongs to a package" : undefined;
  }
}
