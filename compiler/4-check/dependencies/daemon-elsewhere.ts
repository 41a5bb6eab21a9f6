import { poolsOf } from "../../facts/node-pools.ts";
import { list, workloadOn } from "../../facts/placement.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "dependencies/daemon-elsewhere",
  severity: "error",
  risk: true,
  summary: "Who calls a daemon runs where it has a pod",
  why: "A call of a daemon goes to the pod of the caller's own node (`internalTrafficPolicy: Local`), and is dropped where there is none, however many there are on other nodes.",

  *run(topology) {
    for (const caller of topology.workloads) {
      for (const { source, service } of caller.dependsOn) {
        const called = workloadOn(topology, caller.cluster.name, service);
        if (called === undefined || called.kind !== "daemon") continue;
        const there = poolsOf(called);
        const without = poolsOf(caller).filter((pool) => !there.includes(pool));
        if (without.length === 0) continue;
        const pools = list(without.map(({ name }) => name));
        yield {
          at: source,
          message: `${caller.name} may run on nodes of ${pools}, where ${service} has no pod`,
          idea: `${service} has no pod on some nodes of its callers`,
          hint: `let ${service} be on them too, with \`everyNode\` or without its \`pool\`, or give ${caller.name} the \`pool\` of ${service}`,
          related: [{ at: called.source, message: service }],
        };
      }
    }
  },
});
