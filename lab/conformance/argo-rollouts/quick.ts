/**
 * Releases that take seconds: shorter pauses in the config, and in what is compiled of it a clock that runs faster. All
 * else is the committed output.
 */
import type { Data, KubernetesObject } from "../../cluster/client.ts";

/** A second of the lab is so many of the output: a vote of a minute takes four, two scrapes. */
export const SPEED = 15;

/** A pause must be seen by whoever waits for it. */
const DURATIONS = { pause: "75s", duration: "60s" } as const;

/** Changes a loaded config in place. */
export default function quicken(config: Data): void {
  const own = Object.values(config.services as Data).map(({ rollout }: Data) => rollout);
  for (const strategy of [...Object.values(config.rollouts ?? {}), ...own])
    if (typeof strategy === "object") quickenStrategy(strategy as Data);
}

function quickenStrategy(strategy: Data): void {
  for (const step of strategy.steps ?? [])
    if (step.pause !== undefined && step.pause !== "approval") step.pause = DURATIONS.pause;
  if (strategy.duration !== undefined) strategy.duration = DURATIONS.duration;
}

/** A generated file without what the above changes: pauses, and how far back the votes of a release reach. */
export const timeless = (text: string): string => text.replace(/(duration: )"\d+s"/g, "$1…").replace(/\[\d+s:/g, "[…:");

/** An object as it is for a clock that runs faster: its pauses, intervals and the durations of its queries. */
export function hastened<T extends KubernetesObject>(object: T): T {
  const copy = structuredClone(object) as T & Data;
  switch (copy.kind) {
    case "AnalysisTemplate":
      for (const metric of copy.spec.metrics) {
        metric.interval = faster(metric.interval);
        const { prometheus } = metric.provider;
        prometheus.query = prometheus.query.replace(/(?<=\[|\[\d+s:|offset )\d+[sm](?=[\]:\s)])/g, (duration: string) =>
          faster(duration),
        );
      }
      break;
    case "Rollout": {
      const { canary, blueGreen } = copy.spec.strategy;
      for (const { pause } of canary?.steps ?? []) if (pause?.duration) pause.duration = faster(pause.duration);
      if (blueGreen) blueGreen.scaleDownDelaySeconds = Math.ceil(blueGreen.scaleDownDelaySeconds / SPEED);
      break;
    }
    case "PodMonitor":
      for (const endpoint of copy.spec.podMetricsEndpoints) endpoint.interval = faster(endpoint.interval);
      break;
  }
  return copy;
}

const UNITS = { s: 1000, m: 60_000 } as const;

/** `60s` → `4000ms` */
const faster = (duration: string): string =>
  `${Math.round((Number(duration.slice(0, -1)) * UNITS[duration.slice(-1) as keyof typeof UNITS]) / SPEED)}ms`;
