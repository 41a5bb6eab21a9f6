import type { Ecosystem } from "../config/model/ecosystem.ts";
import { environmentRevision } from "../facts/names.ts";
import { entries } from "./resolve.ts";
import type { Environment } from "../topology/environments.ts";
import type { Topology } from "../topology/index.ts";

/** Environments in the order of promotion. Validate has made sure that `after` makes one chain. */
export function lowerEnvironments(
  { environments }: Ecosystem,
  { revision }: Pick<Topology["repository"], "revision">,
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
    return {
      name,
      source,
      order,
      first,
      last,
      ...(value.after === undefined ? {} : { after: value.after }),
      approval: value.approval ?? !first,
      apply: value.apply ?? (last ? "gated" : "continuous"),
      revision: environmentRevision(name, first, revision),
    };
  });
}
