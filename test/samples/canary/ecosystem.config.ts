import { canary, defineEcosystem } from "eco-compile";
import { base, web } from "../base.ts";

export default defineEcosystem({
  ...base,
  rollouts: {
    slow: canary({
      steps: [{ weight: 3, pause: "90s" }, { weight: 33, pause: "approval" }, { weight: 66 }],
      analysis: { slos: ["up", "quick"], falseAbort: "2%", falsePass: "3%", detect: { burn: 20, within: "20m" }, agree: 3, against: "stable", bunches: 2, hold: "33m", outage: "7m" },
    }),
  },
  services: {
    api: { ...web, image: "registry.example/crew/api", scaling: { min: 3, max: 8, cpu: "55%" }, slos: ["up", "quick"], traffic: "70/s", rollout: "slow" },
    // A strategy written at the service itself, gating on nothing.
    tail: { ...web, image: "registry.example/crew/tail", rollout: canary({ steps: [{ weight: 45, pause: "6m" }] }) },
  },
});
