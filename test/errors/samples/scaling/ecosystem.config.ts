import { defineEcosystem, tunable } from "eco-compile";
import { base } from "../../base.ts";

export default defineEcosystem({
  ...base,
  clusters: {
    ...base.clusters,
    test: { ...base.clusters.test, nodePools: { general: { machineType: "e2-standard-4", min: 6, max: 3 } } },
  },
  services: {
    ...base.services,
    web: { ...base.services.web, scaling: { min: tunable({ default: 9, min: 2, max: 6 }), max: 12 } },
    api: { ...base.services.api, scaling: { min: 5, max: 2 } },
  },
});
