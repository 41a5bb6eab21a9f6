import type { Ecosystem } from "../config/model/ecosystem.ts";
import type { Quota as ConfigQuota, Team as ConfigTeam, TeamFields } from "../config/model/teams.ts";
import type { PathSegment } from "../diagnostics/config-path.ts";
import { merged, writtenAt, type Layer } from "../facts/differences.ts";
import type { Quota, Team, TeamRules } from "../topology/teams.ts";
import { Forms } from "./forms.ts";
import { entries } from "./resolve.ts";

type At = (...path: PathSegment[]) => string;

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
  const { priority, quota } = merged<TeamFields>(layers);
  const at = (...path: PathSegment[]) => writtenAt(layers, path);
  return {
    priority: priority ?? "normal",
    ...(quota === undefined ? {} : { quota: lowerQuota(quota, (...path) => at("quota", ...path)) }),
    written: { ...(priority === undefined ? {} : { priority: at("priority") }) },
  };
}

const lowerQuota = ({ cpu, memory, pods, volumes, storage }: ConfigQuota, at: At): Quota => ({
  source: at(),
  ...(cpu === undefined ? {} : { cpu }),
  ...(memory === undefined ? {} : { memory }),
  ...(pods === undefined ? {} : { pods }),
  ...(volumes === undefined ? {} : { volumes }),
  ...(storage === undefined ? {} : { storage }),
  written: {
    cpu: at("cpu"),
    memory: at("memory"),
    pods: at("pods"),
    volumes: at("volumes"),
    storage: at("storage"),
  },
});
