import { defineCheck } from "../check.ts";
import { list } from "../../facts/placement.ts";
import { isCountedByMesh } from "../slo-metrics.ts";

export default defineCheck({
  id: "rollouts/needs-mesh",
  severity: "error",
  summary: "Without the mesh nothing is mirrored, and no requests are counted",
  why: "Copies of requests and the request counts behind success rates and latencies come from the mesh's proxies. Without them a shadow rollout sees nothing, and an SLO has no data.",

  *run(topology) {
    if (topology.security.mesh.enabled) return;
    const shadows = [...new Set(topology.workloads.map(({ strategy }) => strategy))].filter(
      ({ kind }) => kind === "shadow",
    );
    const promised = new Set(topology.workloads.flatMap(({ slos }) => slos));
    const counted = [...promised].filter(isCountedByMesh);
    if (shadows.length + counted.length === 0) return;
    const needs = [
      ...(shadows.length > 0 ? [`strategy ${list(shadows.map(({ name }) => name))}`] : []),
      ...(counted.length > 0 ? [`SLO ${list(counted.map(({ name }) => name))}`] : []),
    ];
    yield {
      at: `${topology.security.mesh.source}.enabled`,
      message: `the mesh is off, and ${needs.join(" and ")} ${shadows.length + counted.length > 1 ? "need" : "needs"} it`,
      hint: 'turn the mesh on; or count SLOs with a query of your own (kind: "query") and mirror nothing',
      related: [...shadows, ...counted].map(({ name, source }) => ({ at: source, message: name })),
    };
  },
});
