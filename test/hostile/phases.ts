import { packageLibrary } from "../../compiler/1-load/package-library.ts";
import { plainData } from "../../compiler/1-load/plain-data.ts";
import { validate } from "../../compiler/2-validate/index.ts";
import { check } from "../../compiler/4-check/index.ts";
import type { EmittedFile } from "../../compiler/5-emit/artifact.ts";
import { emit } from "../../compiler/5-emit/index.ts";
import { verify } from "../../compiler/6-verify/index.ts";
import { plan } from "../../compiler/7-write/index.ts";
import { writeOptions } from "../../compiler/7-write/options.ts";
import type { Diagnostic } from "../../compiler/diagnostics/diagnostic.ts";
import { PACKAGE_ROOT } from "../../compiler/package-root.ts";
import { targets } from "../../compiler/targets/registry.ts";
import { resolve } from "../../compiler/5-emit/contribute.ts";
import { checksOf } from "../../compiler/5-emit/select.ts";
import { temporaryFolder } from "../support/tree.ts";

const library = packageLibrary(PACKAGE_ROOT);
const nowhere = temporaryFolder("hostile");

/** How far a config came; `written` is all the way. */
export type Reached = "load" | "validate" | "lower" | "check" | "emit" | "verify" | "plan" | "written";

export interface Compiled {
  reached: Reached;
  errors: Diagnostic[];
  /** Everything that was said, warnings too. */
  diagnostics: readonly Diagnostic[];
  files: readonly EmittedFile[];
}

/**
 * Every phase from the evaluated config to the plan of what would be written, in one process: thousands of them in a
 * minute.
 */
export async function compileData(config: unknown, images: unknown, tuning?: unknown): Promise<Compiled> {
  const diagnostics: Diagnostic[] = [];
  const errorsOf = (said: readonly Diagnostic[]): Diagnostic[] => {
    diagnostics.push(...said);
    return said.filter(({ severity }) => severity === "error");
  };
  const stop = (reached: Reached, errors: Diagnostic[]): Compiled => ({ reached, errors, diagnostics, files: [] });
  const [data, pictures, proposals] = [plainData(config), plainData(images, "images"), plainData(tuning, "tuning")];
  let errors = errorsOf([...data.faults, ...pictures.faults, ...proposals.faults]);
  if (errors.length > 0) return stop("load", errors);

  const inputs = { config: data.data, images: pictures.data, tuning: proposals.data };
  const validated = validate(inputs);
  if ((errors = errorsOf(validated.diagnostics)).length > 0) return stop("validate", errors);

  const { topology, active, at, diagnostics: unmet } = resolve(validated, targets);
  if ((errors = errorsOf(unmet)).length > 0) return stop("lower", errors);
  if ((errors = errorsOf(check(topology, checksOf(active), at).diagnostics)).length > 0) return stop("check", errors);

  const emission = emit(topology, active, library);
  if ((errors = errorsOf(emission.diagnostics)).length > 0) return stop("emit", errors);
  if ((errors = errorsOf((await verify(emission, topology)).diagnostics)).length > 0) return stop("verify", errors);
  if ((errors = errorsOf(plan(nowhere, emission.files, writeOptions(emission, {})).diagnostics)).length > 0)
    return stop("plan", errors);
  return { reached: "written", errors, diagnostics, files: emission.files };
}
