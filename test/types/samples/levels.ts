import { defineEcosystem } from "eco-compile";
import good from "./good.ts";

/** The editor knows the ids of checks, and what a level may be. */
export const misspelt = defineEcosystem({
  ...good,
  checks: {
    "images/digest-in-production": "warning",
    "policy/probes": "off",
    "images/digest-in-prodution": "off", // ✗ does not exist in type 'Levels'
  },
});

export default defineEcosystem({
  ...good,
  checks: {
    "scaling/single-replica-in-production": "of", // ✗ Type '"of"' is not assignable
  },
  ignore: [
    { check: "scaling/single-replica-in-production", at: "services.*", reason: "read only", until: "2027-03-31" },
    { check: "scaling/single-replica-in-prod", at: "services.*", reason: "read only" }, // ✗ "scaling/single-replica-in-production"
    { check: "scaling/single-replica-in-production", at: "services.*" }, // ✗ reason
  ],
});
