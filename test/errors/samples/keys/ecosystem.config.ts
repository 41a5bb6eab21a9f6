import { canary, defineEcosystem } from "eco-compile";
import { base } from "../../base.ts";

export default defineEcosystem({
  ...base,
  budget: { all: { monthly: "100 EUR" } },
  rollouts: {
    careful: canary({ steps: [{ wieght: 10, pause: "5m" }, { weight: 50 }], analysis: { slos: ["available"], falseabort: "2%" } }),
  },
  services: {
    api: base.services.api,
    web: {
      image: "ghcr.io/acme/web",
      placement: "everywhere",
      ports: { http: { port: "80", targetPort: 80800, protocol: "https" } },
      probes: base.services.web.probes,
      replicas: 3,
    },
  },
});
