/** What the services promise. A promise can be no better than what its critical dependencies promise together. */
export const slos = {
  "shop-open": { objective: "99.5%", metric: { kind: "success-rate" } },
  "orders-placed": { objective: "99%", metric: { kind: "success-rate" } },
  dependable: { objective: "99.9%", metric: { kind: "success-rate" } },
  "pages-fast": { objective: "95%", metric: { kind: "latency", threshold: "1s" } },
  "calls-fast": { objective: "99%", metric: { kind: "latency", threshold: "250ms" } },
} as const;
