/**
 * The lab's toolchain: `tool(name)` is a pinned executable, `moduleFolder(name)` the sources that it was built from.
 * `npm run lab -- install` brings them.
 */
import { join } from "node:path";
import { noteTool } from "../record/notes.ts";
import { keyOf, placeOf } from "./cache.ts";
import { downloadModule, type Module } from "./go-module.ts";
import { isExecutable, onPath } from "./path.ts";
import { pinnedModules } from "./pinned-modules.ts";
import { packageOf, packages } from "./versions.ts";

/**
 * The path of an executable of versions.json, or undefined where it is missing. In CI a core tool that is missing is a
 * failure, never a skip: then this throws.
 */
export function tool(name: string): string | undefined {
  const found = findTool(name);
  noteTool(name);
  if (found === undefined) failInCi(name);
  return found;
}

/** Core consumers are required in CI; suites of the others run where the cache holds their tools. */
export function failInCi(name: string): void {
  const owner = packageOf.get(name) ?? name;
  if (process.env["CI"] !== "true" || packages.get(owner)?.core !== true) return;
  throw new Error(`${name} is missing, and in CI it is required: npm run lab -- install ${owner}`);
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
  noteTool(name);
  if (onPath("go") === undefined) {
    failInCi("go");
    return undefined;
  }
  return downloadModule(module);
}

/** What a tool, or a Go module of `moduleFolder`, is made from: another text wherever another one would be had. */
export function recipeOf(name: string): string {
  const owner = packageOf.get(name) ?? name;
  const entry = packages.get(owner);
  if (entry) return keyOf(owner, entry);
  const module = pinnedModules().find((pinned) => pinned.module === name);
  return module ? `${module.version} ${module.sum}` : "none";
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
