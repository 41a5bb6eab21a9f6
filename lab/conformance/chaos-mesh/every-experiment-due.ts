/**
 * The variant of a config in which every experiment is due at one minute, as it is and once more in brief. Nothing else
 * is changed: `schedule` of each experiment, and a second one beside it that lasts hardly longer than the config may
 * say.
 */
import type { Data } from "../../cluster/client.ts";

/** Stands for the minute, which only a running suite knows: the compiler hands a schedule on as it is written. */
export const SCHEDULE = "7 3 * * *";

export const SUFFIX = "-brief";

export default function everyExperimentDue(config: Data): void {
  const experiments = Object.entries(config.resilience.experiments as Record<string, Data>);
  config.resilience.experiments = Object.fromEntries([
    ...experiments.map(([name, experiment]): [string, Data] => [name, { ...experiment, schedule: SCHEDULE }]),
    ...experiments.map(brief),
  ]);
  for (const service of Object.values(config.services as Record<string, Data>))
    if (service.chaos) service.chaos = [...service.chaos, ...service.chaos.map((name: string) => `${name}${SUFFIX}`)];
}

const brief = ([name, experiment]: [string, Data]): [string, Data] => [
  `${name}${SUFFIX}`,
  {
    ...experiment,
    schedule: SCHEDULE,
    ...(experiment.kind === "pod-kill" ? { duration: "45s", every: "10s" } : { duration: "30s" }),
  },
];
