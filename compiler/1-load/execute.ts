import { existsSync, readFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { createJiti, type JitiOptions } from "jiti";
import { stop } from "./faults.ts";
import { displayPath } from "./source-text.ts";

/** How the config reaches packages that it cannot resolve by itself: import specifier → absolute path. */
export type ModuleAlias = Readonly<Record<string, string>>;

export interface Program {
  configFile: string;
  moduleAlias: ModuleAlias;
  cwd: string;
}

/** Node's default of 10 frames ends inside jiti when an import fails. */
const STACK_FRAMES = 50;

/** Runs the config and returns its default export. What it throws is the user's error, untouched. */
export async function execute({ configFile, moduleAlias, cwd }: Program, options?: JitiOptions): Promise<unknown> {
  const jiti = createJiti(configFile, {
    alias: { ...moduleAlias },
    moduleCache: false, // a second load has to run again, not to return what the first one made
    fsCache: cacheFolder(dirname(configFile)),
    ...options,
  });
  const frames = Error.stackTraceLimit;
  Error.stackTraceLimit = STACK_FRAMES;
  try {
    const module = (await jiti.evalModule(readFileSync(configFile, "utf8"), {
      filename: configFile,
      ext: extname(configFile),
      async: true,
      forceTranspile: true, // Node would import a .mjs by itself, without the alias, and only once per process
    })) as Record<string, unknown>;
    // jiti's interop makes `default` readable on every module; only an own key is an export.
    if (!Object.hasOwn(module, "default")) return noDefaultExport(configFile, cwd);
    return await module["default"];
  } finally {
    Error.stackTraceLimit = frames;
  }
}

/**
 * Where transformed sources are kept; jiti keys them by a hash of their text. Only below a node_modules folder of the
 * project: jiti's own fallback, a folder in /tmp, would run what any user of the machine has put there.
 */
function cacheFolder(folder: string): string | false {
  for (let parent = folder; ; parent = dirname(parent)) {
    const modules = join(parent, "node_modules");
    if (existsSync(modules)) return join(modules, ".cache", "eco-compile");
    if (parent === dirname(parent)) return false;
  }
}

function noDefaultExport(configFile: string, cwd: string): never {
  stop("load/no-default-export", {
    message: "the config has no default export",
    hint: "write `export default defineEcosystem({ … })`",
    position: { file: displayPath(configFile, cwd), line: 1, column: 1 },
  });
}
