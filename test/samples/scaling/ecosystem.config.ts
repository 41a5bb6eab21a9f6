import { address, canary, defineEcosystem } from "eco-compile";
import { base, web } from "../base.ts";

/** Scaled by CPU, by memory at a pace of its own, by hours and metrics, and by a queue, from no pods at all. */
export default defineEcosystem({
  ...base,
  secrets: { broker: { store: "vault", path: "kv/broker", keys: ["user", "password"] } },
  services: {
    front: { ...web, image: "registry.example/crew/front", scaling: { min: 3, max: 9, cpu: "65%" } },
    cache: {
      ...web,
      image: "registry.example/crew/cache",
      scaling: {
        min: 3,
        max: 9,
        memory: "80%",
        up: { after: "30s", atMost: { pods: 3, share: "40%", every: "45s" } },
        down: { after: "20m", atMost: { pods: 1, every: "5m" } },
      },
    },
    desk: {
      ...web,
      image: "registry.example/crew/desk",
      rollout: canary({ steps: [{ weight: 20, pause: "8m" }] }),
      scaling: {
        min: 3,
        max: 12,
        cpu: "55%",
        triggers: {
          asked: { kind: "prometheus", query: 'sum(rate(istio_requests_total{destination_workload="desk"}[2m]))', perPod: 40 },
          hours: { kind: "schedule", from: "30 7 * * 1-5", to: "0 19 * * 1-5", timeZone: "Europe/Berlin", pods: 6 },
        },
      },
    },
    worker: {
      team: "crew",
      image: "registry.example/crew/worker",
      placement: "all",
      probes: { liveness: { kind: "exec", command: ["/bin/alive"] } },
      scaling: {
        min: 0,
        max: 20,
        down: { after: "3m" },
        triggers: {
          orders: {
            kind: "kafka",
            brokers: [address("broker"), "kafka.sample.example:9093"],
            group: "worker",
            topic: "orders",
            perPod: 250,
            wakeAbove: 10,
            login: {
              mechanism: "scram-sha-512",
              username: { secret: "broker", key: "user" },
              password: { secret: "broker", key: "password" },
            },
          },
          parcels: {
            kind: "rabbitmq",
            broker: address("rabbit"),
            queue: "parcels",
            perPod: 30,
            wakeAbove: 3,
            tls: false,
            login: { username: { secret: "broker", key: "user" }, password: { secret: "broker", key: "password" } },
          },
          returns: {
            kind: "rabbitmq",
            broker: "rabbit.sample.example:15671",
            queue: "returns/late",
            virtualHost: "shop",
            mode: "rate",
            perPod: 12,
            login: { username: { secret: "broker", key: "user" }, password: { secret: "broker", key: "password" } },
          },
          public: { kind: "kafka", brokers: [address("broker")], group: "worker", topic: "hints", perPod: 500, tls: false },
        },
      },
    },
    rabbit: {
      team: "crew",
      kind: "stateful",
      image: "registry.example/crew/rabbit",
      placement: "all",
      ports: { amqp: { port: 5672, protocol: "tcp" } },
      probes: { liveness: { kind: "tcp", port: "amqp", failures: 6 }, readiness: { kind: "tcp", port: "amqp" } },
      scaling: { min: 1, max: 1 },
      storage: [{ name: "data", path: "/var/lib/rabbitmq", size: "8Gi" }],
    },
    broker: {
      team: "crew",
      kind: "stateful",
      image: "registry.example/crew/broker",
      placement: "all",
      ports: { kafka: { port: 9092, targetPort: 19092, protocol: "tcp" } },
      probes: { liveness: { kind: "tcp", port: "kafka", failures: 6 }, readiness: { kind: "tcp", port: "kafka" } },
      scaling: { min: 1, max: 1 },
      storage: [{ name: "log", path: "/log", size: "20Gi" }],
    },
  },
});
