/** What the shop must survive. The load generator is the traffic that the experiments are judged by. */
export const experiments = {
  "lose-pods": { kind: "pod-kill", schedule: "0 9 * * 1-5", duration: "10m", every: "2m", abortOn: ["shop-open"] },
  "slow-calls": { kind: "network-delay", schedule: "30 9 * * 2", duration: "5m", latency: "200ms", jitter: "50ms", abortOn: ["dependable"] },
  "no-cart-store": { kind: "network-partition", from: "redis-cart", schedule: "0 10 * * 3", duration: "3m", scope: "50%", abortOn: ["dependable"] },
  "busy-cpu": { kind: "cpu-stress", workers: 2, load: "80%", schedule: "30 10 * * 4", duration: "5m", abortOn: ["dependable"] },
  "failing-orders": { kind: "http-fault", requests: "10%", status: 503, schedule: "0 11 * * 5", duration: "5m", abortOn: ["orders-placed"] },
} as const;
