import { execFileSync, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { blueGreen, canary } from "../../config/define.ts";
import type { Analysis } from "../../config/model/rollouts.ts";
import { consumer } from "../../../lab/toolchain/consumer.ts";
import { temporaryFolder } from "../../../test/support/tree.ts";
import { emitted, specOf } from "./test/emitted.ts";

interface Metric {
  name: string;
  interval: string;
  initialDelay: string;
  count?: number;
  failureLimit: number;
  inconclusiveLimit: number;
  successCondition: string;
  failureCondition: string;
  provider: { prometheus: { address: string; query: string } };
}

const template = (analysis: Analysis, use = "gate"): { args: unknown; metrics: Metric[] } =>
  specOf("AnalysisTemplate", { rollout: { kind: "canary", steps: [{ weight: 5 }], analysis } }, {}, `web-${use}`);
const metricOf = (slo: "up" | "fast" | "done", more: Partial<Analysis> = {}, use = "gate"): Metric =>
  template({ slos: [slo], ...more }, use).metrics[0]!;

test("each use of analysis has its template", () => {
  const names = (rollout: Parameters<typeof emitted>[0]["rollout"]) =>
    [...emitted({ rollout }).values()]
      .flat()
      .filter(({ kind }) => kind === "AnalysisTemplate")
      .map(({ metadata }) => metadata.name);
  const slos = { slos: ["up"] };
  assert.equal([...new Set(names(canary({ steps: [{ weight: 5 }], analysis: slos })))], ["web-watch", "web-gate"]);
  assert.equal([...new Set(names(blueGreen({ prePromotion: slos, postPromotion: slos })))], ["web-pre", "web-post"]);
  assert.equal(names(canary({ steps: [{ weight: 5 }] })), []);
});

test("a gate takes its measurements and ends; a watch goes on until the rollout does", () => {
  assert.equal([metricOf("up").count, metricOf("up", {}, "watch").count], [5, undefined]);
});

test("limits and times are the config's, and the first measurement waits for a full window", () => {
  const { interval, initialDelay, count, failureLimit, inconclusiveLimit } = metricOf("up", {
    window: "3m",
    interval: "45s",
    count: 7,
    failureLimit: 2,
  });
  assert.equal(
    { interval, initialDelay, count, failureLimit, inconclusiveLimit },
    { interval: "45s", initialDelay: "180s", count: 7, failureLimit: 2, inconclusiveLimit: 2 },
  );
});

test("every query asks about the new version's pods alone, over the window", () => {
  for (const slo of ["up", "fast", "done"] as const) {
    const { query } = metricOf(slo, { window: "90s", minimumRequests: 33 }).provider.prometheus;
    const selectors = query.match(/\{[^{}]*\{\{args\.version\}\}[^{}]*\}/g)!;
    assert.is(selectors.length, query.match(/\[90s\]/g)!.length, query);
    const whose =
      slo === "done"
        ? ['namespace="crew"', 'app_kubernetes_io_name="web"']
        : ['destination_canonical_service="web"', 'destination_workload_namespace="crew"'];
    for (const selector of selectors)
      for (const matcher of [...whose, 'rollouts_pod_template_hash="{{args.version}}"'])
        assert.ok(selector.includes(matcher), selector);
    assert.match(query, />= 33\)/);
  }
});

/** What the controller makes of a measurement: its conditions are expressions over `result`, with these functions. */
function phase(
  { successCondition, failureCondition }: Metric,
  result: readonly number[],
): "success" | "failure" | "inconclusive" {
  const holds = (condition: string) =>
    Boolean(
      new Function("result", "len", "isNaN", `return ${condition};`)(
        result,
        (list: readonly unknown[]) => list.length,
        Number.isNaN,
      ),
    );
  const [success, failure] = [holds(successCondition), holds(failureCondition)];
  assert.not.ok(success && failure, `both: ${successCondition} | ${failureCondition} of ${JSON.stringify(result)}`);
  return failure ? "failure" : success ? "success" : "inconclusive";
}

