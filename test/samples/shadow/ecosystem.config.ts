import { defineEcosystem, shadow } from "eco-compile";
import { base, web } from "../base.ts";

export default defineEcosystem({
  ...base,
  rollouts: {
    copies: shadow({ duration: "45m", mirror: "12%", replicas: 3, analysis: { slos: ["up"], hold: "44m" }, steps: [{ weight: 15, pause: "4m" }, { weight: 60, pause: "9m" }] }),
    writes: shadow({ duration: "12m", mirror: "80%", writes: true, steps: [{ weight: 25, pause: "approval" }] }),
  },
  services: {
    search: { ...web, image: "registry.example/crew/search", slos: ["up"], traffic: "25/s", rollout: "copies" },
    score: { ...web, image: "registry.example/crew/score", ports: { web: { port: 8000, targetPort: 9000, protocol: "http2" } }, rollout: "writes" },
  },
});
