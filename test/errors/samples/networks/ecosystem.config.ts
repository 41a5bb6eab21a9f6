import { defineEcosystem } from "eco-compile";
import { base } from "../../base.ts";

export default defineEcosystem({
  ...base,
  clouds: {
    gcp: {
      ...base.clouds.gcp,
      regions: {
        "europe-west1": { subnet: { cidr: "10.0.1.0/24" } },
        "europe-west4": { subnet: { cidr: "10.0.1.128/25" } },
        "europe-north1": { subnet: { cidr: "10.9.0.0/24" } },
      },
    },
  },
});
