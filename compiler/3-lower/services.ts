import type { Ecosystem } from "../config/model/ecosystem.ts";
import type { Service as ConfigService } from "../config/model/services.ts";
import { lowerStrategy } from "./strategies.ts";
import { compareNames, entries, type TunableReader } from "./resolve.ts";
import type { Experiment } from "../topology/resilience.ts";
import type { Service } from "../topology/services.ts";
import type { Slo, Strategy } from "../topology/rollouts.ts";
import type { Team } from "../topology/teams.ts";

/** Services before they are placed, and every strategy once. */
export function lowerServices(
  ecosystem: Ecosystem,
  teams: readonly Team[],
  slos: readonly Slo[],
  experiments: readonly Experiment[],
  tunables: TunableReader,
) {
  const named = new Map<string, Strategy>();
  for (const { name, value, source } of entries(ecosystem.rollouts, "rollouts"))
    named.set(name, lowerStrategy(name, value, source, slos, tunables));
  const inline: Strategy[] = [];
  const allClusters = Object.keys(ecosystem.clusters).sort(compareNames);
  const teamOf = byName(teams);
  const sloOf = byName(slos);
  const experimentOf = byName(experiments);

  const strategyOf = (name: string, rollout: ConfigService["rollout"], source: string): Strategy => {
    if (typeof rollout === "string") return named.get(rollout)!;
    const strategy = lowerStrategy(name, rollout ?? { kind: "rolling" }, `${source}.rollout`, slos, tunables);
    inline.push(strategy);
    return strategy;
  };

  const services = entries<ConfigService>(ecosystem.services, "services").map(({ name, value, source }): Service => ({
    name,
    source,
    team: teamOf.get(value.team)!,
    kind: value.kind ?? "service",
    image: value.image,
    ...(value.tag === undefined ? {} : { tag: value.tag }),
    clusters: value.placement === "all" ? allClusters : [...new Set(value.placement)].sort(compareNames),
    dependsOn: (value.dependsOn ?? []).map(({ service, port, critical }, index) => ({
      source: `${source}.dependsOn[${index}]`,
      service,
      port,
      critical: critical ?? true,
    })),
    slos: (value.slos ?? []).map((name) => sloOf.get(name)!),
    strategy: strategyOf(name, value.rollout, source),
    experiments: (value.chaos ?? []).map((name) => experimentOf.get(name)!),
  }));
  return { services, strategies: [...named.values(), ...inline] };
}

/** Looks nodes up by name. */
export const byName = <T extends { name: string }>(nodes: readonly T[]): ReadonlyMap<string, T> =>
  new Map(nodes.map((node) => [node.name, node]));
