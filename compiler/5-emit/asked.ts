import type { Topology } from "../topology/index.ts";
import type { Need } from "./target.ts";

/** What the config itself asks of the targets. */
export function asked({ security, services, workloads }: Topology): Need[] {
  const { mesh } = security;
  return [
    ...(mesh.enabled ? [{ word: "mesh", at: `${mesh.source}.enabled`, what: "the mesh, which is on," }] : []),
    ...services
      .filter(({ strategy }) => strategy.kind !== "rolling")
      .map(({ name, source, strategy }) => ({
        word: "progressive-delivery",
        at: `${source}.rollout`,
        what: `the ${strategy.kind} rollout of ${name}`,
      })),
    ...workloads
      .filter(({ experiments }) => experiments.length > 0)
      .map(({ name, source }) => ({ word: "faults", at: `${source}.chaos`, what: `the experiments on ${name}` })),
  ];
}
