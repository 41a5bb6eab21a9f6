import { defineEcosystem, tunable } from "eco-compile";
import { base } from "../../base.ts";

export default defineEcosystem({
  ...base,
  services: { ...base.services, web: { ...base.services.web, scaling: { min: tunable({ default: 2, min: 2, max: 4 }), max: 8 } } },
});
