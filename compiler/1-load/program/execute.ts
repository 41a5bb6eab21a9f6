import { existsSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { types } from "node:util";
import { createJiti, type EvalModuleOptions, type JitiOptions, type TransformOptions } from "jiti";
import * as vocabulary from "../../config/index.ts";
import { stop } from "../catalogue.ts";
import { displayPath } from "../source-text.ts";
import { joinsPlugin, PLUGIN_VERSION } from "./joins-plugin.ts";
import type { Program } from "./protocol.ts";

/** Node's default of 10 frames ends inside jiti when an import fails. */
const STACK_FRAMES = 50;

/** How every source is transformed; positions in what ran are found by transforming it again in the same way. */
export const TRANSFORM: NonNullable<TransformOptions["babel"]> = { plugins: [joinsPlugin] };

/** The files that run, in the order in which they began; those that came to their end are `loaded`. */
export type RunningFiles = Record<string, { loaded?: boolean; exports?: unknown }>;

/** Runs the config and returns its default export, in an object. What it throws is the user's error, untouched. */
export async function execute(
  program: Program,
  source: string,
  files: RunningFiles,
  options: JitiOptions | undefined = fromSources(program),
): Promise<{ exported: unknown }> {
  const { configFile, moduleAlias, hasVocabulary, cwd } = program;
  const jiti = createJiti(configFile, {
    alias: { ...moduleAlias },
    // To import it as a file, Node's loader of modules would be set up. Whoever records calls wants them to lead to a file.
    ...(hasVocabulary && options === undefined ? { virtualModules: { "eco-compile": vocabulary } } : {}),
    moduleCache: false,
    fsCache: cacheFolder(dirname(configFile)),
    transformOptions: { babel: TRANSFORM } as TransformOptions,
    ...options,
  });
  Error.stackTraceLimit = STACK_FRAMES;
  const interop = jiti.evalModule(source, {
    filename: configFile,
    ext: extname(configFile),
    async: true,
    forceTranspile: true, // Node would import a .mjs by itself, without the alias
    cache: files as unknown as NonNullable<EvalModuleOptions["cache"]>,
  });
  try {
    await interop;
  } catch (error) {
    if (!files[configFile]?.loaded) throw error; // else it ran, and exports what jiti's interop fails at, as a revoked Proxy
  }
  const module = files[configFile]!.exports as Record<string, unknown>;
  if (!Object.hasOwn(module, "default")) return noDefaultExport(configFile, cwd);
  const exported = module["default"];
  return { exported: types.isProxy(exported) ? exported : await exported }; // to await a Proxy, or to return it by itself, is to ask it
}

/** Options that take what the program has in the place of files. */
function fromSources({ configFile, sources }: Program): JitiOptions | undefined {
  if (sources === undefined) return undefined;
  const plain = createJiti(configFile, { fsCache: false });
  return {
    fsCache: false,
    transform: (options: TransformOptions) => ({
      code: plain.transform({ ...options, source: sources[options.filename ?? ""] ?? options.source }),
    }),
  };
}

/**
 * Where transformed sources are kept; jiti keys them by a hash of their text. Only below a node_modules folder of the
 * project: jiti's own fallback, a folder in /tmp, would run what any user of the machine has put there.
 */
function cacheFolder(folder: string): string | false {
  for (let parent = folder; ; parent = dirname(parent)) {
    const modules = join(parent, "node_modules");
    if (existsSync(modules)) return join(modules, ".cache", "eco-compile", String(PLUGIN_VERSION));
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