const good = { up: 0.995, done: 0.9, fast: 400 };
const bad = { up: 0.9949, done: 0.8999, fast: 400.1 };
for (const slo of ["up", "fast", "done"] as const) {
  for (const [noTraffic, nothing] of [
    ["inconclusive", "inconclusive"],
    ["pass", "success"],
    ["fail", "failure"],
  ] as const) {
    test(`${slo}, no traffic means ${noTraffic}: nothing and NaN are that, good is success and bad is failure`, () => {
      const metric = metricOf(slo, { noTraffic });
      const results: [number[], string][] = [
        [[], nothing],
        [[NaN], nothing],
        [[good[slo]], "success"],
        [[bad[slo]], "failure"],
        [[slo === "fast" ? Infinity : 0], "failure"],
        [[slo === "fast" ? 0 : 1], "success"],
      ];
      assert.equal(
        results.map(([result]) => phase(metric, result)),
        results.map(([, wanted]) => wanted),
      );
    });
  }
}

const promtool = consumer("promtool");
const withPromtool = promtool === undefined ? test.skip : test;
const SERVED =
  'reporter="destination",destination_canonical_service="web",destination_workload_namespace="crew",rollouts_pod_template_hash="new"';
const OLD = SERVED.replace('"new"', '"old"');
/** What a scrape puts on the series that an application tells of itself. */
const TOLD = 'namespace="crew",pod="web-1",app_kubernetes_io_name="web",rollouts_pod_template_hash="new"';

/** Counters and histograms over ten minutes, a sample each minute: `+<requests a minute>`. */
const series = {
  requests: (labels: string, code: string, perMinute: number, grpc = "") => ({
    series: `istio_requests_total{${labels},response_code="${code}",grpc_response_status="${grpc}"}`,
    values: `0+${perMinute}x10`,
  }),
  bucket: (labels: string, le: string, perMinute: number) => ({
    series: `istio_request_duration_milliseconds_bucket{${labels},le="${le}"}`,
    values: `0+${perMinute}x10`,
  }),
  own: (name: string, perMinute: number, labels = TOLD) => ({
    series: `${name}{${labels}}`,
    values: `0+${perMinute}x10`,
  }),
};
const latencies = (under250: number, under500: number, all: number) => [
  series.bucket(SERVED, "250", under250),
  series.bucket(SERVED, "500", under500),
  series.bucket(SERVED, "+Inf", all),
  series.requests(SERVED, "200", all),
];

