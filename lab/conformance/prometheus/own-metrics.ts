/**
 * The variant of the reference ecosystem whose services tell metrics of their own: one of each kind, at ports and paths
 * that are not the defaults, and one in the mesh that nobody promises anything of.
 */
import type { Data } from "../../cluster/client.ts";

export const SERVICES = ["orders", "invoices", "ledger", "agent", "report"] as const;
export type Name = (typeof SERVICES)[number];

const PORT = { port: 9102, targetPort: 9103 };
const EXEC = { kind: "exec", command: ["/bin/ask"] };

/** Changes a loaded config in place. */
export default function tellOwnMetrics(config: Data, images: Data): void {
  config.slos.done = {
    objective: "90%",
    metric: {
      kind: "query",
      good: { counter: "work_done_total" },
      total: { counter: "work_total" },
    },
  };
  config.observability.metrics.interval = "1s";
  const service = (change: Data): Data => ({
    team: "shop",
    image: "ghcr.io/acme/told",
    placement: { clusters: ["cluster-paris"] },
    ports: { http: { port: 80, targetPort: 8080 }, metrics: PORT },
    probes: { liveness: { ...EXEC, failures: 6 }, readiness: EXEC },
    resources: { cpu: "10m", memory: "32Mi" },
    telemetry: { metrics: { port: "metrics", path: "/own/metrics" } },
    ...change,
  });
  const added: Record<Name, Data> = {
    orders: service({
      slos: ["done"],
      traffic: "20/s",
      scaling: { min: 1, max: 1 },
      rollout: { kind: "canary", steps: [{ weight: 20, pause: "5m" }], analysis: { slos: ["done"] } },
    }),
    invoices: service({ scaling: { min: 1, max: 1 } }),
    ledger: service({
      kind: "stateful",
      slos: ["done"],
      scaling: { min: 1, max: 1 },
      storage: [{ name: "data", path: "/data", size: "1Gi" }],
    }),
    agent: service({ kind: "daemon", slos: ["done"] }),
    report: service({ kind: "job", slos: ["done"], ports: { metrics: PORT }, probes: undefined }),
  };
  for (const name of SERVICES) {
    config.services[name] = added[name];
    images[name] = { staging: `sha256:${"5e".repeat(32)}` };
  }
}
