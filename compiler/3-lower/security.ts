import type { Ecosystem } from "../config/model/ecosystem.ts";
import type { Cloud } from "../topology/clouds.ts";
import type { Security } from "../topology/security.ts";
import { policyOf } from "../facts/policies.ts";
import { compareNames } from "./resolve.ts";

export function lowerSecurity({ security, checks = {} }: Ecosystem, clouds: readonly Cloud[]): Security {
  return {
    source: "security",
    mesh: { source: "security.mesh", enabled: security.mesh?.enabled ?? true, mtls: security.mesh?.mtls ?? "strict" },
    policies: {
      source: "security.policies",
      enforcement: security.policies?.enforcement ?? "dryrun",
      findings: ["dryrun", "warn"].includes(security.policies?.enforcement ?? "") ? "warning" : "own",
      levels: Object.fromEntries(
        Object.entries(checks)
          .flatMap(([id, level]) => {
            const policy = policyOf(id);
            return policy === undefined ? [] : [[policy, level] as const];
          })
          .sort(([a], [b]) => compareNames(a, b)),
      ),
      exemptNamespaces: [...(security.policies?.exemptNamespaces ?? [])].sort(compareNames),
    },
    allowedRegistries: [...security.allowedRegistries].sort(compareNames),
    ...(security.allowedMachineTypes === undefined
      ? {}
      : { allowedMachineTypes: [...security.allowedMachineTypes].sort(compareNames) }),
    allowedRegions: Object.fromEntries(clouds.map(({ name, regions }) => [name, regions.map((region) => region.name)])),
  };
}
