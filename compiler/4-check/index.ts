import type { Diagnostic, Finding } from "../diagnostics/diagnostic.ts";
import type { Topology } from "../topology/index.ts";
import type { Check } from "./check.ts";
import { machines } from "../facts/machines/index.ts";
import { kubernetesTable } from "../facts/tables/kubernetes.ts";
import { familyTable } from "../facts/tables/machine-families.ts";
import { timeZoneTable } from "../facts/tables/time-zones.ts";
import { zoneTable } from "../facts/tables/zones.ts";
import { checks } from "./registry.ts";

/**
 * Runs every rule, and those of the active targets. Rules that say so also see the Topology with every tunable at its
 * lowest and at its highest value, since a proposal may set it there: `at` makes it.
 */
export function check(
  current: Topology,
  ofTargets: readonly Check[],
  at: (point: "min" | "max") => Topology,
): { diagnostics: Diagnostic[] } {
  const bounds = current.tunables.length === 0 ? [] : [at("min"), at("max")];
  return { diagnostics: [...checks, ...ofTargets].flatMap((rule) => run(rule, current, rule.atBounds ? bounds : [])) };
}

/**
 * A rule says one thing about one place: what a service does wrong on three clusters, or at its bounds and at its
 * current value, is one mistake.
 */
function run(rule: Check, current: Topology, bounds: readonly Topology[]): Diagnostic[] {
  const context = {
    machines,
    kubernetes: kubernetesTable,
    zones: zoneTable,
    timeZones: timeZoneTable,
    families: familyTable,
  };
  const found = new Map<string, Finding>();
  for (const finding of rule.run(current, context)) {
    if (!found.has(finding.at)) found.set(finding.at, finding);
  }
  for (const topology of bounds) {
    for (const finding of rule.run(topology, context)) {
      if (!found.has(finding.at))
        found.set(finding.at, { ...finding, message: `${finding.message} (with its tunables at their bounds)` });
    }
  }
  return [...found.values()].map((finding) => ({ id: rule.id, severity: rule.severity, ...finding }));
}
