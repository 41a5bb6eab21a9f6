import { defineEcosystem } from "eco-compile";

export default defineEcosystem({
  name: "acme",
  environments: { staging: {}, production: { after: "staging" },
  teams: { shop: { contact: "#shop" } },
});
