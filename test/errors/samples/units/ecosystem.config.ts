import { canary, defineEcosystem } from "eco-compile";
import { base } from "../../base.ts";

export default defineEcosystem({
  ...base,
  clouds: { gcp: { ...base.clouds.gcp, network: { name: "acme-vpc", cidr: "10.0.0.0" } } },
  slos: { available: base.slos.available, fast: { objective: 0.99, window: "30 days", metric: { kind: "latency", threshold: "250" } } },
  rollouts: { careful: canary({ steps: [{ weight: 10, pause: 300 }] }) },
  resilience: {
    environments: ["staging"],
    experiments: { "kill-pods": { kind: "pod-kill", schedule: "every tuesday", duration: "5min", scope: "120%", abortOn: ["available"] } },
  },
  services: {
    ...base.services,
    api: { ...base.services.api, resources: { cpu: "2 cores", memory: "512MB" } },
  },
  budgets: { all: { monthly: "1,200 EUR", alerts: ["half"] } },
});
