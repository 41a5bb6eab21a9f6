import { blueGreen, canary } from "./eco.ts";

/** What customers see: little by little, and a person looks before half of them are served. */
export const storefront = canary({
  steps: [
    { weight: 5, pause: "5m" },
    { weight: 20, pause: "10m" },
    { weight: 50, pause: "approval" },
  ],
  analysis: { slos: ["shop-open", "pages-fast"], window: "5m", minimumRequests: 50 },
});

/** Calls that only read, quick to judge. */
export const lookup = canary({
  steps: [
    { weight: 10, pause: "2m" },
    { weight: 40, pause: "5m" },
  ],
  analysis: { slos: ["dependable", "calls-fast"], count: 3, failureLimit: 0 },
});

/** Two versions must not take orders side by side. */
export const orders = blueGreen({
  prePromotion: { slos: ["orders-placed"], noTraffic: "pass" },
  postPromotion: { slos: ["orders-placed"], window: "3m" },
  keepOldFor: "30m",
});
