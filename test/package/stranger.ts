import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import glob from "fast-glob";
import { PACKAGE_ROOT } from "../../compiler/package-root.ts";
import "../support/build.ts"; // what is packed has been built
import { temporaryFolder } from "../support/tree.ts";

/** What a command did. */
export interface Outcome {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** Somebody who has nothing of this repository but the tarball that npm would publish. */
export class Stranger {
  readonly home = mkdtempSync(join(tmpdir(), "eco-stranger-"));
  /** An empty folder, with no node_modules above it. */
  readonly folder: string;
  readonly tarball: string;

  /** The install scripts of packages stay unrun, as in CI. `folder`: of the project, below the home. */
  constructor(folder = "shop") {
    this.folder = join(this.home, folder);
    mkdirSync(this.folder, { recursive: true });
    const packed = packedOnce();
    this.tarball = join(this.home, basename(packed));
    copyFileSync(packed, this.tarball);
  }

  /**
   * Lines of README.md's quick start for a repository of one's own, as they stand there but for the package, which no
   * registry has yet.
   */
  quickStart(): string[] {
    const [, block] = /^In a repository of your own:\n\n```sh\n([^]*?)^```/m.exec(
      readFileSync(join(PACKAGE_ROOT, "README.md"), "utf8"),
    )!;
    const lines = block!
      .trim()
      .split("\n")
      .map((line) => line.replace(/\s+#.*$/, ""));
    return lines.map((line) => line.replace(/^(npm install --save-dev) eco-compile$/, `$1 '${this.tarball}'`));
  }

  /** A line as a shell takes it, in a folder below the home. */
  shell(folder: string, line: string): Outcome {
    return run(join(this.home, folder), "sh", ["-c", line]);
  }

  run(command: string, ...args: string[]): Outcome {
    return run(this.folder, command, args);
  }

  runWith(input: string, command: string, ...args: string[]): Outcome {
    return run(this.folder, command, args, input);
  }

  /** The installed bin, never one that npx would fetch. */
  eco(...args: string[]): Outcome {
    return this.run("npx", "--no-install", "eco-compile", ...args);
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), "utf8");
  }

  /** Path → content of what the compiler owns. */
  output(): Map<string, string> {
    return new Map(this.files("generated/**/*").map((path) => [path, this.read(path)]));
  }

  files(pattern: string): string[] {
    return glob.sync(pattern, { cwd: this.folder, dot: true }).sort();
  }

  leave(): void {
    rmSync(this.home, { recursive: true });
  }
}

let packed: string | undefined;

/** The tarball of what `npm test` has built. */
function packedOnce(): string {
  if (packed !== undefined) return packed;
  const folder = temporaryFolder("packed");
  const { stdout } = must(run(PACKAGE_ROOT, "npm", ["pack", "--json", "--pack-destination", folder]));
  const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
  return (packed = join(folder, filename));
}

/** The outcome, or an error that shows it. */
export function must(outcome: Outcome): Outcome {
  if (outcome.status !== 0) throw new Error(`ended with ${outcome.status}\n${outcome.stdout}${outcome.stderr}`);
  return outcome;
}

/** Without what npm tells its children of this repository, and without Node's options for running TypeScript. */
function run(cwd: string, command: string, args: readonly string[], input = ""): Outcome {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) =>
        !/^(npm_|NODE_OPTIONS$|NODE_PATH$|INIT_CWD$|FORCE_COLOR$)/i.test(name) ||
        /^npm_config_(registry|cache|userconfig)$/i.test(name),
    ),
  );
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    input,
    env: { ...env, ...NPM, NO_COLOR: "1" },
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (error) throw error;
  return { status, stdout, stderr };
}

/** Nobody's install scripts, and nothing over the network but packages that are not here yet. */
const NPM = {
  npm_config_ignore_scripts: "true",
  npm_config_prefer_offline: "true",
  npm_config_audit: "false",
  npm_config_fund: "false",
  npm_config_update_notifier: "false",
};
