import { canary, defineEcosystem, shadow } from "eco-compile";
import { base } from "../../base.ts";

export default defineEcosystem({
  ...base,
  slos: { ...base.slos, "on-paper": { objective: "99%" } },
  rollouts: {
    careful: canary({ steps: [{ weight: 20, pause: "5m" }, { weight: 20, pause: "5m" }, { weight: 10 }], analysis: { slos: ["available"] } }),
    hopeful: canary({ steps: [{ weight: 50 }], analysis: { slos: ["on-paper"] } }),
    mirror: shadow({ duration: "10m", steps: [{ weight: 60 }, { weight: 40 }] }),
  },
  services: {
    ...base.services,
    api: { ...base.services.api, slos: ["available", "on-paper"], rollout: "hopeful" },
    quotes: { ...base.services.api, image: "ghcr.io/acme/quotes", rollout: "mirror" },
  },
});
