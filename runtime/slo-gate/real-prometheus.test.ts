import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { consumer } from "../../lab/toolchain/consumer.ts";
import { parseConfig } from "./config.ts";
import { gate } from "./gate.ts";
import { metrics } from "./metrics.ts";
import { prometheus } from "./prometheus.ts";
import { sloGateServer } from "./server.ts";
import { startPrometheus, type PrometheusProcess } from "./test/prometheus-process.ts";

/** A shop whose counters grow with every scrape by what the test says. */
const perScrape = { good: 0, bad: 0, slow: 0 };
const total = { good: 0, bad: 0, slow: 0 };

function scraped(): string {
  total.good += perScrape.good;
  total.bad += perScrape.bad;
  total.slow += perScrape.slow;
  const all = total.good + total.bad;
  return [
    "# TYPE requests_total counter",
    `requests_total{code="200"} ${total.good}`,
    `requests_total{code="500"} ${total.bad}`,
    "# TYPE request_seconds histogram",
    `request_seconds_bucket{le="0.1"} ${all - total.slow}`,
    `request_seconds_bucket{le="1"} ${all}`,
    `request_seconds_bucket{le="+Inf"} ${all}`,
    `request_seconds_sum ${all}`,
    `request_seconds_count ${all}`,
    "",
  ].join("\n");
}

const ratio = 'sum(rate(requests_total{code!~"5.."}[$window])) / sum(rate(requests_total[$window]))';
const slo = { comparison: "gte", threshold: 0.99, window: "2s" };
const count = { query: "sum(increase(requests_total[$window]))", count: 20 };

const SLOS = {
  availability: { ...slo, query: ratio },
  "availability-guarded": { ...slo, query: ratio, minimumSamples: count },
  latency: {
    ...slo,
    comparison: "lte",
    threshold: 0.3,
    query: "histogram_quantile(0.95, sum by (le) (rate(request_seconds_bucket[$window])))",
  },
  "no-such-metric": { ...slo, query: "sum(rate(no_such_metric_total[$window]))" },
  "by-code": { ...slo, threshold: 0, query: "rate(requests_total[$window])" },
  "divided-by-zero": { ...slo, query: "vector(1) / 0" },
  misspelt: { ...slo, query: "sum(rate(requests_total[$window])" },
};

const executable = consumer("prometheus");
const test = suite("slo-gate against a real Prometheus");
const when = executable ? test : test.skip;

let shop: Server;
let source: PrometheusProcess;
let server: Server;

if (executable) {
  test.before(async () => {
    // Prometheus 3 takes nothing whose type is not said.
    shop = createServer(
      (_, response) => void response.setHeader("content-type", "text/plain; version=0.0.4").end(scraped()),
    );
    source = await startPrometheus(executable, `127.0.0.1:${await listening(shop)}`);
    const { prometheus: options, services } = parseConfig(
      JSON.stringify({
        prometheus: { url: source.url, timeout: "1s", cacheFor: "1ms" },
        services: { "shop/checkout": { slos: SLOS } },
      }),
      "test",
    );
    server = sloGateServer({
      gate: gate(services, prometheus(options)),
      metrics: metrics(),
      log: () => {},
      ready: () => true,
    });
    await listening(server);
  });

  test.after(async () => {
    await source?.stop();
    for (const each of [server, shop]) {
      each?.closeAllConnections();
      each?.close();
    }
  });
}

when("503 without data, and while there is no traffic", async () => {
  await until("no-such-metric", 503, "no-data");
  await until("availability", 503, "nan");
  await until("availability-guarded", 503, "too-few-samples");
});

when("200 while the SLO holds", async () => {
  Object.assign(perScrape, { good: 999, bad: 1, slow: 10 });
  const { value } = await until("availability", 200);
  assert.ok(Math.abs(value - 0.999) < 1e-6, `${value}`);
  const guarded = await until("availability-guarded", 200);
  assert.ok(guarded.samples > 1_000, `${guarded.samples}`);
  const latency = await until("latency", 200);
  assert.ok(latency.value > 0 && latency.value <= 0.1, `${latency.value}`);
});

when("503 when the SLO breaks, 200 when it recovers", async () => {
  Object.assign(perScrape, { good: 900, bad: 100, slow: 500 });
  const { value } = await until("availability", 503, "breached");
  assert.ok(value < 0.99, `${value}`);
  await until("latency", 503, "breached");
  Object.assign(perScrape, { good: 1_000, bad: 0, slow: 0 });
  await until("availability", 200);
  await until("latency", 200);
});

when("503 when the traffic stops", async () => {
  Object.assign(perScrape, { good: 0, bad: 0, slow: 0 });
  await until("availability", 503, "nan");
  await until("availability-guarded", 503, "too-few-samples");
});

when("503 for queries that say nothing about the service", async () => {
  await until("by-code", 503, "several-series");
  await until("divided-by-zero", 503, "infinite");
  const { detail } = await until("misspelt", 503, "query-failed");
  assert.match(detail, "bad_data");
});

when("503 when Prometheus hangs, again an answer when it is back", async () => {
  source.freeze();
  await until("availability-guarded", 503, "prometheus-timeout");
  source.thaw();
  await until("availability-guarded", 503, "too-few-samples");
});

when("503 when Prometheus is stopped", async () => {
  Object.assign(perScrape, { good: 1_000 });
  await until("availability", 200);
  await source.stop();
  const { detail } = await until("availability", 503, "prometheus-unreachable");
  assert.match(detail, "connect ECONNREFUSED 127.0.0.1");
});

async function listening(target: Server): Promise<number> {
  target.listen(0, "127.0.0.1");
  await once(target, "listening");
  return (target.address() as AddressInfo).port;
}

/** Asks until status and reason are the expected ones; counters need a few scrapes to say so. */
async function until(name: keyof typeof SLOS, status: number, reason?: string): Promise<any> {
  const { port } = server.address() as AddressInfo;
  let seen = "";
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; await pause(100)) {
    const response = await fetch(`http://127.0.0.1:${port}/v1/slo/shop/checkout/${name}`);
    const body: any = await response.json();
    if (response.status === status && body.reason === reason) return body.slos[name];
    seen = `${response.status} ${JSON.stringify(body)}`;
  }
  assert.unreachable(`${name} was to become ${status} ${reason ?? "ok"}, is ${seen}`);
}

test.run();
