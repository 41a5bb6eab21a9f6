import { packageLibrary } from "../../compiler/1-load/package-library.ts";
import { plainData } from "../../compiler/1-load/plain-data.ts";
import { validate } from "../../compiler/2-validate/index.ts";
import { lower } from "../../compiler/3-lower/index.ts";
import { check } from "../../compiler/4-check/index.ts";
import type { EmittedFile } from "../../compiler/5-emit/artifact.ts";
import { emit } from "../../compiler/5-emit/index.ts";
import { verify } from "../../compiler/6-verify/index.ts";
import { plan } from "../../compiler/7-write/index.ts";
import { writeOptions } from "../../compiler/7-write/options.ts";
import type { Diagnostic } from "../../compiler/diagnostics/diagnostic.ts";
import { PACKAGE_ROOT } from "../../compiler/package-root.ts";
import { targets } from "../../compiler/targets/registry.ts";
import { selectTargets } from "../../compiler/targets/select.ts";
import { temporaryFolder } from "../support/tree.ts";

const library = packageLibrary(PACKAGE_ROOT);
const nowhere = temporaryFolder("hostile");

/** Every phase from the evaluated config to the plan of what would be written, in one process: thousands of them in a minute. */
export async function compileData(config: unknown, images: unknown): Promise<{ errors: Diagnostic[]; files: readonly EmittedFile[] }> {
  const stopped = (diagnostics: readonly Diagnostic[]) => diagnostics.filter(({ severity }) => severity === "error");
  const data = plainData(config);
  const pictures = plainData(images, "images");
  let errors = stopped([...data.faults, ...pictures.faults]);
  if (errors.length > 0) return { errors, files: [] };

  const inputs = { config: data.data, images: pictures.data, tuning: undefined };
  const validated = validate(inputs);
  if ((errors = stopped(validated.diagnostics)).length > 0) return { errors, files: [] };

  const topology = lower(validated);
  const active = selectTargets(targets, validated.ecosystem.targets);
  if ((errors = stopped(check(validated, topology, active).diagnostics)).length > 0) return { errors, files: [] };

  const emission = emit(topology, active, library);
  if ((errors = stopped(emission.diagnostics)).length > 0) return { errors, files: [] };
  errors = stopped((await verify(emission, topology)).diagnostics);
  if (errors.length === 0) errors = stopped(plan(nowhere, emission.files, writeOptions(emission, {})).diagnostics);
  return { errors, files: errors.length > 0 ? [] : emission.files };
}
