import { defineCheck } from "../check.ts";
import { machineGroups } from "../../facts/machine-groups.ts";

export default defineCheck({
  id: "machine-types/unknown",
  severity: "warning",
  summary: "Machine types are known by their size",
  why: "A misspelt type fails in the middle of an apply. A real one that is younger than the shipped list only means that nobody can say whether its pool holds its pods.",

  *run(topology, { machines }) {
    for (const { source, name, cloudKind, machineType, region } of machineGroups(topology)) {
      if (topology.security.allowedMachineTypes?.includes(machineType) === false) continue; // machine-types/allowed says so
      if (machines().find(cloudKind, machineType, region) !== undefined) continue;
      yield {
        at: `${source}.machineType`,
        message: `${name}: the size of ${machineType} on ${cloudKind} is not known`,
        idea: `the size of ${machineType} on ${cloudKind} is not known`,
        hint: "check the spelling; its capacity and its cost are left out of the checks",
      };
    }
  },
});
