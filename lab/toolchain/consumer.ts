import { findTool } from "./index.ts";
import { onPath } from "./path.ts";
import { packageOf } from "./versions.ts";

/**
 * The path of a real consumer's executable (helm, opa, terraform...): the lab's pinned one, else what PATH has;
 * undefined where it is missing. In CI a missing consumer is a failure, never a skip: then this throws.
 */
export function consumer(name: string): string | undefined {
  const path = (packageOf.has(name) ? findTool(name) : undefined) ?? onPath(name);
  if (path === undefined && process.env["CI"] === "true") {
    throw new Error(
      `${name} is missing; in CI every consumer is required${packageOf.has(name) ? `: npm run lab -- install ${packageOf.get(name)}` : ""}`,
    );
  }
  return path;
}
