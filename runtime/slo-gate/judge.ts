import type { Objective } from "./config.ts";

/** What Prometheus said to one query: the values of the series that it answered with, or why there are none. */
export type Answer = { kind: "values"; values: number[] } | { kind: "failed"; reason: QueryFailure; detail: string };

type QueryFailure = "prometheus-unreachable" | "prometheus-timeout" | "prometheus-unreadable" | "query-failed";

type Reason = "breached" | "no-data" | "nan" | "infinite" | "several-series" | "too-few-samples" | QueryFailure;

/** What is answered for one SLO. Without a reason it holds. */
export interface Judgement {
  ok: boolean;
  reason?: Reason;
  detail?: string;
  value?: number;
  samples?: number;
  comparison: Objective["comparison"];
  threshold: number;
  window: string;
}

const HOLDS = {
  gte: (value: number, threshold: number) => value >= threshold,
  lte: (value: number, threshold: number) => value <= threshold,
};

const BEYOND = { gte: "below", lte: "above" };

/**
 * Whether the SLO holds. Whatever is not a plain yes is a no: an experiment must not go on unseen.
 * The count comes first, since a value without traffic behind it says nothing.
 */
export function judge(objective: Objective, value: Answer, samples?: Answer): Judgement {
  const { comparison, threshold, window, minimumSamples } = objective;
  const terms = { comparison, threshold, window };

  const counted = samples && single(samples);
  if (counted?.reason) return { ok: false, ...counted, detail: `counting the samples: ${counted.detail}`, ...terms };
  const count = counted && { samples: counted.value };
  if (minimumSamples && counted && counted.value < minimumSamples.count) {
    return {
      ok: false,
      reason: "too-few-samples",
      detail: `${counted.value} of at least ${minimumSamples.count}`,
      ...count,
      ...terms,
    };
  }

  const measured = single(value);
  if (measured.reason) return { ok: false, ...measured, ...count, ...terms };
  if (!HOLDS[comparison](measured.value, threshold)) {
    const detail = `${measured.value} is ${BEYOND[comparison]} ${threshold}`;
    return { ok: false, reason: "breached", detail, value: measured.value, ...count, ...terms };
  }
  return { ok: true, value: measured.value, ...count, ...terms };
}

type Single = { reason?: undefined; value: number } | { reason: Reason; detail: string };

/** The one finite number that the answer consists of. */
function single(answer: Answer): Single {
  if (answer.kind === "failed") return { reason: answer.reason, detail: answer.detail };
  const [value, ...others] = answer.values;
  if (value === undefined) return { reason: "no-data", detail: "the query answered no series" };
  // Picking one of several would judge a part of the service: the query has to aggregate.
  if (others.length > 0)
    return { reason: "several-series", detail: `the query answered ${answer.values.length} series, not one` };
  if (Number.isNaN(value)) return { reason: "nan", detail: "the query answered NaN, as a ratio without traffic does" };
  if (!Number.isFinite(value)) return { reason: "infinite", detail: `the query answered ${value}` };
  return { value };
}
