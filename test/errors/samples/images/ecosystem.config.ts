import { defineEcosystem } from "eco-compile";
import { base } from "../../base.ts";

export default defineEcosystem({
  ...base,
  services: {
    ...base.services,
    api: { ...base.services.api, image: "docker.io/somebody/api" },
    web: { ...base.services.web, tag: "latest" },
  },
});