const measured: readonly { title: string; slo: "up" | "fast" | "done"; input: readonly object[]; phase: string }[] = [
  { title: "all requests are answered", slo: "up", input: [series.requests(SERVED, "200", 100)], phase: "success" },
  {
    title: "one in a hundred fails",
    slo: "up",
    input: [series.requests(SERVED, "200", 99), series.requests(SERVED, "503", 1)],
    phase: "failure",
  },
  {
    title: "all requests fail: no good series at all",
    slo: "up",
    input: [series.requests(SERVED, "503", 100)],
    phase: "failure",
  },
  {
    title: "clients are wrong: 404 is no failure of the service",
    slo: "up",
    input: [series.requests(SERVED, "404", 100)],
    phase: "success",
  },
  {
    title: "gRPC is unavailable behind HTTP 200",
    slo: "up",
    input: [series.requests(SERVED, "200", 90, "0"), series.requests(SERVED, "200", 10, "14")],
    phase: "failure",
  },
  {
    title: "gRPC says not found: no failure",
    slo: "up",
    input: [series.requests(SERVED, "200", 90, "0"), series.requests(SERVED, "200", 10, "5")],
    phase: "success",
  },
  {
    title: "only the old version fails",
    slo: "up",
    input: [series.requests(SERVED, "200", 100), series.requests(OLD, "503", 100)],
    phase: "success",
  },
  {
    title: "only the old version has traffic",
    slo: "up",
    input: [series.requests(OLD, "200", 100)],
    phase: "inconclusive",
  },
  { title: "too few requests to judge", slo: "up", input: [series.requests(SERVED, "503", 5)], phase: "inconclusive" },
  { title: "nothing is known", slo: "up", input: [], phase: "inconclusive" },
  { title: "nearly all are fast", slo: "fast", input: latencies(95, 100, 100), phase: "success" },
  { title: "one in ten is slow", slo: "fast", input: latencies(80, 90, 100), phase: "failure" },
  { title: "slow, but too few", slo: "fast", input: latencies(1, 1, 5), phase: "inconclusive" },
  { title: "no request: the quantile is NaN", slo: "fast", input: latencies(0, 0, 0), phase: "inconclusive" },
  {
    title: "a ratio of one's own that holds",
    slo: "done",
    input: [series.own("done_total", 95), series.own("all_total", 100)],
    phase: "success",
  },
  {
    title: "a ratio of one's own that breaks",
    slo: "done",
    input: [series.own("done_total", 80), series.own("all_total", 100)],
    phase: "failure",
  },
  {
    title: "a ratio of one's own without good events",
    slo: "done",
    input: [series.own("all_total", 100)],
    phase: "failure",
  },
  ...[
    { whose: "the old version's", labels: TOLD.replace('"new"', '"old"') },
    { whose: "another service's", labels: TOLD.replace('"web"', '"api"') },
    { whose: "another namespace's", labels: TOLD.replace('"crew"', '"other"') },
  ].map(({ whose, labels }) => ({
    title: `a ratio of one's own that breaks is ${whose}`,
    slo: "done" as const,
    input: [
      series.own("done_total", 95),
      series.own("all_total", 100),
      series.own("done_total", 0, labels),
      series.own("all_total", 900, labels),
    ],
    phase: "success",
  })),
];

for (const { title, slo, input, phase: wanted } of measured) {
  withPromtool(`Prometheus measures: ${title}`, () => {
    const metric = metricOf(slo);
    assert.is(
      phase(metric, evaluate(metric.provider.prometheus.query.replaceAll("{{args.version}}", "new"), input)),
      wanted,
    );
  });
}

/**
 * The value of an expression over series, as the real PromQL engine computes it: promtool says what it got where
 * nothing is expected.
 */
function evaluate(query: string, input: readonly object[]): number[] {
  const file = join(temporaryFolder("promtool"), "query.yaml");
  const expectation = { expr: query, eval_time: "10m", exp_samples: [{ labels: '{never="there"}', value: 12_345 }] };
  writeFileSync(
    file,
    JSON.stringify({
      evaluation_interval: "1m",
      tests: [{ interval: "1m", input_series: input, promql_expr_test: [expectation] }],
    }),
  );
  const { stdout, stderr } = spawnSync(promtool!, ["test", "rules", file], { encoding: "utf8" });
  const got = /^\s*got:\s*(.*)$/m.exec(`${stdout}\n${stderr}`)?.[1];
  if (got === undefined) throw new Error(`promtool: ${stdout}${stderr}`);
  return got === "nil"
    ? []
    : [...got.matchAll(/\}\s+([^\s,]+)/g)].map(([, value]) => (value === "+Inf" ? Infinity : Number(value)));
}

withPromtool("every expression parses", () => {
  for (const slo of ["up", "fast", "done"] as const) {
    const file = join(temporaryFolder("promtool"), "rules.yaml");
    writeFileSync(
      file,
      JSON.stringify({
        groups: [{ name: "g", rules: [{ record: "r:r", expr: metricOf(slo).provider.prometheus.query }] }],
      }),
    );
    execFileSync(promtool!, ["check", "rules", file]);
  }
});

test.run();
