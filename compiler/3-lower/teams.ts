import type { Ecosystem } from "../config/model/ecosystem.ts";
import type { Team as ConfigTeam, TeamFields } from "../config/model/teams.ts";
import { merged, writtenAt, type Layer } from "../facts/differences.ts";
import type { Team, TeamRules } from "../topology/teams.ts";
import { Forms } from "./forms.ts";
import { entries } from "./resolve.ts";

export function lowerTeams(ecosystem: Ecosystem): Team[] {
  const forms = new Forms(ecosystem, "teams", (_, layers) => lowerRules(layers));
  const clusters = entries(ecosystem.clusters, "clusters");
  return entries<ConfigTeam>(ecosystem.teams, "teams").map(({ name, value, source }) => ({
    name,
    source,
    contact: value.contact,
    namespace: value.namespace ?? name,
    on: Object.fromEntries(
      clusters.map(({ name: cluster, value: { environment } }) => [cluster, forms.on(name, environment, cluster)]),
    ),
  }));
}

function lowerRules(layers: readonly Layer[]): TeamRules {
  const { priority } = merged<TeamFields>(layers);
  return {
    priority: priority ?? "normal",
    written: { ...(priority === undefined ? {} : { priority: writtenAt(layers, ["priority"]) }) },
  };
}
