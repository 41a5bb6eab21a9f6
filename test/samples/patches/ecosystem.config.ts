import { canary, defineEcosystem } from "eco-compile";
import { base, web } from "../base.ts";

/** The escape hatch in all its forms: merge and JSON patch, of an object, of a chart's values and of a Terraform root. */
export default defineEcosystem({
  ...base,
  services: { api: { ...web, image: "registry.example/crew/api", rollout: canary({ steps: [{ weight: 30, pause: "2m" }] }) } },
  patches: [
    { target: "argo-rollouts", kind: "Rollout", name: "api", cluster: "one", merge: { spec: { revisionHistoryLimit: 7 } } },
    { target: "argo-rollouts", kind: "Rollout", name: "api", json: [{ op: "add", path: "/spec/progressDeadlineSeconds", value: 1234 }] },
    { target: "helm", kind: "Values", name: "api", merge: { terminationGracePeriodSeconds: 61, annotations: { "crew.example/tier": "gold" } } },
    { target: "terraform", kind: "Terraform", name: "gcp/foundation", merge: { terraform: { required_version: "~> 1.11" } } },
  ],
});
