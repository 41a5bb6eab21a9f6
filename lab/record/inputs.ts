/** What a suite's result depends on: its sources, what it judges, and the tools that judge. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import glob from "fast-glob";
import { Imports } from "../../scripts/imports/imports.ts";
import { recipeOf } from "../toolchain/index.ts";

/** Digests, each 16 hexadecimal digits. */
export interface Inputs {
  /** The suite's file with all that it imports, and the versions of npm packages among these. */
  sources: string;
  /** The files that the `inputs.json` beside the suite names. */
  artifacts: string;
  /** What the tools that it asked for are made from. */
  tools: string;
}

/** `inputs.json` of a folder of suites. */
interface Named {
  /** Patterns of files relative to the repository: what its suites judge, or read by other ways than an import. */
  files: readonly string[];
}

/** Reads every file once, whatever the number of suites. */
export class SuiteInputs {
  private readonly root: string;
  private readonly imports: Imports;
  private readonly tracked: ReadonlySet<string>;
  private readonly digests = new Map<string, string>();
  private readonly named = new Map<string, ReadonlySet<string>>();

  /** `root` is a work tree of git: what git ignores is nobody's input. */
  constructor(root: string) {
    this.root = root;
    this.imports = new Imports(root);
    const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
      cwd: root,
      encoding: "utf8",
      maxBuffer: 64 << 20,
    });
    this.tracked = new Set(listed.split("\0").filter((file) => file !== "" && existsSync(join(root, file))));
  }

  /** The inputs of a suite that asks for these tools. */
  of(suite: string, tools: readonly string[]): Inputs {
    const { files, packages } = this.imports.reachedFrom([suite]);
    return {
      sources: digestOf([...this.withDigests(files), ...[...packages].sort().map((name) => this.packageVersion(name))]),
      artifacts: digestOf(this.withDigests(this.namedBy(suite))),
      tools: digestOf([...tools].sort().map((name) => `${name} ${recipeOf(name)}`)),
    };
  }

  /** Files that were read, themselves or in a folder, and that are no input. */
  missed(suite: string, reads: readonly string[]): string[] {
    const { files } = this.imports.reachedFrom([suite]);
    const named = this.namedBy(suite);
    const isInput = (file: string): boolean => files.has(file) || named.has(file);
    return reads.filter((read) => {
      if (read.startsWith("lab/toolchain/")) return false; // the recipes of tools, an input of their own
      if (read === "package.json") return false; // its version alone, which is in ecosystem.lock.json
      if (this.tracked.has(read)) return !isInput(read);
      return [...this.tracked].some((file) => file.startsWith(`${read}/`) && !isInput(file));
    });
  }

  private namedBy(suite: string): ReadonlySet<string> {
    const folder = dirname(suite);
    let files = this.named.get(folder);
    if (files === undefined) {
      const own = join(this.root, folder, "inputs.json");
      const { files: patterns } = JSON.parse(readFileSync(own, "utf8")) as Named;
      const found = glob.sync([...patterns], { cwd: this.root, dot: true, ignore: ["**/node_modules/**"] });
      files = new Set(found.filter((file) => this.tracked.has(file)));
      this.named.set(folder, files);
    }
    return files;
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
