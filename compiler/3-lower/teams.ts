import type { Ecosystem } from "../config/model/ecosystem.ts";
import type {
  Limits as ConfigLimits,
  Quota as ConfigQuota,
  Team as ConfigTeam,
  TeamFields,
} from "../config/model/teams.ts";
import { bytes, cores } from "../config/units.ts";
import type { PathSegment } from "../diagnostics/config-path.ts";
import { merged, writtenAt, type Layer } from "../facts/differences.ts";
import type { Limits, Quota, Team, TeamRules } from "../topology/teams.ts";
import { Forms } from "./forms.ts";
import { defaultLimit, entries } from "./resolve.ts";

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
  const { priority, quota, limits } = merged<TeamFields>(layers);
  const at = (...path: PathSegment[]) => writtenAt(layers, path);
  return {
    priority: priority ?? "normal",
    ...(quota === undefined ? {} : { quota: lowerQuota(quota, (...path) => at("quota", ...path)) }),
    ...(limits === undefined ? {} : { limits: lowerLimits(limits, (...path) => at("limits", ...path)) }),
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

/** Nothing is left to the API server, which would make of `max` what a container gets that says nothing. */
function lowerLimits({ max = {}, default: given = {} }: ConfigLimits, at: At): Limits {
  const cpu = given.cpu ?? least("100m", max.cpu, cores);
  return {
    source: at(),
    max: {
      ...(max.cpu === undefined ? {} : { cpu: max.cpu }),
      ...(max.memory === undefined ? {} : { memory: max.memory }),
    },
    default: {
      cpu,
      cpuLimit: least(defaultLimit(cpu), max.cpu, cores),
      memory: given.memory ?? least("128Mi", max.memory, bytes),
    },
    written: {
      max: { cpu: at("max", "cpu"), memory: at("max", "memory") },
      default: { cpu: at("default", "cpu"), memory: at("default", "memory") },
    },
  };
}

const least = <T extends string>(wanted: T, most: T | undefined, measure: (text: T) => number): T =>
  most !== undefined && measure(most) < measure(wanted) ? most : wanted;
