import { defineCheck } from "../check.ts";
import { list, onePerForm, workloadOn } from "../../facts/placement.ts";

export default defineCheck({
  id: "dependencies/unknown-port",
  severity: "error",
  summary: "A dependency names a port that the other service has",
  why: "Network rules open exactly the ports that are declared. A call to another one is refused, and looks like an outage of the other service.",

  *run(topology) {
    // Where it does not run, what it has anywhere.
    const anywhere = new Map(onePerForm(topology).map((workload) => [workload.name, workload]));
    for (const { cluster, dependsOn } of topology.workloads) {
      for (const { source, service, port } of dependsOn) {
        const called = workloadOn(topology, cluster.name, service) ?? anywhere.get(service);
        if (called === undefined) continue;
        const ports = called.kind === "job" ? [] : called.ports; // what a job has is for its metrics alone
        if (ports.some((candidate) => candidate.port === port)) continue;
        yield {
          at: `${source}.port`,
          message: `${service} has no port ${port}`,
          hint:
            ports.length === 0
              ? `${service} ${called.kind === "job" ? "is a job, which takes no calls" : "has no ports at all"}`
              : `its ports are ${list(ports.map((candidate) => `${candidate.port} (${candidate.name})`))}`,
        };
      }
    }
  },
});
