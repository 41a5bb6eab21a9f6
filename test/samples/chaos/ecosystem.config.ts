import { canary, defineEcosystem } from "eco-compile";
import { base, web } from "../base.ts";

/** Every kind of experiment once. */
export default defineEcosystem({
  ...base,
  rollouts: { steps: canary({ steps: [{ weight: 40, pause: "3m" }], analysis: { slos: ["up"] } }) },
  resilience: {
    environments: ["live"],
    experiments: {
      kills: { kind: "pod-kill", schedule: "5 1 * * 1", duration: "8m", every: "2m", scope: "40%", abortOn: ["up"] },
      slow: { kind: "network-delay", schedule: "5 2 * * 2", duration: "6m", latency: "150ms", jitter: "25ms", abortOn: ["up", "quick"] },
      lossy: { kind: "network-loss", schedule: "5 3 * * 3", duration: "4m", loss: "7.5%", abortOn: ["up"] },
      split: { kind: "network-partition", schedule: "5 4 * * 4", duration: "3m", from: "store", abortOn: ["up"] },
      hot: { kind: "cpu-stress", schedule: "5 5 * * 5", duration: "7m", workers: 3, load: "65%", abortOn: ["up"] },
      full: { kind: "memory-stress", schedule: "5 6 * * 6", duration: "2m", workers: 2, size: "96Mi", abortOn: ["up"] },
      errors: { kind: "http-fault", schedule: "5 7 * * 1", duration: "5m", requests: "11%", status: 504, abortOn: ["up"] },
      delays: { kind: "http-fault", schedule: "5 8 * * 1", duration: "5m", requests: "9%", delay: "350ms", abortOn: ["quick"] },
      names: { kind: "dns-fault", schedule: "5 9 * * 2", duration: "3m", patterns: ["partner.*"], answer: "random", abortOn: ["up"] },
      zone: { kind: "zone-outage", schedule: "5 10 1 * *", duration: "9m", zone: "europe-north1-b", abortOn: ["up"] },
    },
  },
  targets: {
    "chaos-mesh": {
      sloGate: { image: "registry.example/crew/slo-gate", digest: "sha256:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc" },
      httpFault: { image: "registry.example/crew/http-fault", digest: "sha256:dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd" },
    },
  },
  services: {
    shop: {
      ...web,
      image: "registry.example/crew/shop",
      dependsOn: [{ service: "store", port: 6400, critical: false }],
      slos: ["up", "quick"],
      traffic: "90/s",
      rollout: "steps",
      chaos: ["kills", "slow", "lossy", "split", "hot", "full", "errors", "delays", "names", "zone"],
    },
    store: {
      team: "crew",
      kind: "stateful",
      image: "registry.example/crew/store",
      placement: "all",
      ports: { db: { port: 6400, protocol: "tcp" } },
      probes: { liveness: { kind: "tcp", port: "db" }, readiness: { kind: "exec", command: ["store", "ready"] } },
      scaling: { min: 1, max: 1 },
      storage: [{ name: "data", path: "/var/lib/store", size: "3Gi" }],
    },
  },
});
