/** A test peer for the proxies of the mesh: it counts requests that nobody makes, as their metrics would. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** Requests per second, by the labels that tell them apart. */
interface Flow {
  name: string;
  labels: Readonly<Record<string, string>>;
  rate: number;
  /** Up to the last change or scrape. */
  total: number;
}

export interface Traffic {
  /** `host:port` for a Prometheus to scrape. */
  target: string;
  /** From now on so many per second of a counter with these labels; 0 leaves it where it is. */
  flow(name: string, labels: Readonly<Record<string, string>>, rate: number): void;
  /** Drops the counters whose labels contain these: they are no longer told of. */
  vanish(labels: Readonly<Record<string, string>>): void;
  stop(): void;
}

export async function startTraffic(): Promise<Traffic> {
  const flows = new Map<string, Flow>();
  let last = performance.now();
  const advance = (): void => {
    const now = performance.now();
    for (const flow of flows.values()) flow.total += (flow.rate * (now - last)) / 1000;
    last = now;
  };
  const server = createServer((_, response) => {
    advance();
    const lines = [...flows.entries()].map(([series, { total }]) => `${series} ${total}`);
    const types = [...new Set([...flows.values()].map(({ name }) => `# TYPE ${name} counter`))];
    response.setHeader("content-type", "text/plain; version=0.0.4"); // Prometheus 3 takes no page without
    response.end([...types, ...lines, ""].join("\n"));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  server.unref();
  return {
    target: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    flow(name, labels, rate) {
      advance();
      const series = seriesOf(name, labels);
      flows.set(series, { name, labels, rate, total: flows.get(series)?.total ?? 0 });
    },
    vanish(labels) {
      for (const [series, flow] of flows)
        if (Object.entries(labels).every(([key, value]) => flow.labels[key] === value)) flows.delete(series);
    },
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format */
const seriesOf = (name: string, labels: Readonly<Record<string, string>>): string =>
  `${name}{${Object.entries(labels)
    .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
    .join(",")}}`;

/**
 * Requests to a workload as its own proxies count them: https://istio.io/latest/docs/reference/config/metrics/. Per
 * second so many good ones, and so many that fail.
 */
export function requestsTo(
  traffic: Traffic,
  { namespace, name }: { namespace: string; name: string },
  { good, bad }: { good: number; bad: number },
  labels: Readonly<Record<string, string>> = {},
): void {
  const common = {
    reporter: "destination",
    destination_canonical_service: name,
    destination_workload_namespace: namespace,
    response_flags: "-",
    ...labels,
  };
  traffic.flow("istio_requests_total", { ...common, response_code: "200" }, good);
  traffic.flow("istio_requests_total", { ...common, response_code: "500" }, bad);
}
