import { resolve } from "node:path";
import { DiagnosticError, type Diagnostic } from "../diagnostics/diagnostic.ts";
import { MODULE_ALIAS } from "../package-root.ts";
import { ask, type Answer } from "./ask.ts";
import { loadCompanion } from "./companions.ts";
import { findConfig } from "./config-file.ts";
import { loadExtensions, type ExtensionModule } from "./extensions.ts";
import { readExtra, type ExtraFolder } from "./extra.ts";
import type { Locked } from "../lock/choices.ts";
import { loadLock, locateChoices } from "./lock-file.ts";
import type { ModuleAlias, Program } from "./program/protocol.ts";

export type { ExtensionModule } from "./extensions.ts";
export type { ExtraFolder } from "./extra.ts";
export { loadCatalogue } from "./catalogue.ts";
export { lockPath } from "./lock-file.ts";
export { readLibrary } from "./library.ts";

export interface LoadOptions {
  /** The project's folder; `configFile` is relative to it, and what the config reads is. */
  root: string;
  /** Default: the first of `ecosystem.config.{ts,mts,js,mjs}`. */
  configFile?: string;
  moduleAlias: ModuleAlias;
  /** Positions name files relative to it. Default: the working directory. */
  cwd?: string;
  /** Milliseconds that the config may take. Default: LOAD_LIMIT_MS of ask.ts. */
  limit?: number;
  /** Texts that are taken for what stands in files, by their absolute paths. */
  sources?: Readonly<Record<string, string>>;
}

/** What a compilation starts from: plain data, checked for nothing yet but being data. */
export interface Inputs {
  root: string;
  /** Absolute path. */
  configFile: string;
  config: unknown;
  /** Undefined where there is no such file. */
  images: unknown;
  tuning: unknown;
  locked: Locked;
  /** What the folders under the config's `extra` hold, in their order. */
  extra: readonly ExtraFolder[];
  /** What the config's `extensions` name. */
  modules: readonly ExtensionModule[];
  /** Environment variables that the config, or what it imports, asked for. */
  variables: readonly string[];
  /** Absolute paths of the sources that ran, the config's own among them. */
  sources: readonly string[];
  /** CPU milliseconds of the config's own process. */
  cpu: number;
}

const NO_EXTENSIONS = { modules: [], faults: [] };

/**
 * Runs the config and reads its companions. Throws a {@link DiagnosticError} with positions for every user's mistake.
 */
export async function loadInputs(options: LoadOptions): Promise<Inputs> {
  const { program, root } = programOf(options);
  const answered = ask({ program }, { folder: root, limit: options.limit, say: (text) => process.stderr.write(text) });
  const faults: Diagnostic[] = [];
  const images = collected(faults, () => loadCompanion(program.configFile, "images", program.cwd));
  const tuning = collected(faults, () => loadCompanion(program.configFile, "tuning", program.cwd));
  const lock = collected(faults, () => loadLock(program.configFile, root, program.cwd));
  faults.push(...(lock?.faults ?? []));
  const answer = await answered;
  faults.push(...(answer.kind === "data" ? answer.faults : await failuresOf(answer, program, options.limit)));
  const { modules, faults: unloaded } =
    answer.kind === "data" ? await loadExtensions(root, answer.data, options.moduleAlias) : NO_EXTENSIONS;
  faults.push(...unloaded);
  const extra = answer.kind === "data" ? await readExtra(root, answer.data, program.cwd) : { folders: [], faults: [] };
  faults.push(...extra.faults);
  if (answer.kind !== "data" || faults.length > 0) throw new DiagnosticError(await locate(options, faults));
  return {
    root,
    configFile: program.configFile,
    config: answer.data,
    images,
    tuning,
    locked: lock!.locked,
    extra: extra.folders,
    modules,
    variables: answer.variables,
    sources: answer.sources,
    cpu: answer.cpu,
  };
}

/**
 * Runs the config alone, whatever its companions are. Throws a {@link DiagnosticError} as {@link loadInputs} does.
 */
export async function loadConfig(options: LoadOptions): Promise<{ configFile: string; config: unknown }> {
  const { program, root } = programOf(options);
  const answer = await ask({ program }, { folder: root, limit: options.limit });
  const faults = answer.kind === "data" ? answer.faults : await failuresOf(answer, program, options.limit);
  if (answer.kind !== "data" || faults.length > 0) throw new DiagnosticError(await locate(options, faults));
  return { configFile: program.configFile, config: answer.data };
}

/**
 * Gives every diagnostic its position; loads the config once more for it, so it is only called when there is a finding.
 */
export async function locate(options: LoadOptions, findings: readonly Diagnostic[]): Promise<Diagnostic[]> {
  const { program, root } = programOf(options);
  const diagnostics = locateChoices(findings, { ...program, root });
  const isOpen = ({ position, input = "config" }: Diagnostic) => position === undefined && input === "config";
  const answer = diagnostics.some(isOpen)
    ? await ask({ program, locate: diagnostics }, { folder: root, limit: options.limit })
    : undefined;
  if (answer?.kind === "located") return answer.diagnostics;
  if (answer?.kind === "bug") throw new Error(answer.stack);
  const { locateAll } = await import("./positions/locate.ts"); // brings a parser: not on the good path
  return locateAll(program, diagnostics);
}

/** What went wrong while the config ran, at the user's own line. */
export async function failuresOf(answer: Answer, program: Program, limit?: number): Promise<readonly Diagnostic[]> {
  const { explainFailure } = await import("./failure.ts"); // brings a parser: not on the good path
  return explainFailure(answer, program, limit);
}

export function programOf({ root, configFile, moduleAlias, cwd = process.cwd(), sources }: LoadOptions): {
  program: Program;
  root: string;
} {
  const folder = resolve(cwd, root);
  return {
    root: folder,
    program: {
      root: folder,
      configFile: findConfig(folder, configFile, cwd),
      moduleAlias,
      hasVocabulary: moduleAlias["eco-compile"] === MODULE_ALIAS["eco-compile"],
      cwd,
      ...(sources && { sources }),
    },
  };
}

function collected<T>(faults: Diagnostic[], load: () => T): T | undefined {
  try {
    return load();
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    faults.push(...error.diagnostics);
    return undefined;
  }
}
