import { defineCheck } from "../../4-check/check.ts";
import { onePerForm } from "../../facts/placement.ts";
import { transportOf } from "../../facts/ports.ts";

/** https://istio.io/latest/docs/ops/deployment/application-requirements/#ports-used-by-istio */
const TAKEN: Readonly<Record<number, string>> = {
  15_000: "Envoy's administration",
  15_001: "Envoy's outgoing traffic",
  15_002: "a probe of the ports",
  15_004: "debugging",
  15_006: "Envoy's incoming traffic",
  15_008: "tunnels of the mesh",
  15_020: "the metrics of agent, proxy and application",
  15_021: "the proxy's health",
  15_053: "DNS",
  15_090: "the proxy's metrics",
};

export default defineCheck({
  id: "istio/proxy-port",
  severity: "error",
  summary: "In the mesh, no container listens on a port of its pod's proxy",
  why: "They share one network, in which a port has one listener: whichever starts second fails. Metrics at the agent's own port would besides be taken for ones that it hands on already, and never be asked for.",

  *run(topology) {
    for (const { name, ports, meshed } of onePerForm(topology)) {
      if (!meshed) continue;
      for (const port of ports) {
        const use = TAKEN[port.targetPort];
        if (use === undefined || transportOf(port) === "UDP") continue;
        yield {
          at: port.source,
          message: `${name}: the container would listen on ${port.targetPort}, where its proxy has ${use}`,
          idea: `a container would listen on ${port.targetPort}, where its proxy has ${use}`,
          hint: "let it listen on another port, and say which with `targetPort`; callers keep `port`",
        };
      }
    }
  },
});
