import { defineCheck } from "../check.ts";
import { experimentUsers } from "../experiment-users.ts";
import { list } from "../placement.ts";

export default defineCheck({
  id: "chaos/http-on-mesh",
  severity: "error",
  summary: "HTTP faults are injected by the mesh in it, and by Chaos Mesh outside of it",
  why: "HTTPChaos takes over a pod's ports, and so does the mesh's proxy: on a meshed pod the two fight, requests bypass the fault or hang after it has ended. Outside of the mesh there is no proxy that could inject anything.",

  *run(topology) {
    for (const [experiment, users] of experimentUsers(topology)) {
      if (experiment.kind !== "http-fault" || experiment.by === undefined) continue;
      const wrong = users.filter(({ meshed }) => meshed !== (experiment.by === "mesh")).map(({ name }) => name);
      if (wrong.length === 0) continue;
      yield {
        at: `${experiment.source}.by`,
        message: `${experiment.name} is injected by ${experiment.by}, and ${list(wrong)} ${new Set(wrong).size > 1 ? "are" : "is"} ${experiment.by === "mesh" ? "not in the mesh" : "in the mesh"}`,
        hint: "leave `by` out: the right one is chosen for each service",
      };
    }
  },
});
