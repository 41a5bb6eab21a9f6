import { blueGreen, canary, shadow } from "./eco.ts";

/** What customers see: little by little, and a person looks before half of them are served. */
export const storefront = canary({
  steps: [
    { weight: 5, pause: "5m" },
    { weight: 20, pause: "10m" },
    { weight: 50, pause: "approval" },
  ],
  analysis: { slos: ["shop-open", "pages-fast"] },
});

/** Read-only calls between services, quick to judge. */
export const lookup = canary({
  steps: [
    { weight: 10, pause: "2m" },
    { weight: 40, pause: "5m" },
  ],
  analysis: { slos: ["dependable", "calls-fast"] },
});

/** Two versions must not take orders side by side. */
export const orders = blueGreen({
  prePromotion: { slos: ["orders-placed"] },
  postPromotion: { slos: ["orders-placed"] },
  keepOldFor: "30m",
});

/** gRPC calls are POST requests: `writes` copies them too, which is safe for a service that only reads. */
export const rehearsal = shadow({
  duration: "20m",
  mirror: "25%",
  writes: true,
  analysis: { slos: ["dependable"] },
  steps: [{ weight: 25, pause: "5m" }],
});
