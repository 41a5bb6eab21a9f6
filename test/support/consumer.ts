import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { homedir } from "node:os";

/** Where Go puts what `go install` builds; looked at after PATH. */
const GO_BIN = process.env["GOBIN"] ?? join(process.env["GOPATH"] ?? join(homedir(), "go"), "bin");

/**
 * The path of a real consumer's executable (helm, opa, terraform...), or undefined where it is missing.
 * In CI a missing consumer is a failure, never a skip: then this throws.
 */
export function consumer(name: string): string | undefined {
  for (const folder of [...(process.env["PATH"] ?? "").split(delimiter), GO_BIN]) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // not in this folder
    }
  }
  if (process.env["CI"] === "true") throw new Error(`${name} is missing; in CI every consumer is required`);
  return undefined;
}
