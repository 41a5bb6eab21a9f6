import { defineService } from "eco-compile";

export const cart = defineService({
  team: "payments",
  image: "cart",
  // Near the bank.
  placement: [
    "ghent", // the bank's
  ],
  overrides: [
    // One is enough there.
    {
      environment: "staging",
      scaling: { min: 1, max: 1 },
    },
    { config: { env: { STAGE: "production" } }, environment: "production" },
  ],
});

const proxy = defineService(({ team: "payments", image: "proxy", 'placement': ["paris"] as const }));
export { proxy as "front-proxy" };
