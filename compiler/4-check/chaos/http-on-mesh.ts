import { defineCheck } from "../check.ts";
import { groupBy, list } from "../../facts/placement.ts";

export default defineCheck({
  id: "chaos/http-on-mesh",
  severity: "error",
  summary: "HTTP faults of meshed services are injected by the mesh",
  why: "HTTPChaos takes over a pod's ports, and so does the mesh's proxy: on a meshed pod the two fight, and requests bypass the fault or hang after it has ended.",

  *run({ workloads }) {
    const uses = workloads
      .filter(({ meshed }) => meshed)
      .flatMap(({ name, chaos }) => chaos.map(({ experiment }) => ({ experiment, name })));
    for (const [experiment, users] of groupBy(uses, ({ experiment }) => experiment)) {
      if (experiment.kind !== "http-fault" || experiment.by !== "chaos-mesh") continue;
      yield {
        at: `${experiment.source}.by`,
        message: `${experiment.name} is injected by Chaos Mesh's HTTPChaos, and the mesh holds ${list(users.map(({ name }) => name))}`,
        hint: "leave `by` out: the right one is chosen for each service",
      };
    }
  },
});
