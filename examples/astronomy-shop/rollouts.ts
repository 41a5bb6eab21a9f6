import { blueGreen, canary } from "./eco.ts";

/** What customers see: little by little, and a person looks before half of them are served. */
export const storefront = canary({
  steps: [
    { weight: 5, pause: "5m" },
    { weight: 20, pause: "10m" },
    { weight: 50, pause: "approval" },
  ],
  analysis: { slos: ["shop-open", "pages-fast"] },
});

/** Calls that only read, quick to judge. */
export const lookup = canary({
  steps: [
    { weight: 10, pause: "2m" },
    { weight: 40, pause: "5m" },
  ],
  // In staging there is little to judge by, and time.
  analysis: { slos: ["dependable", "calls-fast"], hold: "90m" },
});

/** Two versions must not take orders side by side. */
export const orders = blueGreen({
  postPromotion: { slos: ["orders-placed"], hold: "30m" },
  keepOldFor: "1h",
});
