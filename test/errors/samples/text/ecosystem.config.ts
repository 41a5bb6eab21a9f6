import { defineEcosystem } from "eco-compile";
import { base } from "../../base.ts";

export default defineEcosystem({
  ...base,
  services: {
    ...base.services,
    web: { ...base.services.web, config: { env: { GREETING: "Cafe\u0301", BROKEN: "half \ud83d of a pair" } } },
  },
});
