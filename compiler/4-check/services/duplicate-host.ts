import { defineCheck } from "../check.ts";
import { fieldAt } from "../../facts/differences.ts";

export default defineCheck({
  id: "services/duplicate-host",
  severity: "error",
  summary: "A host and path lead to one service of a cluster",
  why: "Requests for it would reach one of the two, whichever route came first.",

  *run({ workloads }) {
    const taken = new Map<string, { name: string; at: string }>();
    for (const workload of workloads) {
      const { name, cluster, exposure } = workload;
      if (exposure === undefined) continue;
      for (const [index, host] of exposure.hosts.entries()) {
        const at = fieldAt(workload, "exposure", "hosts", index);
        const key = [cluster.name, host, exposure.path].join(" ");
        const earlier = taken.get(key);
        if (earlier === undefined) taken.set(key, { name, at });
        else if (earlier.at !== at)
          yield {
            at,
            message: `${name} and ${earlier.name} both answer ${host}${exposure.path} on ${cluster.name}`,
            hint: "give one of them another host or path",
            related: [{ at: earlier.at, message: earlier.name }],
          };
      }
    }
  },
});
