import { defineEcosystem, defineService } from "eco-compile";
import budgets from "./budgets.json" with { type: "json" };
import { networks as shared, CIDR } from "./networks.ts";
import * as payments from "./teams/payments.ts";
import search, { limits } from "./teams/search.mts";

export default defineEcosystem({
  networks: shared,
  services: { ...payments.services, search, ...{ extra: { limits } } },
  cidr: CIDR,
  budgets,
  wrapped: defineService(budgets),
});
