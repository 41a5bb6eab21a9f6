import type { Finding } from "../../diagnostics/diagnostic.ts";
import type { Team } from "../../topology/teams.ts";
import type { Workload } from "../../topology/workloads.ts";
import { groupBy, list } from "../../facts/placement.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "teams/without-effect",
  severity: "warning",
  summary: "What a team says of its pods holds for some of them",
  why: "It changes nothing, and whoever reads it relies on it.",

  *run({ teams, workloads }) {
    const byTeam = groupBy(workloads, ({ team }) => team.name);
    for (const team of teams) yield* idlePriorities(team, byTeam.get(team.name) ?? []);
  },
});

/** Priorities that no service takes. What differs where the team has no services is another finding. */
function* idlePriorities({ name, source, on }: Team, workloads: readonly Workload[]): Iterable<Finding> {
  const saidOn = (clusters: readonly string[]) =>
    new Set(clusters.flatMap((cluster) => on[cluster]!.written.priority ?? []));
  const placesOf = (some: readonly Workload[]) => saidOn(some.map(({ cluster }) => cluster.name));
  const taken = placesOf(workloads.filter(({ pods }) => !pods.written.priority));
  const said = workloads.length > 0 ? placesOf(workloads) : saidOn(Object.keys(on));
  for (const at of said) {
    if (taken.has(at) || (workloads.length === 0 && at !== `${source}.priority`)) continue;
    yield {
      at,
      message:
        workloads.length === 0
          ? `${name} has no services that could have this priority`
          : `no service of ${name} has this priority: each that it would be for says its own (${list(workloads.filter((one) => placesOf([one]).has(at)).map((one) => one.name))})`,
      idea: "no service has this priority",
      hint: "take it out, or the services' own",
    };
  }
}
