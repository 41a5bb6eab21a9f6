import { defineEcosystem } from "eco-compile";
import { base } from "../../base.ts";

export default defineEcosystem({
  ...base,
  patches: [
    { target: "argo-rollouts", kind: "Rollout", name: "wbe", merge: { spec: { revisionHistoryLimit: 3 } } },
    { target: "helm", kind: "Values", name: "api", json: [{ op: "replace", path: "/does/not/exist", value: 1 }] },
    { target: "terraform", kind: "Terraform", name: "gcp/foundations", merge: {} },
    { target: "argo-rollouts", kind: "Rollout", name: "web", merge: { spec: { stragety: { canary: {} } } } },
  ],
});
