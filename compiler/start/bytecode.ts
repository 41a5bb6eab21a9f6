import { isAscii } from "node:buffer";
import { hash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Script } from "node:vm";

/** Of a SHA-256 as text. */
const DIGEST_LENGTH = 64;

/**
 * A program that is one file of CommonJS, begun with the bytecode that V8 made of it in an earlier run. To compile two
 * megabytes of source anew takes a fifth of the command's whole time. Node 22 has `module.enableCompileCache()` for
 * this, Node 20 nothing.
 *
 * The bytecode lies beside the program, in a folder that whoever installed the package can write to, and nobody who
 * could not change the program itself. V8 takes it from its own version and flags alone, and only asks for the length of the
 * source: so its name has the digest of the source, and its content begins with its own. Whatever goes wrong with it
 * (a folder that is read-only, a file that is torn), the program is compiled as if there were none.
 *
 * Node lets a program that comes from bytecode import nothing by itself: it has `importOutside` for that.
 */
export function begin<T>(
  file: string,
  importOutside: (specifier: string) => Promise<unknown>,
): {
  exports: T;
  /** Keeps the bytecode of all that has run by now. */
  keep(): void;
} {
  const source = readFileSync(file);
  const folder = join(dirname(file), "bytecode");
  const kept = join(folder, `${hash("sha256", source, "hex").slice(0, 32)}-${process.version}-${process.arch}`);
  const cachedData = read(kept);
  const script = new Script(
    `(function (exports, require, module, __filename, __dirname, importOutside) { ${source.toString(isAscii(source) ? "latin1" : "utf8")}\n})`,
    { filename: file, cachedData },
  );
  const module = { exports: {} as T };
  (script.runInThisContext() as (...wrapped: unknown[]) => void)(
    module.exports,
    createRequire(file),
    module,
    file,
    dirname(file),
    importOutside,
  );
  return {
    exports: module.exports,
    keep() {
      if (cachedData !== undefined && script.cachedDataRejected !== true) return;
      try {
        write(folder, kept, script.createCachedData());
      } catch {
        // the next run compiles as this one did
      }
    },
  };
}

/** Undefined where there is none, or another than was written. */
function read(kept: string): Buffer | undefined {
  try {
    const bytes = readFileSync(kept);
    const content = bytes.subarray(DIGEST_LENGTH);
    return bytes.toString("latin1", 0, DIGEST_LENGTH) === hash("sha256", content, "hex") ? content : undefined;
  } catch {
    return undefined;
  }
}

/** By a rename: other runs may be reading, or writing the same. */
function write(folder: string, kept: string, content: Buffer): void {
  const draft = `${kept}.${process.pid}`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(draft, Buffer.concat([Buffer.from(hash("sha256", content, "hex")), content]));
  renameSync(draft, kept);
}
