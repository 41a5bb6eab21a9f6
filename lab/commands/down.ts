import { endRun, isLeftOver, processesOf, runs } from "../run.ts";

/**
 * `npm run lab -- down [cluster...]`: ends what `up` started, and whatever a crashed run has left. A run of a living
 * process is let be.
 */
export function downCommand(names: readonly string[]): void {
  const ending = runs().filter(
    (run) => isLeftOver(run) || (run.detached && (names.length === 0 || names.includes(run.name))),
  );
  for (const run of ending) {
    const count = processesOf(run).length;
    endRun(run);
    console.log(`${run.name}: ${count} processes ended${isLeftOver(run) ? " of a run that was left" : ""}`);
  }
  const strangers = names.filter((name) => !ending.some((run) => run.name === name));
  if (strangers.length > 0) throw new Error(`not up: ${strangers.join(", ")}`);
  if (ending.length === 0) console.log("nothing is up");
}
