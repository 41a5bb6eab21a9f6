import type { Ecosystem } from "../config/model/ecosystem.ts";
import type { Service as ConfigService } from "../config/model/services.ts";
import { clustersOf } from "../facts/placement.ts";
import { compareNames, entries } from "./resolve.ts";
import type { Service } from "../topology/services.ts";
import type { Team } from "../topology/teams.ts";

/** Services before they are placed: what is the same wherever they run. */
export function lowerServices(ecosystem: Ecosystem, teams: readonly Team[]): Service[] {
  const teamOf = byName(teams);
  return entries<ConfigService>(ecosystem.services, "services").map(({ name, value, source }) => ({
    name,
    source,
    team: teamOf.get(value.team)!,
    kind: value.kind ?? "service",
    clusters: clustersOf(value.placement, ecosystem.clusters).sort(compareNames),
  }));
}

/** Looks nodes up by name. */
export const byName = <T extends { name: string }>(nodes: readonly T[]): ReadonlyMap<string, T> =>
  new Map(nodes.map((node) => [node.name, node]));
