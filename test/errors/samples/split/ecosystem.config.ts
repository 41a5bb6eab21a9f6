import { defineEcosystem } from "eco-compile";
import { base } from "../../base.ts";
import { networks } from "./networks.ts";
import { search } from "./teams/search.ts";
import { shop } from "./teams/shop.ts";

export default defineEcosystem({
  ...base,
  clouds: { gcp: { ...base.clouds.gcp, ...networks } },
  services: { ...base.services, ...shop, ...search },
});
