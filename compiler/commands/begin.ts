import { resolve } from "node:path";
import { loadInputs, type Inputs } from "../1-load/index.ts";
import { loading, type CompileOptions } from "../run.ts";
import type { ProjectOptions } from "./show.ts";

/** Begins to load the config: that is a process of its own, and this one has the compiler to import meanwhile. */
export function begin({
  cwd,
  config,
}: Pick<ProjectOptions, "cwd" | "config">): Pick<CompileOptions, "root" | "configFile"> & { inputs: Promise<Inputs> } {
  const project = { root: resolve(cwd), ...(config === undefined ? {} : { configFile: config }) };
  const inputs: Promise<Inputs> = loadInputs(loading(project));
  inputs.catch(() => {}); // said when it is asked for
  return { ...project, inputs };
}
