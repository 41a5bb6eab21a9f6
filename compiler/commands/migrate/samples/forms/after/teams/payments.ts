import { defineService } from "eco-compile";

export const cart = defineService({
  team: "payments",
  image: "cart",
  // Near the bank.
  placement: { clusters: [
    "ghent", // the bank's
  ] },
  in: {
    // One is enough there.
    staging: {
      scaling: { min: 1, max: 1 },
    },
    production: { config: { env: { STAGE: "production" } } },
  },
});

const proxy = defineService(({ team: "payments", image: "proxy", 'placement': { clusters: ["paris"] as const } }));
export { proxy as "front-proxy" };
