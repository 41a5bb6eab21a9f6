/**
 * A config whose releases take seconds: the same strategies, SLOs and services with shorter pauses and windows, and
 * nothing else.
 */
import type { Data } from "../../cluster/client.ts";

/**
 * A pause must be seen by whoever waits for it. A window must hold some scrapes: Prometheus takes up to 5 s until it
 * knows of a new pod, and on a busy machine a scrape takes more than a second.
 */
const DURATIONS = {
  pause: "5s",
  duration: "4s",
  window: "30s",
  interval: "1s",
  keepOldFor: "75s",
  scrapes: "2s",
} as const;

/** Changes a loaded config in place. */
export default function quicken(config: Data): void {
  const own = Object.values(config.services as Data).map(({ rollout }: Data) => rollout);
  for (const strategy of [...Object.values(config.rollouts ?? {}), ...own])
    if (typeof strategy === "object") quickenStrategy(strategy as Data);
  config.observability = {
    ...config.observability,
    metrics: { ...config.observability?.metrics, interval: DURATIONS.scrapes },
  };
}

function quickenStrategy(strategy: Data): void {
  for (const step of strategy.steps ?? [])
    if (step.pause !== undefined && step.pause !== "approval") step.pause = DURATIONS.pause;
  if (strategy.duration !== undefined) strategy.duration = DURATIONS.duration;
  if (strategy.kind === "blue-green") strategy.keepOldFor = DURATIONS.keepOldFor;
  for (const field of ["analysis", "prePromotion", "postPromotion"])
    if (strategy[field]) Object.assign(strategy[field], { window: DURATIONS.window, interval: DURATIONS.interval });
}

/** A generated file without the durations that the above changes: pauses, windows in queries, intervals, delays. */
export const timeless = (text: string): string =>
  text
    .replace(/((?:duration|interval|initialDelay|scrape_interval): )"\d+s"/g, "$1…")
    .replace(/\[\d+s\]/g, "[…]")
    .replace(/(scaleDownDelaySeconds: )\d+/g, "$1…");
