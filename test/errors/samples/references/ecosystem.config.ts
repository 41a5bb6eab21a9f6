import { canary, defineEcosystem } from "eco-compile";
import { base } from "../../base.ts";

export default defineEcosystem({
  ...base,
  management: { cluster: "mian" },
  environments: { staging: {}, production: { after: "stagign" } },
  clusters: { ...base.clusters, main: { ...base.clusters.main, region: "europe-west9" } },
  rollouts: { careful: canary({ steps: [{ weight: 10 }], analysis: { slos: ["avialable"] } }) },
  resilience: {
    environments: ["stage"],
    experiments: { "kill-pods": { kind: "pod-kill", schedule: "0 10 * * 2", duration: "5m", abortOn: ["quick"] } },
  },
  services: {
    ...base.services,
    web: {
      ...base.services.web,
      team: "shops",
      placement: { clusters: ["main", "tset"] },
      secrets: [{ secret: "stripe" }],
      dependsOn: [{ service: "apis", port: 80 }],
      slos: ["available", "fsat"],
      rollout: "carefull",
      chaos: ["kill-pod"],
    },
  },
  budgets: { shop: { scope: { team: "shpo" }, monthly: "900 EUR", route: "shoop" } },
});
