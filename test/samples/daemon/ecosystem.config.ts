import { address, defineEcosystem, rolling } from "eco-compile";
import { base, web } from "../base.ts";

const { one } = base.clusters;

/** Daemons on the nodes that take whoever tolerates nothing, on all, and on those of a pool; and who calls the first of them. */
export default defineEcosystem({
  ...base,
  clusters: {
    one: {
      ...one,
      nodePools: {
        ...one.nodePools,
        batch: { machineType: "e2-standard-4", min: 0, max: 3, initial: 0, taints: [{ key: "dedicated", value: "batch", effect: "NoSchedule" }] },
      },
    },
  },
  services: {
    collector: {
      team: "crew",
      kind: "daemon",
      image: "registry.example/crew/collector",
      placement: "all",
      ports: { otlp: { port: 4317, protocol: "grpc" }, stats: { port: 9102 } },
      probes: { liveness: { kind: "grpc", port: "otlp", failures: 6 }, readiness: { kind: "grpc", port: "otlp" } },
      resources: { cpu: "60m", memory: "96Mi" },
      telemetry: { metrics: { port: "stats" } },
      slos: ["up"],
    },
    warmer: {
      team: "crew",
      kind: "daemon",
      image: "registry.example/crew/warmer",
      placement: "all",
      everyNode: true,
      priority: "high",
      writable: [{ path: "/work", size: "32Mi" }],
      rollout: rolling({ maxUnavailable: "25%" }),
      drain: "0s",
      minReady: "15s",
    },
    scratch: { team: "crew", kind: "daemon", image: "registry.example/crew/scratch", placement: "all", pool: "batch", rollout: rolling({ maxSurge: "100%" }) },
    web: {
      ...web,
      image: "registry.example/crew/web",
      dependsOn: [{ service: "collector", port: 4317 }],
      config: { env: { OTLP: address("collector", "otlp") } },
    },
  },
});
