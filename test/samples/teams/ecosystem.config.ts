import { defineEcosystem } from "eco-compile";
import { base, web } from "../base.ts";

/** A team with a quota, limits and a priority, otherwise in one environment and on one cluster; and one without. */
export default defineEcosystem({
  ...base,
  environments: { trial: {}, live: { after: "trial" } },
  clusters: { ...base.clusters, two: { ...base.clusters.one, environment: "trial" } },
  teams: {
    crew: {
      contact: "#crew",
      namespace: "crew-apps",
      priority: "high",
      quota: { cpu: "12500m", memory: "24Gi", pods: 60, volumes: 3, storage: "90Gi" },
      limits: { max: { cpu: "3", memory: "3Gi" }, default: { cpu: "70m", memory: "90Mi" } },
      in: { trial: { priority: "low", quota: { cpu: "4", volumes: null, storage: null } } },
      on: { two: { quota: { pods: 30 }, limits: null } },
    },
    others: { contact: "#others" },
  },
  services: {
    front: { ...web, image: "registry.example/crew/front", resources: { cpu: "300m", memory: "400Mi" } },
    desk: { ...web, image: "registry.example/crew/desk", priority: "normal" },
    store: {
      team: "crew",
      kind: "stateful",
      image: "registry.example/crew/store",
      placement: { clusters: ["one"] },
      probes: { liveness: { kind: "exec", command: ["/bin/alive"] } },
      scaling: { min: 3, max: 3 },
      storage: [{ name: "log", path: "/log", size: "30Gi" }],
    },
    report: { team: "others", kind: "job", image: "registry.example/others/report", placement: "all", schedule: "0 4 * * *" },
  },
  security: { ...base.security, allowedRegistries: ["registry.example/crew/", "registry.example/others/"] },
});
