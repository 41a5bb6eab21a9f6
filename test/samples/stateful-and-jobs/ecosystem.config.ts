import { defineEcosystem } from "eco-compile";
import { base } from "../base.ts";

export default defineEcosystem({
  ...base,
  secrets: { "store-password": { store: "gcp", path: "store-password", keys: ["user", "password"] } },
  services: {
    store: {
      team: "crew",
      kind: "stateful",
      image: "registry.example/crew/store",
      placement: "all",
      command: ["/bin/store"],
      args: ["--dir", "/var/lib/store"],
      ports: { db: { port: 6400, targetPort: 6401, protocol: "tcp" }, stats: { port: 9120, targetPort: 9121 } },
      probes: {
        startup: { kind: "exec", command: ["store", "up"], every: "3s", failures: 40 },
        liveness: { kind: "tcp", port: "db", every: "20s", timeout: "4s", failures: 5, delay: "7s" },
        readiness: { kind: "exec", command: ["store", "ready"], every: "4s" },
      },
      resources: { cpu: "350m", cpuLimit: "1.5", memory: "768Mi", ephemeralStorage: "1Gi" },
      scaling: { min: 3, max: 3 },
      secrets: [{ secret: "store-password", mountPath: "/run/store", env: true }],
      storage: [
        { name: "data", path: "/var/lib/store", size: "30Gi", storageClass: "premium-rwo" },
        { name: "log", path: "/var/log/store", size: "5Gi" },
      ],
      runAsUser: 23456,
      gracePeriod: "95s",
      pauseSelfHeal: true,
      telemetry: { metrics: { port: "stats", path: "/stats" } },
    },
    backup: {
      team: "crew",
      kind: "job",
      image: "registry.example/crew/backup",
      placement: "all",
      schedule: "17 4 * * *",
      dependsOn: [{ service: "store", port: 6400 }],
      egress: [{ host: "backup.example", port: 8443 }],
      writable: [{ path: "/work", size: "2Gi" }],
      resources: { ephemeralStorage: "3Gi" },
      ports: { stats: { port: 9130 } },
      telemetry: { metrics: { port: "stats" } },
    },
    migrate: { team: "crew", kind: "job", image: "registry.example/crew/migrate", placement: "all", config: { env: { STEPS: "all" }, files: { "plan.sql": "select 1;\n" }, mountPath: "/plans" } },
  },
});
