import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "rollouts/shadow-needs-http",
  severity: "error",
  summary: "A shadow rollout needs an HTTP or gRPC port",
  why: "Only requests can be copied. A TCP stream has none: copies of it would make the new version part of a conversation.",

  *run({ services, workloads }) {
    const http = new Set(
      workloads.filter(({ ports }) => ports.some(({ protocol }) => protocol !== "tcp")).map(({ name }) => name),
    );
    const placed = new Set(workloads.filter(({ ports }) => ports.length > 0).map(({ name }) => name));
    for (const { name, source, strategy } of services) {
      if (strategy.kind !== "shadow" || !placed.has(name) || http.has(name)) continue; // rollouts/needs-port says so of none
      yield {
        at: `${source}.rollout`,
        message: `${name} has a shadow rollout, and no port of it speaks HTTP or gRPC`,
        idea: "a shadow rollout, and no port speaks HTTP or gRPC",
        hint: "use canary() or blueGreen(), or set the port's `protocol`",
        related: [{ at: strategy.source, message: strategy.name }],
      };
    }
  },
});
