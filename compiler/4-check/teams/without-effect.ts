import type { Finding } from "../../diagnostics/diagnostic.ts";
import type { Team, TeamRules } from "../../topology/teams.ts";
import type { Workload } from "../../topology/workloads.ts";
import { groupBy, list } from "../../facts/placement.ts";
import { limitsNothing } from "../../facts/quotas.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "teams/without-effect",
  severity: "warning",
  summary: "What a team says of its pods holds for some of them",
  why: "It changes nothing, and whoever reads it relies on it.",

  *run({ teams, workloads }) {
    const byTeam = groupBy(workloads, ({ team }) => team.name);
    for (const team of teams) {
      const its = byTeam.get(team.name);
      if (its === undefined) yield* withoutPods(team);
      else {
        yield* idlePriorities(team, its);
        yield* emptyQuotas(team, its);
      }
    }
  },
});

/** What a team without services says. What differs where it has none is another finding. */
function* withoutPods({ name, source, on }: Team): Iterable<Finding> {
  const said = new Set(Object.values(on).flatMap(placesOf));
  for (const field of ["priority", "quota", "limits"]) {
    if (!said.has(`${source}.${field}`)) continue;
    yield {
      at: `${source}.${field}`,
      message: `${name} has no services that this could hold for`,
      idea: "a team has no services that this could hold for",
      hint: "take it out",
    };
  }
}

const placesOf = ({ written, quota, limits }: TeamRules): string[] =>
  [written.priority, quota?.source, limits?.source].flatMap((at) => at ?? []);

/** Priorities that no service takes. */
function* idlePriorities({ name, on }: Team, workloads: readonly Workload[]): Iterable<Finding> {
  const writtenFor = ({ cluster }: Workload): string | undefined => on[cluster.name]!.written.priority;
  for (const [at, those] of groupBy(workloads, writtenFor)) {
    if (at === undefined || those.some(({ pods }) => !pods.written.priority)) continue;
    yield {
      at,
      message: `no service of ${name} has this priority: ${list(those.map((one) => one.name))} say their own`,
      idea: "no service has this priority",
      hint: "take it out, or the services' own",
    };
  }
}

function* emptyQuotas({ name, on }: Team, workloads: readonly Workload[]): Iterable<Finding> {
  for (const { cluster } of workloads) {
    const { quota } = on[cluster.name]!;
    if (quota === undefined || !limitsNothing(quota)) continue;
    yield {
      at: quota.source,
      message: `the quota of ${name} limits nothing on ${cluster.name}`,
      idea: "a quota limits nothing",
      hint: 'say what may be had, as `cpu: "20"`, or take it out',
    };
  }
}
