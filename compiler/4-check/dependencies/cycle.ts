import type { Workload } from "../../topology/workloads.ts";
import type { Topology } from "../../topology/index.ts";
import { defineCheck } from "../check.ts";
import { groupBy } from "../../facts/placement.ts";

export default defineCheck({
  id: "dependencies/cycle",
  severity: "error",
  risk: true,
  summary: "Critical dependencies make no circle",
  why: "Services that cannot answer without each other cannot start without each other either: after an outage of all, none comes back by itself. Nor can anybody say what they may promise.",

  *run(topology) {
    for (const cycle of cyclesOf(topology)) {
      const [first, ...rest] = cycle;
      yield {
        at: first!.source,
        message:
          first!.from === first!.to
            ? `${first!.from} depends on itself`
            : `${cycle.map(({ from }) => from).join(" → ")} → ${first!.from} is a circle of critical dependencies`,
        hint: "make one of them `critical: false` where the caller answers without it, or take it out",
        related: rest.map(({ source, from, to }) => ({ at: source, message: `${from} → ${to}` })),
      };
    }
  },
});

interface Edge {
  source: string;
  from: string;
  to: string;
}

/** Services call each other on one cluster: what each of them says there counts. */
function* cyclesOf({ workloads }: Topology): Generator<Edge[]> {
  for (const beside of groupBy(workloads, ({ cluster }) => cluster).values()) yield* criticalCycles(beside);
}

/**
 * One circle for each edge that leads back to where a depth-first walk came from, in order of the services' names:
 * breaking each of them breaks all. The walk keeps its own stack, since chains may be longer than the engine's.
 */
function criticalCycles(workloads: readonly Workload[]): Edge[][] {
  const services = new Map(workloads.map((workload) => [workload.name, workload]));
  const cycles: Edge[][] = [];
  const done = new Set<string>();
  const edgesOf = ({ name, dependsOn }: Workload): Edge[] =>
    dependsOn
      .filter(({ critical, peer }) => critical && peer !== undefined)
      .map(({ source, service }) => ({ source, from: name, to: service }));
  for (const start of workloads) {
    if (done.has(start.name)) continue;
    const depth = new Map([[start.name, 0]]);
    const path: Edge[] = [];
    const stack = [{ name: start.name, edges: edgesOf(start) }];
    while (stack.length > 0) {
      const { name, edges } = stack.at(-1)!;
      const edge = edges.shift();
      if (edge === undefined) {
        stack.pop();
        path.pop();
        depth.delete(name);
        done.add(name);
        continue;
      }
      const back = depth.get(edge.to);
      if (back !== undefined) cycles.push(fromSmallest([...path.slice(back), edge]));
      if (back !== undefined || done.has(edge.to)) continue;
      depth.set(edge.to, stack.length);
      path.push(edge);
      stack.push({ name: edge.to, edges: edgesOf(services.get(edge.to)!) });
    }
  }
  return cycles;
}

/** The same circle is told the same way, wherever the walk entered it. */
function fromSmallest(cycle: Edge[]): Edge[] {
  const smallest = cycle.reduce((best, { from }, index) => (from < cycle[best]!.from ? index : best), 0);
  return [...cycle.slice(smallest), ...cycle.slice(0, smallest)];
}
