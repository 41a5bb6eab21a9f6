import { defineEcosystem } from "eco-compile";
import { base } from "../../base.ts";

export default defineEcosystem({
  ...base,
  slos: { ...base.slos, flawless: { objective: "99.99%", metric: { kind: "success-rate" } } },
  services: {
    web: { ...base.services.web, slos: ["available", "flawless"], dependsOn: [{ service: "api", port: 80 }] },
    api: { ...base.services.api, dependsOn: [{ service: "ledger", port: 80 }] },
    ledger: { ...base.services.api, image: "ghcr.io/acme/ledger", dependsOn: [{ service: "api", port: 80 }, { service: "web", port: 8080 }] },
  },
});
