import { didYouMean } from "../../diagnostics/suggest.ts";
import { defineCheck } from "../check.ts";
import { machineGroups } from "../../facts/machine-groups.ts";
import { list } from "../../facts/placement.ts";

export default defineCheck({
  id: "machine-types/allowed",
  severity: "error",
  risk: true,
  summary: "Pools and runners use allowed machine types",
  why: "`security.allowedMachineTypes` is what the platform's owners have agreed to pay for and to support; the policies refuse everything else.",

  *run(topology) {
    const allowed = topology.security.allowedMachineTypes;
    if (allowed === undefined) return;
    for (const { source, name, machineType } of machineGroups(topology)) {
      if (allowed.includes(machineType)) continue;
      yield {
        at: `${source}.machineType`,
        message: `${name}: ${machineType} is not allowed`,
        idea: `${machineType} is not allowed`,
        hint: didYouMean(machineType, allowed) ?? `allowed: ${list(allowed)}`,
        related: [{ at: "security.allowedMachineTypes", message: "what is allowed" }],
      };
    }
  },
});
