/** What the shop must survive. The load generator is the traffic that the experiments are judged by. */
export const experiments = {
  "lose-pods": { kind: "pod-kill", schedule: "0 9 * * 1-5", duration: "10m", every: "2m", abortOn: ["shop-open"] },
  // An order counts when the customer has it; the books may follow later.
  "no-broker": {
    kind: "network-partition",
    from: "kafka",
    schedule: "0 10 * * 3",
    duration: "3m",
    abortOn: ["orders-placed"],
  },
  "no-flags": {
    kind: "network-partition",
    from: "flagd",
    schedule: "30 10 * * 3",
    duration: "5m",
    scope: "50%",
    abortOn: ["dependable"],
  },
  "slow-calls": {
    kind: "network-delay",
    schedule: "30 9 * * 2",
    duration: "5m",
    latency: "100ms",
    jitter: "30ms",
    abortOn: ["dependable"],
  },
} as const;
