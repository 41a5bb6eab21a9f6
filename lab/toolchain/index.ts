/**
 * The lab's toolchain: `tool(name)` is a pinned executable, `moduleFolder(name)` the sources that it was built from.
 * `npm run lab -- install` brings them.
 */
import { join } from "node:path";
import { placeOf } from "./cache.ts";
import { downloadModule, type Module } from "./go-module.ts";
import { isExecutable, onPath } from "./path.ts";
import { pinnedModules } from "./pinned-modules.ts";
import { packageOf, packages } from "./versions.ts";

/**
 * The path of an executable of versions.json, or undefined where it is missing. In CI a missing one is a
 * failure, never a skip: then this throws, except for what is only installed on demand.
 */
export function tool(name: string): string | undefined {
  const found = findTool(name);
  const entry = packages.get(packageOf.get(name)!)!;
  if (found === undefined && !("onDemand" in entry) && process.env["CI"] === "true")
    throw new Error(
      `${name} is missing, and in CI every tool is required: npm run lab -- install ${packageOf.get(name)}`,
    );
  return found;
}

/** The same without the failure, for those who install or report. */
export function findTool(name: string): string | undefined {
  const owner = packageOf.get(name);
  if (owner === undefined) throw new Error(`${name} is none of the tools that lab/toolchain/versions.json pins`);
  const { from } = packages.get(owner)!;
  if (from === "apt" || from === "machine") return onPath(name);
  const path = from === "pypi" ? join(placeOf(owner), "bin", name) : join(placeOf(owner), name);
  return isExecutable(path) ? path : undefined;
}

/**
 * The folder of a Go module's sources at its pinned version (CRDs, charts, kwok's stages): by a package's or
 * executable's name, or by the path of a module that schemas/crds/sources.json pins. Undefined where Go is missing; in
 * CI that throws.
 */
export function moduleFolder(name: string): string | undefined {
  const module = moduleNamed(name);
  if (onPath("go") === undefined) {
    if (process.env["CI"] === "true")
      throw new Error(`go is missing, and in CI it is required: it fetches ${module.module}`);
    return undefined;
  }
  return downloadModule(module);
}

function moduleNamed(name: string): Module {
  const entry = packages.get(name) ?? packages.get(packageOf.get(name) ?? "");
  if (entry && "module" in entry) return entry;
  const pinned = pinnedModules().find(({ module }) => module === name);
  if (pinned) return pinned;
  throw new Error(
    `${name} is neither built from a Go module in versions.json nor a module in schemas/crds/sources.json`,
  );
}
