import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import * as assert from "uvu/assert";
import { PACKAGE_ROOT } from "../../compiler/package-root.ts";

/** What no source is; `generated/` and `dist/` only at the top, since folders in the sources are called so too. */
const LEFT_OUT =
  /^(\.git|\.cache|\.dist-.*|\.eco-compile|dist|generated|test\/bench)$|(^|\/)(node_modules|\.terraform)$/;

/** A copy of the repository's sources, for tests that change them and run what they then are. */
export class SourceCopy {
  readonly folder = mkdtempSync(join(tmpdir(), "eco-sources-"));

  constructor() {
    cpSync(PACKAGE_ROOT, this.folder, {
      recursive: true,
      filter: (path) => !LEFT_OUT.test(relative(PACKAGE_ROOT, path)),
    });
    symlinkSync(join(PACKAGE_ROOT, "node_modules"), join(this.folder, "node_modules"));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  /** Runs a program of the copy. */
  node(...args: string[]) {
    return spawnSync(process.execPath, ["--import", "tsx", ...args], { cwd: this.folder, encoding: "utf8" });
  }

  /** Runs a program of the copy that must succeed. What it printed. */
  must(...args: string[]): string {
    const { status, stdout, stderr } = this.node(...args);
    assert.is(status, 0, `${args.join(" ")}\n${stdout}${stderr}`);
    return stdout + stderr;
  }

  /** What the compiler says of files whose path holds one of the texts, line by line. */
  typeErrors(...parts: string[]): string[] {
    const { stdout } = spawnSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.json"], {
      cwd: this.folder,
      encoding: "utf8",
    });
    return stdout.split("\n").filter((line) => parts.some((part) => line.includes(part)));
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), "utf8");
  }

  /** Puts one text in the place of another one that must be there; the first, where there are several. */
  change(path: string, from: string, to: string): void {
    assert.ok(this.read(path).includes(from), `${path} has ${from}`);
    writeFileSync(
      join(this.folder, path),
      this.read(path).replace(from, () => to),
    );
  }
}
