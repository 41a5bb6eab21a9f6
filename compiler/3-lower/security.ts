import type { Ecosystem } from "../config/model/ecosystem.ts";
import type { Cloud } from "../topology/clouds.ts";
import type { Security } from "../topology/security.ts";
import { compareNames } from "./resolve.ts";

export function lowerSecurity({ security }: Ecosystem, clouds: readonly Cloud[]): Security {
  return {
    source: "security",
    mesh: { source: "security.mesh", enabled: security.mesh?.enabled ?? true, mtls: security.mesh?.mtls ?? "strict" },
    policies: {
      source: "security.policies",
      enforcement: security.policies?.enforcement ?? "dryrun",
      exemptNamespaces: [...(security.policies?.exemptNamespaces ?? [])].sort(compareNames),
    },
    allowedRegistries: [...security.allowedRegistries].sort(compareNames),
    ...(security.allowedMachineTypes === undefined
      ? {}
      : { allowedMachineTypes: [...security.allowedMachineTypes].sort(compareNames) }),
    allowedRegions: Object.fromEntries(clouds.map(({ name, regions }) => [name, regions.map((region) => region.name)])),
  };
}
