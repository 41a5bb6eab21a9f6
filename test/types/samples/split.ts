import { defineEcosystem, defineService } from "eco-compile";
import { billing } from "./billing.ts";
import { probes } from "./fragments.ts";

/** A service of another file refers to names that are not declared here: the error stands where it is used. */
export default defineEcosystem({
  name: "acme",
  repository: { url: "https://git.example/acme.git" },
  management: { cluster: "main" },
  clouds: { gcp: { project: "acme-platform", network: { name: "acme", cidr: "10.0.0.0/16" }, regions: { "europe-west1": { subnet: { cidr: "10.0.1.0/24" } } } } },
  environments: { production: {} },
  teams: { shop: { contact: "#shop" } },
  clusters: { main: { cloud: "gcp", region: "europe-west1", environment: "production", nodePools: {} } },
  secrets: { key: { store: "vault", path: "kv/key" } },
  slos: { available: { objective: "99.9%" } },
  resilience: { environments: [], experiments: { kill: { kind: "pod-kill", schedule: "0 3 * * 1", duration: "5m", abortOn: ["available"] } } },
  security: { allowedRegistries: ["ghcr.io/acme/"] },
  services: {
    billing, // ✗ Type '"fast"' is not assignable
    api: defineService({ team: "shop", image: "ghcr.io/acme/api", placement: "all", probes }),
    web: defineService({ team: "shopp", image: "ghcr.io/acme/web", placement: "all", probes }), // ✗ Type '"shopp"' is not assignable
  },
});
