/**
 * The variant of the reference in which the team of a cluster's services has a quota that holds them to the last thousandth of
 * a core, and limits that its largest container keeps exactly. Nothing of them is tunable, since a quota has to hold the bounds.
 */
import type { Data } from "../../cluster/client.ts";

export const CLUSTER = "cluster-amsterdam";
export const TEAM = "shop";

/** Two pods of each of its two services at their fewest, with the mesh's sidecars. */
export const QUOTA = { cpu: "1", memory: "1280Mi", pods: 4 };

/** The sidecar's own. */
const LIMITS = { max: { cpu: "2", memory: "1Gi" }, default: { cpu: "30m", memory: "40Mi" } };

export default function withRules(config: Data): void {
  config.teams[TEAM].on = { [CLUSTER]: { quota: QUOTA, limits: LIMITS } };
  for (const [name, service] of Object.entries<Data>(config.services))
    if (service.team === TEAM) config.services[name] = settled(service);
}

/** A value with tunables at their defaults. */
function settled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(settled);
  if (typeof value !== "object" || value === null) return value;
  const fields = value as Data;
  if (fields.kind === "tunable") return fields.default;
  return Object.fromEntries(Object.entries(fields).map(([name, child]) => [name, settled(child)]));
}
