/** The variant of the reference in which a team's quota lacks a thousandth of a core. */
import type { Data } from "../../cluster/client.ts";
import withRules, { CLUSTER, TEAM } from "./team-rules.ts";

export default function withLess(config: Data): void {
  withRules(config);
  const rules = config.teams[TEAM].on[CLUSTER];
  rules.quota = { ...rules.quota, cpu: "999m" };
}
