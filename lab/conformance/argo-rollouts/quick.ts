/** Releases that take seconds: the committed output with short pauses, for a clock that runs faster. */
import type { Data, KubernetesObject } from "../../cluster/client.ts";

/** A second of the lab is so many of the output: a vote of a minute takes four, two scrapes. */
const SPEED = 15;

/** A pause must be seen by whoever waits for it. The promise follows from the config's pauses, and stays what it is. */
const PAUSE = "5s";

/** An object with short pauses, and with intervals and durations of queries for a clock that runs faster. */
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
      for (const { pause } of canary?.steps ?? []) if (pause?.duration) pause.duration = PAUSE;
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
