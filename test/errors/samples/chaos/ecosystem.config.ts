import { defineEcosystem } from "eco-compile";
import { base } from "../../base.ts";

export default defineEcosystem({
  ...base,
  resilience: {
    environments: ["staging"],
    experiments: {
      "kill-pods": { kind: "pod-kill", schedule: "0 10 * * 2", duration: "5m", abortOn: [] },
      errors: { kind: "http-fault", schedule: "0 11 * * 2", duration: "5m", requests: "10%", status: 503, by: "chaos-mesh", abortOn: ["available"] },
      nothing: { kind: "http-fault", schedule: "0 12 * * 2", duration: "5m", requests: "10%", abortOn: ["available"] },
    },
  },
  services: { ...base.services, web: { ...base.services.web, chaos: ["kill-pods", "errors", "nothing"] } },
});
