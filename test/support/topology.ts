import { loadInputs } from "../../compiler/1-load/index.ts";
import { validate } from "../../compiler/2-validate/index.ts";
import type { Validated } from "../../compiler/2-validate/validated.ts";
import { resolve } from "../../compiler/5-emit/contribute.ts";
import { targets } from "../../compiler/targets/registry.ts";
import type { Ecosystem } from "../../compiler/config/model/ecosystem.ts";
import type { Topology } from "../../compiler/topology/index.ts";
import { MODULE_ALIAS, PACKAGE_ROOT } from "../../compiler/package-root.ts";

/** The validated inputs of a project; throws where validate finds an error, since a test means a good config here. */
export async function validatedProject(root: string = PACKAGE_ROOT): Promise<Validated> {
  return mustPass(validate(await loadInputs({ root, moduleAlias: MODULE_ALIAS })));
}

/** The topology of a project with what targets contribute: by default of the reference ecosystem. */
export const projectTopology = async (root?: string): Promise<Topology> =>
  resolve(await validatedProject(root), targets).topology;

/** The topology of an ecosystem that a test writes itself. */
export const topologyOf = (config: Ecosystem, images: unknown = {}, tuning?: unknown): Topology =>
  resolve(mustPass(validate({ config, images, tuning })), targets).topology;

function mustPass(validated: Validated): Validated {
  const errors = validated.diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new Error(errors.map(({ id, at, message }) => `${id} at ${at}: ${message}`).join("\n"));
  return validated;
}
