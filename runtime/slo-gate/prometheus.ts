import { once } from "node:events";
import http, { type ClientRequest, type IncomingMessage } from "node:http";
import https from "node:https";
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
  const { Agent, request } = url.startsWith("https:") ? https : http;
  // Further requests wait in the agent. No connection is kept: one that died unseen would look like a Prometheus that
  // did.
  const agent = new Agent({ keepAlive: false, maxSockets: concurrency });
  // https://prometheus.io/docs/prometheus/latest/querying/api/#instant-queries; POST, for queries longer than an
  // address may be
  const open = (signal: AbortSignal) =>
    request(`${url}/api/v1/query`, {
      agent,
      signal,
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
    });

  return remembered(cacheFor, async (query) => {
    const began = performance.now();
    const answer = await instantQuery(open, query, timeout);
    observe?.(answer, (performance.now() - began) / 1_000);
    return answer;
  });
}

async function instantQuery(
  open: (signal: AbortSignal) => ClientRequest,
  query: string,
  timeout: number,
): Promise<Answer> {
  const signal = AbortSignal.timeout(timeout);
  try {
    const request = open(signal).end(new URLSearchParams({ query, timeout: `${timeout}ms` }).toString());
    const [response] = (await once(request, "response")) as [IncomingMessage];
    return readAnswer(response.statusCode ?? 0, await readBody(response));
  } catch (error) {
    if (signal.aborted)
      return { kind: "failed", reason: "prometheus-timeout", detail: `no answer within ${timeout} ms` };
    return { kind: "failed", reason: "prometheus-unreachable", detail: described(error as NodeJS.ErrnoException) };
  }
}

async function readBody(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_BODY) return ""; // leaving the loop drops the rest and the connection
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
    return {
      kind: "failed",
      reason: "prometheus-unreadable",
      detail: `status ${status} without an instant query's result`,
    };
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

/** A name with several addresses fails as an AggregateError, which has a code and no message. */
function described({ message, code }: NodeJS.ErrnoException): string {
  return message || code || "no connection";
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
