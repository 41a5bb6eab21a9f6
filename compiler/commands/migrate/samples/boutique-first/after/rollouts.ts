import { blueGreen, canary, shadow } from "eco-compile";

/** What the services promise. A promise can be no better than what its critical dependencies promise together. */
export const slos = {
  "shop-open": { objective: "99.5%", metric: { kind: "success-rate" } },
  "orders-placed": { objective: "99%", metric: { kind: "success-rate" } },
  dependable: { objective: "99.9%", metric: { kind: "success-rate" } },
  "pages-fast": { objective: "95%", metric: { kind: "latency", threshold: "500ms" } },
  "calls-fast": { objective: "99%", metric: { kind: "latency", threshold: "100ms" } },
} as const;

export const rollouts = {
  /** What customers see: little by little, and a person looks before half of them are served. */
  storefront: canary({
    steps: [{ weight: 5, pause: "5m" }, { weight: 20, pause: "10m" }, { weight: 50, pause: "approval" }],
    analysis: { slos: ["shop-open", "pages-fast"] },
  }),
  /** Read-only calls between services, quick to judge. */
  lookup: canary({
    steps: [{ weight: 10, pause: "2m" }, { weight: 40, pause: "5m" }],
    analysis: { slos: ["dependable", "calls-fast"] },
  }),
  /** Two versions must not take orders side by side. */
  orders: blueGreen({
    prePromotion: { slos: ["orders-placed"] },
    postPromotion: { slos: ["orders-placed"] },
    keepOldFor: "30m",
  }),
  /** gRPC calls are POST requests: `writes` copies them too, which is safe for a service that only reads. */
  rehearsal: shadow({
    duration: "20m",
    mirror: "25%",
    writes: true,
    analysis: { slos: ["dependable"] },
    steps: [{ weight: 25, pause: "5m" }],
  }),
};
