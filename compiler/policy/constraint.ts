import { clusterParameters, type PolicyData } from "./parameters.ts";
import type { ConstraintTemplateEntry } from "./shipped.ts";

/** `spec` of a Gatekeeper constraint on one cluster: the same values as the compiler's own evaluation gets. */
export function constraintSpec(
  data: PolicyData,
  cluster: string,
  entry: ConstraintTemplateEntry,
  enforcementAction: "dryrun" | "warn" | "deny",
) {
  const given = clusterParameters(data, cluster) as Readonly<Record<string, unknown>>;
  const parameters = Object.fromEntries(entry.parameters.map((name) => [name, given[name]]));
  const excludedNamespaces = data.exempt_namespaces
    .filter(({ policies }) => !policies || policies.includes(entry.policy))
    .map(({ namespace }) => namespace)
    .sort();
  return {
    enforcementAction,
    match: { kinds: entry.match, ...(excludedNamespaces.length > 0 ? { excludedNamespaces } : {}) },
    ...(entry.parameters.length > 0 ? { parameters } : {}),
  };
}
