import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import glob from "fast-glob";
import { PACKAGE_ROOT } from "../../compiler/package-root.ts";

/** What a command did. */
export interface Outcome {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** Somebody who has nothing of this repository but the tarball that npm would publish. */
export class Stranger {
  readonly #home = mkdtempSync(join(tmpdir(), "eco-stranger-"));
  /** An empty folder, with no node_modules above it. */
  readonly folder = join(this.#home, "shop");
  readonly tarball: string;

  /** Packs what `npm test` has built; the install scripts of packages stay unrun, as in CI. */
  constructor() {
    mkdirSync(this.folder);
    const packed = run(PACKAGE_ROOT, "npm", ["pack", "--ignore-scripts", "--json", "--pack-destination", this.#home]);
    const [{ filename }] = JSON.parse(packed.stdout) as [{ filename: string }];
    this.tarball = join(this.#home, filename);
  }

  /** `npm install` of the tarball and of what init's package.json asks for beside it. */
  install(...packages: string[]): void {
    must(this.run("npm", "install", "--save-dev", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund", this.tarball, ...packages));
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
    rmSync(this.#home, { recursive: true });
  }
}

/** The outcome, or an error that shows it. */
export function must(outcome: Outcome): Outcome {
  if (outcome.status !== 0) throw new Error(`ended with ${outcome.status}\n${outcome.stdout}${outcome.stderr}`);
  return outcome;
}

/** Without what npm tells its children of this repository, and without Node's options for running TypeScript. */
function run(cwd: string, command: string, args: readonly string[], input = ""): Outcome {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_OPTIONS$|NODE_PATH$|INIT_CWD$|FORCE_COLOR$)/i.test(name) || /^npm_config_(registry|cache|userconfig)$/i.test(name)));
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, input, env: { ...env, NO_COLOR: "1" }, encoding: "utf8", maxBuffer: 1 << 28 });
  if (error) throw error;
  return { status, stdout, stderr };
}
