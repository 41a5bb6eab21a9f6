import { execFileSync } from "node:child_process";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { PACKAGE_ROOT } from "../../compiler/package-root.ts";
import { Imports } from "../../scripts/imports/imports.ts";

/** The command as it is installed: the bundle that `prepare` builds. Whatever runs it takes its path from here. */
export const CLI = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

/** Makes `dist/` of the sources, in about two seconds. */
export const build = (): unknown =>
  execFileSync(process.execPath, [fileURLToPath(new URL("../../scripts/build.mjs", import.meta.url))], {
    stdio: "inherit",
  });

/** Builds where one of these files, relative to the repository, runs the command. */
export function buildIfNeeded(files: readonly string[]): void {
  const own = relative(PACKAGE_ROOT, import.meta.filename);
  if (new Imports(PACKAGE_ROOT).reachedFrom(files).files.has(own)) build();
}
