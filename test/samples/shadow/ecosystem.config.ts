import { defineEcosystem, shadow } from "eco-compile";
import { base, web } from "../base.ts";

export default defineEcosystem({
  ...base,
  rollouts: {
    copies: shadow({ duration: "45m", mirror: "12%", replicas: 3, analysis: { slos: ["up"], minimumRequests: 33 }, steps: [{ weight: 15, pause: "4m" }, { weight: 60, pause: "9m" }] }),
    writes: shadow({ duration: "12m", mirror: "80%", writes: true }),
  },
  services: {
    search: { ...web, image: "registry.example/crew/search", slos: ["up"], rollout: "copies" },
    score: { ...web, image: "registry.example/crew/score", ports: { web: { port: 8000, targetPort: 9000, protocol: "http2" } }, rollout: "writes" },
  },
});
