import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * Folder of the installed package, as an absolute path with a slash at its end: the same from `compiler/` and from the
 * bundle in `dist/`.
 */
export const PACKAGE_ROOT = fileURLToPath(new URL("../", import.meta.url));

const SOURCES = import.meta.url.endsWith(".ts");

/** What a config and an extension mean by `import ... from "eco-compile"`, whatever is installed beside it. */
export const MODULE_ALIAS = {
  "eco-compile": `${PACKAGE_ROOT}${SOURCES ? "compiler/config/index.ts" : "dist/index.js"}`,
  "eco-compile/target": `${PACKAGE_ROOT}${SOURCES ? "compiler/target.ts" : "dist/target.js"}`,
};

let version: string | undefined;

/** Version of the package. */
export const packageVersion = (): string =>
  (version ??= (JSON.parse(readFileSync(`${PACKAGE_ROOT}package.json`, "utf8")) as { version: string }).version);
