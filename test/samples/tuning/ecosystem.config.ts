import { canary, defineEcosystem, tunable } from "eco-compile";
import { base, web } from "../base.ts";

/** Values that the optimizer may change: one as it was written, three as accepted proposals set them. */
export default defineEcosystem({
  ...base,
  rollouts: { steps: canary({ steps: [{ weight: tunable({ default: 10, min: 5, max: 30, step: 5 }), pause: "3m" }, { weight: 70, pause: "3m" }] }) },
  clusters: { one: { ...base.clusters.one, nodePools: { main: { machineType: "e2-standard-8", min: tunable({ default: 4, min: 3, max: 6 }), max: 8 } } } },
  services: {
    api: {
      ...web,
      image: "registry.example/crew/api",
      resources: { cpu: tunable({ default: "200m", min: "100m", max: "900m" }), memory: "320Mi" },
      scaling: { min: tunable({ default: 2, min: 2, max: 5 }), max: tunable({ default: 6, min: 6, max: 15 }) },
      rollout: "steps",
    },
  },
});
