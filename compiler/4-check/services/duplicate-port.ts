import { defineCheck } from "../check.ts";
import { onePerForm } from "../../facts/placement.ts";

export default defineCheck({
  id: "services/duplicate-port",
  severity: "error",
  summary: "A service names each port number once",
  why: "Kubernetes refuses a Service with the same port twice; a caller could not say which of the two it means.",

  *run(topology) {
    for (const { name, ports } of onePerForm(topology)) {
      for (const [index, { name: portName, port, source }] of ports.entries()) {
        const earlier = ports.slice(0, index).find((other) => other.port === port);
        if (earlier === undefined) continue;
        yield {
          at: `${source}.port`,
          message: `${name}: ${portName} and ${earlier.name} are both port ${port}`,
          hint: "give one another number; `targetPort` may stay",
          related: [{ at: `${earlier.source}.port`, message: earlier.name }],
        };
      }
    }
  },
});
