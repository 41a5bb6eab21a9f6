import type { Answer } from "./judge.ts";

export interface PrometheusOptions {
  url: string;
  /** Milliseconds for one query, waiting for its turn included. */
  timeout: number;
  concurrency: number;
  /** Milliseconds that an answer serves further askers. */
  cacheFor: number;
  /** Told about each query that was really asked. */
  observe?: (answer: Answer, seconds: number) => void;
}

export type Ask = (query: string) => Promise<Answer>;

/** One number needs some 200 bytes; a query that forgot to aggregate must not fill the memory. */
const LARGEST_BODY = 256 * 1024;

/** Asks instant queries: each at most once at a time and once per `cacheFor`, and few of them side by side. */
export function prometheus({ url, timeout, concurrency, cacheFor, observe }: PrometheusOptions): Ask {
  const inTurn = limited(concurrency);
  return remembered(cacheFor, async (query) => {
    const began = performance.now();
    const signal = AbortSignal.timeout(timeout);
    const answer = await inTurn(() => instantQuery(url, query, timeout, signal));
    observe?.(answer, (performance.now() - began) / 1_000);
    return answer;
  });
}

/** https://prometheus.io/docs/prometheus/latest/querying/api/#instant-queries; POST, for queries longer than an address may be. */
async function instantQuery(url: string, query: string, timeout: number, signal: AbortSignal): Promise<Answer> {
  try {
    signal.throwIfAborted(); // its time may have passed while it waited
    const response = await fetch(`${url}/api/v1/query`, {
      method: "POST",
      body: new URLSearchParams({ query, timeout: `${timeout}ms` }),
      redirect: "error", // a login page is not an answer
      signal,
    });
    return readAnswer(response.status, await readBody(response));
  } catch (error) {
    if (signal.aborted) return { kind: "failed", reason: "prometheus-timeout", detail: `no answer within ${timeout} ms` };
    return { kind: "failed", reason: "prometheus-unreachable", detail: rootCause(error) };
  }
}

async function readBody(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > LARGEST_BODY) return ""; // leaving the loop cancels the rest
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** Prometheus' answer as values: a vector has one sample per series, a scalar is one sample. */
export function readAnswer(status: number, body: string): Answer {
  const said = parsed(body);
  if (said?.status === "error") {
    const reason = said.errorType === "timeout" ? "prometheus-timeout" : "query-failed";
    return { kind: "failed", reason, detail: `${said.errorType}: ${said.error}` };
  }
  const samples = samplesOf(said?.data);
  if (status !== 200 || said?.status !== "success" || !samples) {
    return { kind: "failed", reason: "prometheus-unreadable", detail: `status ${status} without an instant query's result` };
  }
  return { kind: "values", values: samples.map(([, value]) => sampleValue(value)) };
}

interface Said {
  status?: string;
  errorType?: string;
  error?: string;
  data?: { resultType?: string; result?: unknown };
}

type Sample = [time: number, value: string];

function parsed(body: string): Said | undefined {
  try {
    return JSON.parse(body) ?? undefined;
  } catch {
    return undefined;
  }
}

function samplesOf(data: Said["data"]): Sample[] | undefined {
  if (data?.resultType === "scalar" && isSample(data.result)) return [data.result];
  if (data?.resultType !== "vector" || !Array.isArray(data.result)) return undefined;
  const samples = data.result.map((series: { value?: unknown } | null) => series?.value);
  return samples.every(isSample) ? samples : undefined;
}

/** Prometheus writes floats as strings, since JSON has no "NaN", "+Inf" and "-Inf". */
const FLOAT = /^(NaN|[-+]?(Inf|\d+(\.\d+)?(e[-+]?\d+)?))$/;

function isSample(value: unknown): value is Sample {
  return Array.isArray(value) && value.length === 2 && FLOAT.test(String(value[1]));
}

function sampleValue(text: string): number {
  return Number(text.replace("Inf", "Infinity"));
}

/** "fetch failed" hides the reason in its cause. */
function rootCause(error: unknown): string {
  const { message, cause, code } = error as Error & { code?: string };
  return cause ? rootCause(cause) : message || code || "no connection";
}

/** At most `most` of the tasks at once; the others wait in the order they came. */
function limited(most: number): <T>(task: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (task) => {
    if (running === most) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await task();
    } finally {
      const next = waiting.shift(); // hands its place over, so that no newcomer slips in between
      if (next) next();
      else running -= 1;
    }
  };
}

/** One question at a time per query, its answer kept for a moment. Holds no more than the configuration has queries. */
function remembered(duration: number, ask: Ask): Ask {
  const answers = new Map<string, Promise<Answer>>();
  return (query) => {
    const known = answers.get(query);
    if (known) return known;
    const answer = ask(query).finally(() => setTimeout(() => answers.delete(query), duration).unref());
    answers.set(query, answer);
    return answer;
  };
}
