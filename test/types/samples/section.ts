import { defineEcosystem } from "eco-compile";

/** A section that does not exist. TypeScript speaks of it only where nothing inside the sections is wrong. */
export default defineEcosystem({
  name: "acme",
  repository: { url: "https://git.example/acme.git" },
  management: { cluster: "main" },
  clouds: { gcp: { project: "acme-platform", network: { name: "acme", cidr: "10.0.0.0/16" }, regions: { "europe-west1": { subnet: { cidr: "10.0.1.0/24" } } } } },
  environments: { production: {} },
  teams: { shop: { contact: "#shop" } },
  clusters: { main: { cloud: "gcp", region: "europe-west1", environment: "production", nodePools: {} } },
  security: { allowedRegistries: ["ghcr.io/acme/"] },
  services: {},
  budgetz: {}, // ✗ Did you mean to write 'budgets'?
});
