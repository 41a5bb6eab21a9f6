import { join } from "node:path";
import { isLeftOver, processesOf, runs } from "../run.ts";

/** What runs now, a line each: part of `npm run lab -- status`. */
export function runningLines(): string[] {
  const all = runs();
  if (all.length === 0) return ["nothing is up"];
  return all.map((run) => {
    const names = processesOf(run)
      .map(({ name }) => name)
      .sort()
      .join(", ");
    const state = isLeftOver(run)
      ? "left by a crash; npm run lab -- down ends it"
      : run.detached
        ? `KUBECONFIG=${join(run.folder, "kubeconfig")}`
        : `of process ${run.owner.pid}`;
    return `${run.name}: ${names || "nothing runs"} (${state})`;
  });
}
