import { defineCheck } from "../check.ts";
import { list, onePerService } from "../../facts/placement.ts";

export default defineCheck({
  id: "dependencies/unknown-port",
  severity: "error",
  summary: "A dependency names a port that the other service has",
  why: "Network rules open exactly the ports that are declared. A call to another one is refused, and looks like an outage of the other service.",

  *run(topology) {
    const portsOf = new Map(onePerService(topology).map(({ name, ports }) => [name, ports]));
    for (const { dependsOn } of topology.services) {
      for (const { source, service, port } of dependsOn) {
        const ports = portsOf.get(service);
        if (ports === undefined || ports.some((candidate) => candidate.port === port)) continue;
        yield {
          at: `${source}.port`,
          message: `${service} has no port ${port}`,
          hint:
            ports.length === 0
              ? `${service} has no ports at all`
              : `its ports are ${list(ports.map((candidate) => `${candidate.port} (${candidate.name})`))}`,
        };
      }
    }
  },
});
