import { defineCheck } from "../check.ts";
import { fieldAt } from "../../facts/differences.ts";
import { hasRequests } from "../../facts/ports.ts";
import { onePerForm } from "../../facts/placement.ts";

export default defineCheck({
  id: "rollouts/shadow-needs-http",
  severity: "error",
  summary: "A shadow rollout needs an HTTP or gRPC port",
  why: "Only requests can be copied. A TCP stream has none: copies of it would make the new version part of a conversation.",

  *run(topology) {
    for (const workload of onePerForm(topology)) {
      const { name, strategy, ports } = workload;
      // Of none at all, rollouts/needs-port says so.
      if (strategy.kind !== "shadow" || ports.length === 0 || ports.some(hasRequests)) continue;
      yield {
        at: fieldAt(workload, "rollout"),
        message: `${name} has a shadow rollout, and no port of it speaks HTTP or gRPC`,
        idea: "a shadow rollout, and no port speaks HTTP or gRPC",
        hint: "use canary() or blueGreen(), or set the port's `protocol`",
        related: [{ at: strategy.source, message: strategy.name }],
      };
    }
  },
});
