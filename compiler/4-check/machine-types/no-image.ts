import { SERVICES } from "../../facts/tables/kubernetes.ts";
import { needsOf } from "../../facts/tables/machine-families.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "machine-types/no-image",
  severity: "error",
  summary: "A pool's machines have a node image that drives their accelerators",
  why: "Images of nodes carry the drivers of NVIDIA's GPUs and of AWS's own accelerators. For the others the cloud refuses the pool, or its nodes come up and the part of them that costs most is never seen by Kubernetes.",

  *run({ clusters }, { families }) {
    for (const { name: cluster, cloudKind, existing, nodePools } of clusters) {
      if (existing) continue; // its owner made the pools
      for (const { name, source, machineType } of nodePools) {
        if (needsOf(families(), cloudKind, machineType).image !== null) continue;
        yield {
          at: `${source}.machineType`,
          message: `${cluster}/${name}: no node image of ${SERVICES[cloudKind]} drives the accelerators of ${machineType}`,
          hint: "take a family with NVIDIA's GPUs, or one without accelerators",
        };
      }
    }
  },
});
