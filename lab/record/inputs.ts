/** What a suite's result depends on: its sources, what it judges, and the tools that judge. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import glob from "fast-glob";
import { Imports, type Reached } from "../../scripts/imports/imports.ts";
import { digestsOf } from "../compiled/index.ts";
import type { Question } from "../compiled/questions.ts";
import { recipeOf } from "../toolchain/index.ts";
import type { Asked } from "./notes.ts";

/** Digests, each 16 hexadecimal digits. */
export interface Inputs {
  /** The suite's file with all that it imports up to the compiler's door, and the versions of npm packages among these. */
  sources: string;
  /** The files that the `inputs.json` beside its sources name: what is judged, and what is read beyond imports. */
  artifacts: string;
  /** What the compiler answered to what it asked. */
  compiled: string;
  /** What the tools that it asked for are made from. */
  tools: string;
}

/** A question with the digest of the answer that the suite was given. */
export interface AskedQuestion extends Asked {
  question: Question;
}

/** What a suite has asked for while it ran. */
export interface AskedFor {
  /** Executables of versions.json, and Go modules. */
  tools: readonly string[];
  /** What it asked the compiler. */
  questions: readonly Question[];
}

/**
 * `inputs.json` of a folder: for files of that folder, what they read by other ways than an import, and what the
 * programs that they start read, as patterns relative to the repository.
 */
type Named = Readonly<Record<string, readonly string[]>>;

/** What answers the suites' questions, and whatever it imports: no input, since its answers are. */
const COMPILERS_DOOR = "lab/compiled/answer.ts";

/** Reads every file once, whatever the number of suites. */
export class SuiteInputs {
  private readonly root: string;
  private readonly imports: Imports;
  private readonly tracked: ReadonlySet<string>;
  private readonly digests = new Map<string, string>();
  private readonly named = new Map<string, Named>();
  private readonly found = new Map<string, readonly string[]>();

  private readonly answers: (questions: readonly Question[]) => Promise<readonly string[]>;
  private readonly answered = new Map<string, string>();

  /**
   * `root` is a work tree of git: what git ignores is nobody's input. `answers`: the digests of the compiler's answers,
   * by default of this repository's.
   */
  constructor(root: string, answers = digestsOf) {
    this.root = root;
    this.answers = answers;
    this.imports = new Imports(root);
    const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
      cwd: root,
      encoding: "utf8",
      maxBuffer: 64 << 20,
    });
    this.tracked = new Set(listed.split("\0").filter((file) => file !== "" && existsSync(join(root, file))));
  }

  /** The inputs of a suite that asks for this. */
  async of(suite: string, { tools, questions }: AskedFor): Promise<Inputs> {
    const { files, packages } = this.reachedFrom(suite);
    await this.ask(questions);
    const texts = questions.map((question) => JSON.stringify(question));
    return {
      sources: digestOf([...this.withDigests(files), ...[...packages].sort().map((name) => this.packageVersion(name))]),
      artifacts: digestOf(this.withDigests(this.namedBy(suite))),
      compiled: digestOf(texts.sort().map((text) => `${text} ${this.answered.get(text)}`)),
      tools: digestOf([...tools].sort().map((name) => `${name} ${recipeOf(name)}`)),
    };
  }

  /** Asks the compiler whatever it has not been asked yet: all at once is faster than one by one. */
  async ask(questions: readonly Question[]): Promise<void> {
    const texts = [...new Set(questions.map((question) => JSON.stringify(question)))];
    const open = texts.filter((text) => !this.answered.has(text));
    const digests = await this.answers(open.map((text) => JSON.parse(text) as Question));
    open.forEach((text, index) => this.answered.set(text, digests[index]!));
  }

  /** Of what a suite has been answered, that to which the compiler answers otherwise when it is asked again. */
  async unsteady(asked: readonly AskedQuestion[]): Promise<Question[]> {
    await this.ask(asked.map(({ question }) => question));
    return asked
      .filter(({ question, digest }) => this.answered.get(JSON.stringify(question)) !== digest)
      .map(({ question }) => question);
  }

  private reachedFrom(suite: string): Reached {
    return this.imports.reachedFrom([suite], COMPILERS_DOOR);
  }

  /** The files whose digests are its `sources`. */
  sourcesOf(suite: string): ReadonlySet<string> {
    return this.reachedFrom(suite).files;
  }

  /** Files that were read, themselves or in a folder, and that are no input. */
  missed(suite: string, reads: readonly string[]): string[] {
    const files = this.sourcesOf(suite);
    const named = this.namedBy(suite);
    const isInput = (file: string): boolean => files.has(file) || named.has(file);
    return reads.filter((read) => {
      if (read.startsWith("lab/toolchain/")) return false; // the recipes of tools, an input of their own
      if (read === "package.json") return false; // its version alone, which is in ecosystem.lock.json
      if (this.tracked.has(read)) return !isInput(read);
      return [...this.tracked].some((file) => file.startsWith(`${read}/`) && !isInput(file));
    });
  }

  /** What its sources read. */
  private namedBy(suite: string): ReadonlySet<string> {
    const files = this.sourcesOf(suite);
    const patterns = [...files].flatMap((file) => this.namedIn(dirname(file))[basename(file)] ?? []);
    return new Set(patterns.flatMap((pattern) => this.filesOf(pattern)));
  }

  private namedIn(folder: string): Named {
    let named = this.named.get(folder);
    if (named === undefined) {
      const own = join(this.root, folder, "inputs.json");
      named = existsSync(own) ? (JSON.parse(readFileSync(own, "utf8")) as Named) : {};
      for (const name of Object.keys(named))
        if (!this.tracked.has(join(folder, name)))
          throw new Error(`${folder}/inputs.json names ${name}, which is not there`);
      this.named.set(folder, named);
    }
    return named;
  }

  private filesOf(pattern: string): readonly string[] {
    const found =
      this.found.get(pattern) ??
      glob
        .sync(pattern, { cwd: this.root, dot: true, ignore: ["**/node_modules/**"] })
        .filter((file) => this.tracked.has(file));
    this.found.set(pattern, found);
    return found;
  }

  private withDigests(files: Iterable<string>): string[] {
    return [...files].sort().map((file) => `${file} ${this.digest(file)}`);
  }

  private digest(file: string): string {
    let digest = this.digests.get(file);
    if (digest === undefined) {
      digest = createHash("sha256")
        .update(readFileSync(join(this.root, file)))
        .digest("hex");
      this.digests.set(file, digest);
    }
    return digest;
  }

  private packageVersion(name: string): string {
    const file = join(this.root, "node_modules", name, "package.json");
    const version = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version : "none";
    return `npm ${name} ${version}`;
  }
}

const digestOf = (lines: readonly string[]): string =>
  createHash("sha256").update(lines.join("\n")).digest("hex").slice(0, 16);

/** The consumer that a suite asks: the folder that it stands in. */
export const consumerOf = (suite: string): string => basename(dirname(suite));
