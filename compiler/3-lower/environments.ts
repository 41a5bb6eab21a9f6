import type { Ecosystem } from "../config/model/ecosystem.ts";
import { environmentRevision } from "../facts/names.ts";
import type { Choices } from "../lock/choices.ts";
import { VERSION, YES_OR_NO } from "../lock/forms.ts";
import { COMPONENTS } from "../facts/components.ts";
import { entries } from "./resolve.ts";
import type { Environment } from "../topology/environments.ts";
import type { Topology } from "../topology/index.ts";

/**
 * Environments in the order of promotion. Validate has made sure that `after` makes one chain. What follows from a place
 * in the chain is chosen once: an environment that is put behind production must not make production another.
 */
export function lowerEnvironments(
  { environments }: Ecosystem,
  { revision }: Pick<Topology["repository"], "revision">,
  choices: Choices,
): Environment[] {
  const declared = entries(environments, "environments");
  const chain: typeof declared = [];
  for (let next = declared.find(({ value }) => value.after === undefined); next;) {
    chain.push(next);
    const { name } = next;
    next = declared.find(({ value }) => value.after === name);
  }
  return chain.map(({ name, value, source }, order) => {
    const first = order === 0;
    const last = order === chain.length - 1;
    const yes = (field: string, now: boolean) => choices.read(`${source}.${field}`, YES_OR_NO, { now: () => now });
    const production = value.production ?? yes("production", last);
    const pointer = value.pointer ?? yes("pointer", !first);
    return {
      name,
      source,
      order,
      production,
      ...(value.after === undefined ? {} : { after: value.after }),
      approval: value.approval ?? yes("approval", !first),
      apply: value.apply ?? (production ? "gated" : "continuous"),
      pointer,
      revision: environmentRevision(name, pointer, revision),
      components: choices.read(`${source}.components`, VERSION, { now: () => COMPONENTS }),
    };
  });
}
