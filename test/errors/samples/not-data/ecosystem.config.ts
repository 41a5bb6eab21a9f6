import { defineEcosystem } from "eco-compile";
import { base } from "../../base.ts";

const shop: { contact: string; lead?: unknown } = { contact: "#team-shop" };
shop.lead = shop;

export default defineEcosystem({
  ...base,
  teams: { ...base.teams, shop },
  services: {
    ...base.services,
    web: { ...base.services.web, config: { env: { STARTED: new Date(0), RATIO: 0 / 0, ON: () => true } } },
  },
});
