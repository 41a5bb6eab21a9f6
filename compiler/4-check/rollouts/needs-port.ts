import { defineCheck } from "../check.ts";
import { onePerForm } from "../../facts/placement.ts";
import { fieldAt } from "../../facts/differences.ts";

export default defineCheck({
  id: "rollouts/needs-port",
  severity: "error",
  summary: "A service with a progressive rollout has a port",
  why: "Canaries, previews and shadows move traffic between Services, and a Service needs a port. The mesh shares out connections and requests, and passes UDP by. What only pulls its work from a queue has no traffic to move.",

  *run(topology) {
    for (const workload of onePerForm(topology)) {
      const { name, kind, strategy, ports } = workload;
      if (strategy.kind === "rolling" || kind !== "service") continue;
      // A shadow's requests are the business of rollouts/shadow-needs-http; blue and green have selectors.
      if (strategy.kind === "canary" && ports.length > 0 && ports.every(({ protocol }) => protocol === "udp"))
        yield {
          at: fieldAt(workload, "rollout"),
          message: `${name} has a canary rollout and UDP ports alone, whose traffic nothing shares out`,
          idea: "a canary rollout and UDP ports alone",
          hint: "use blueGreen() or rolling()",
        };
      if (ports.length > 0) continue;
      yield {
        at: fieldAt(workload, "rollout"),
        message: `${name} has a ${strategy.kind} rollout and no port`,
        idea: `a ${strategy.kind} rollout and no port`,
        hint: "declare its ports, or use rolling()",
      };
    }
  },
});
