import { defineEcosystem, tunable } from "eco-compile";

const region = "europe-west1";
const image = `registry.example.com/${"web"}` as const;
const key = "computed";

enum Tier {
  Small = "e2-small",
  Medium = "e2-medium",
}

export default defineEcosystem({
  clouds: {
    gcp: { regions: [region, "europe-west2"], project: process.env["NOT_SET"] ?? "acme" },
  },
  services: {
    web: {
      image,
      "odd key": { "a.b/c": 1 },
      [key]: { inner: [1, [2, 3]] },
      [`${key}2`]: true,
      ports: [{ port: 80 /* http */ }, { port: 443 }],
      replicas: tunable({ default: 3, min: 2, max: 20 }),
      tier: Tier.Medium,
      limits: (process.env["NOT_SET"] ? { cpu: "1" } : { cpu: "2" }) satisfies object,
      labels: { "": "empty", 7: "seven" } as const,
    },
  },
});
