import { blueGreen, defineEcosystem } from "eco-compile";
import { base, web } from "../base.ts";

export default defineEcosystem({
  ...base,
  rollouts: {
    flip: blueGreen({
      autoPromote: false,
      previewReplicas: 2,
      keepOldFor: "25m",
      smokeTest: { command: ["/bin/smoke", "--all"], args: ["--fast"], env: { LEVEL: "2" }, resources: { cpu: "70m" }, timeout: "3m" },
      prePromotion: { slos: ["up"], traffic: "600/m", hold: "12m" },
      postPromotion: { slos: ["quick"], hold: "14m", agree: 1 },
    }),
  },
  services: { pay: { ...web, image: "registry.example/crew/pay", slos: ["up", "quick"], traffic: "35/s", rollout: "flip" } },
});
