import { canary, defineEcosystem } from "eco-compile";
import { base, web } from "../base.ts";

export default defineEcosystem({
  ...base,
  rollouts: {
    slow: canary({
      steps: [{ weight: 3, pause: "90s" }, { weight: 33, pause: "approval" }, { weight: 66 }],
      analysis: { slos: ["up", "quick"], window: "7m", interval: "40s", count: 9, failureLimit: 2, minimumRequests: 77, noTraffic: "fail" },
    }),
  },
  services: {
    api: { ...web, image: "registry.example/crew/api", scaling: { min: 3, max: 8, cpu: "55%" }, slos: ["up", "quick"], rollout: "slow" },
    // A strategy written at the service itself, gating on nothing.
    tail: { ...web, image: "registry.example/crew/tail", rollout: canary({ steps: [{ weight: 45, pause: "6m" }] }) },
  },
});
