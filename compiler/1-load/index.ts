import { resolve } from "node:path";
import { DiagnosticError, type Diagnostic } from "../diagnostics/diagnostic.ts";
import { loadCompanion } from "./companions.ts";
import { findConfig } from "./config-file.ts";
import { execute, type ModuleAlias } from "./execute.ts";
import { readExtra, type ExtraFolder } from "./extra.ts";
import { plainData } from "./plain-data.ts";

export { loadFaults, type LoadFault } from "./faults.ts";
export { readLibrary } from "./library.ts";
export type { ModuleAlias } from "./execute.ts";
export type { ExtraDocument, ExtraFolder } from "./extra.ts";

export interface LoadOptions {
  /** The project's folder; `configFile` is relative to it. */
  root: string;
  /** Default: the first of `ecosystem.config.{ts,mts,js,mjs}`. */
  configFile?: string;
  moduleAlias: ModuleAlias;
  /** Positions name files relative to it. Default: the working directory. */
  cwd?: string;
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
  /** What the folders under the config's `extra` hold, in their order. */
  extra: readonly ExtraFolder[];
}

/** Runs the config and reads its companions. Throws a {@link DiagnosticError} with positions for every user's mistake. */
export async function loadInputs(options: LoadOptions): Promise<Inputs> {
  const cwd = options.cwd ?? process.cwd();
  const root = resolve(cwd, options.root);
  const configFile = findConfig(root, options.configFile, cwd);
  const faults: Diagnostic[] = [];
  const images = collected(faults, () => loadCompanion(configFile, "images", cwd));
  const tuning = collected(faults, () => loadCompanion(configFile, "tuning", cwd));
  const config = await evaluate({ configFile, moduleAlias: options.moduleAlias, cwd }, faults);
  const extra = await readExtra(root, config, cwd);
  faults.push(...extra.faults);
  if (faults.length > 0) throw new DiagnosticError(await locate({ ...options, root, configFile, cwd }, faults));
  return { root, configFile, config, images, tuning, extra: extra.folders };
}

/** Gives every diagnostic its position; loads the config once more for it, so it is only called when there is a finding. */
export async function locate(options: LoadOptions, diagnostics: readonly Diagnostic[]): Promise<Diagnostic[]> {
  const cwd = options.cwd ?? process.cwd();
  const root = resolve(cwd, options.root);
  const { locateAll } = await import("./positions/locate.ts"); // brings a parser: not on the good path
  return locateAll({ configFile: findConfig(root, options.configFile, cwd), moduleAlias: options.moduleAlias, cwd }, diagnostics);
}

async function evaluate(program: Parameters<typeof execute>[0], faults: Diagnostic[]): Promise<unknown> {
  try {
    const result = plainData(await execute(program));
    faults.push(...result.faults);
    return result.data;
  } catch (error) {
    const { explainFailure } = await import("./failure.ts"); // brings a parser: not on the good path
    faults.push(...explainFailure(error, program));
    return undefined;
  }
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
