import { defineEcosystem } from "eco-compile";
import { base } from "../../base.ts";

export default defineEcosystem({
  ...base,
  services: {
    ...base.services,
    model: { ...base.services.api, image: "ghcr.io/acme/model", resources: { cpu: "12", memory: "96Gi" } },
    crowd: { ...base.services.api, image: "ghcr.io/acme/crowd", resources: { cpu: "1", memory: "2Gi" }, scaling: { min: 60, max: 60 } },
  },
});
