import { blueGreen, defineEcosystem } from "eco-compile";
import { base, web } from "../base.ts";

export default defineEcosystem({
  ...base,
  rollouts: {
    flip: blueGreen({
      autoPromote: false,
      previewReplicas: 2,
      keepOldFor: "25m",
      prePromotion: { slos: ["up"], window: "4m", noTraffic: "pass" },
      postPromotion: { slos: ["quick"], count: 6, interval: "30s" },
    }),
  },
  services: { pay: { ...web, image: "registry.example/crew/pay", slos: ["up", "quick"], rollout: "flip" } },
});
