import type { Level } from "../config/model/levels.ts";
import type { Security } from "../topology/security.ts";
import type { PolicyData } from "./parameters.ts";
import type { PolicyDescription } from "./shipped.ts";

type Policies = Pick<Security["policies"], "enforcement" | "findings" | "levels">;

/**
 * What breaking a policy does to whoever compiles or opens a pull request. A level of its own wins; otherwise what is
 * enforced with warnings alone is a warning here as well.
 */
export function policyLevel(
  { name, severity }: Pick<PolicyDescription, "name" | "severity">,
  { findings, levels }: Policies,
): Level {
  return levels[name] ?? (findings === "warning" ? "warning" : severity);
}

/** What Gatekeeper does: what is enforced, and never more than the compiler does. Undefined: it is not asked at all. */
export function policyAction(
  policy: Pick<PolicyDescription, "name" | "severity">,
  policies: Policies,
): "dryrun" | "warn" | "deny" | undefined {
  const level = policyLevel(policy, policies);
  if (level === "off") return undefined;
  return level === "warning" && policies.enforcement === "deny" ? "warn" : policies.enforcement;
}

/** The same for the pull request's checks; nothing where all policies have their own level. */
export const policyLevels = ({ findings, levels }: Policies): { levels?: PolicyData["levels"] } =>
  findings === "own" && Object.keys(levels).length === 0 ? {} : { levels: { findings, policies: levels } };
