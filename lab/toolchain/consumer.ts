import { relative } from "node:path";
import { PACKAGE_ROOT } from "../../compiler/package-root.ts";
import { noteTool } from "../record/notes.ts";
import { saySkipped } from "../../test/support/run-files.ts";
import { failInCi, findTool } from "./index.ts";
import { onPath } from "./path.ts";
import { packageOf } from "./versions.ts";

/**
 * The path of a real consumer's executable (helm, opa, terraform...): the lab's pinned one, else what PATH has. Where
 * it is missing this is undefined and a line says so; in CI a core consumer that is missing throws.
 */
export function consumer(name: string): string | undefined {
  noteTool(name);
  const path = (packageOf.has(name) ? findTool(name) : undefined) ?? onPath(name);
  if (path === undefined) {
    failInCi(name);
    saySkipped(relative(PACKAGE_ROOT, process.argv[1]!), `${name} is missing`);
  }
  return path;
}
