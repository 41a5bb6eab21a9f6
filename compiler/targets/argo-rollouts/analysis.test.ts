import { test } from "uvu";
import * as assert from "uvu/assert";
import { blueGreen, canary, shadow } from "../../config/define.ts";
import type { Analysis, Strategy } from "../../config/model/rollouts.ts";
import { emitted, specOf } from "./test/emitted.ts";

interface Metric {
  name: string;
  interval: string;
  count?: number;
  failureLimit: number;
  inconclusiveLimit?: number;
  consecutiveSuccessLimit?: number;
  consecutiveErrorLimit: number;
  successCondition?: string;
  failureCondition: string;
  provider: { prometheus: { address: string; query: string } };
}
interface Template {
  args: { name: string }[];
  metrics: Metric[];
}

const template = (rollout: Strategy, use: string): Template =>
  specOf("AnalysisTemplate", { rollout }, {}, `web-${use}`);
const of = (analysis: Partial<Analysis>, use: "watch" | "gate"): Metric =>
  template({ kind: "canary", steps: [{ weight: 5 }], analysis: { slos: ["up"], ...analysis } }, use).metrics[0]!;
const [watch, gate] = [of({}, "watch"), of({}, "gate")];
/** A metric without its query and its place. */
const settings = ({ provider: _, ...rest }: Metric) => rest;

test("each use of analysis has its template", () => {
  const names = (rollout: Parameters<typeof emitted>[0]["rollout"]) => [
    ...new Set(
      [...emitted({ rollout }).values()]
        .flat()
        .filter(({ kind }) => kind === "AnalysisTemplate")
        .map(({ metadata }) => metadata.name),
    ),
  ];
  const slos = { slos: ["up"] };
  assert.equal(names(canary({ steps: [{ weight: 5 }], analysis: slos })), ["web-watch", "web-gate"]);
  assert.equal(names(shadow({ duration: "5m", analysis: slos })), ["web-watch", "web-gate"]);
  assert.equal(names(blueGreen({ prePromotion: { ...slos, traffic: "5/s" }, postPromotion: slos })), [
    "web-pre",
    "web-post",
  ]);
  assert.equal(names(canary({ steps: [{ weight: 5 }] })), []);
});

// Held to the real controller as they stand here by lab/conformance/argo-rollouts.
test("a watch aborts at one answer that is enough, and goes on until the rollout is over", () => {
  assert.equal(settings(watch), {
    name: "up",
    interval: "60s",
    consecutiveErrorLimit: 60,
    failureCondition: "len(result) > 0 && result[0] >= 4.7106",
    failureLimit: 0,
  });
});

test("a gate passes at one answer that is enough, never fails, and is inconclusive in the end", () => {
  assert.equal(settings(gate), {
    name: "up",
    interval: "60s",
    consecutiveErrorLimit: 60,
    count: 20,
    successCondition: "len(result) > 0 && result[0] <= -4.6052",
    failureCondition: "false",
    failureLimit: 0,
    consecutiveSuccessLimit: 1,
    inconclusiveLimit: 20,
  });
});

test("the promise is shared by the SLOs: each has its part of the false aborts", () => {
  const { metrics } = template(canary({ steps: [{ weight: 5 }], analysis: { slos: ["up", "fast", "done"] } }), "watch");
  for (const { failureCondition } of metrics) assert.match(failureCondition, />= 5\.8092$/); // each has a third
});

const CHANGED: readonly [word: Partial<Analysis>, use: "watch" | "gate", field: keyof Metric, value: unknown][] = [
  [{ falseAbort: "5%" }, "watch", "failureCondition", "len(result) > 0 && result[0] >= 3.1011"],
  [{ falsePass: "5%" }, "gate", "successCondition", "len(result) > 0 && result[0] <= -2.9958"],
  [{ hold: "45m" }, "gate", "count", 45],
  [{ hold: "45m" }, "gate", "inconclusiveLimit", 45],
  [{ hold: "90s" }, "gate", "count", 2],
  [{ outage: "30m" }, "gate", "consecutiveErrorLimit", 180],
  [{ outage: "30m" }, "watch", "consecutiveErrorLimit", 180],
];
for (const [word, use, field, value] of CHANGED)
  test(`${JSON.stringify(word)} changes ${field} of the ${use}`, () => assert.equal(of(word, use)[field], value));

for (const word of [{ agree: 3 }, { detect: { burn: 20 } }, { bunches: 4 }, { outage: "30m" as const }])
  test(`${JSON.stringify(word)} changes the query of the watch`, () =>
    assert.is.not(of(word, "watch").provider.prometheus.query, watch.provider.prometheus.query));

for (const word of [{ detect: { burn: 20 } }, { bunches: 4 }])
  test(`${JSON.stringify(word)} changes the query of the gate`, () =>
    assert.is.not(of(word, "gate").provider.prometheus.query, gate.provider.prometheus.query));

test("a time that is to be kept changes nothing but what is checked", () => {
  assert.equal(of({ detect: { within: "30m" } }, "watch"), watch);
});

test("the watch compares with the stable version, unless it is not to", () => {
  const query = (against: NonNullable<Analysis["against"]>) => of({ against }, "watch").provider.prometheus.query;
  for (const against of ["both", "stable"] as const) assert.match(query(against), /hash="\{\{args\.stable\}\}"/);
  assert.not.match(query("objective"), /args\.stable/);
  assert.is(new Set([query("both"), query("stable"), query("objective")]).size, 3);
});

test("hashes are given where they are asked for", () => {
  const rollout = (strategy: Strategy) => specOf("Rollout", { rollout: strategy }).strategy;
  const uses = JSON.stringify(rollout(canary({ steps: [{ weight: 5 }], analysis: { slos: ["up"] } })));
  const given = (use: string) =>
    [...uses.matchAll(/"templateName":"web-(\w+)"\}\],"args":(\[.*?\])/g)]
      .filter(([, name]) => name === use)
      .map(([, , args]) => JSON.parse(args!) as { name: string; valueFrom: { podTemplateHashValue: string } }[]);
  assert.equal(given("watch"), [
    [
      { name: "version", valueFrom: { podTemplateHashValue: "Latest" } },
      { name: "stable", valueFrom: { podTemplateHashValue: "Stable" } },
    ],
  ]);
  assert.equal(given("gate"), [[{ name: "version", valueFrom: { podTemplateHashValue: "Latest" } }]]);
  const strategies: [Strategy, string][] = [
    [canary({ steps: [{ weight: 5 }], analysis: { slos: ["up", "fast", "done"] } }), "watch"],
    [canary({ steps: [{ weight: 5 }], analysis: { slos: ["up", "fast", "done"] } }), "gate"],
    [blueGreen({ postPromotion: { slos: ["up"] } }), "post"],
    [blueGreen({ prePromotion: { slos: ["up"], traffic: "9/s" } }), "pre"],
  ];
  for (const [strategy, use] of strategies) {
    const { args, metrics } = template(strategy, use);
    const asked = JSON.stringify(metrics).match(/args\.\w+/g)!;
    assert.equal([...new Set(asked)].sort(), args.map(({ name }) => `args.${name}`).sort(), use);
  }
});

test("around a switch both are in one template: the watch goes on for as long as the gate may look", () => {
  for (const [use, strategy] of [
    ["pre", blueGreen({ prePromotion: { slos: ["up"], traffic: "9/s", hold: "30m" } })],
    ["post", blueGreen({ postPromotion: { slos: ["up"], hold: "30m" } })],
  ] as const) {
    const [votes, whole, ...more] = template(strategy, use).metrics;
    assert.equal(more, []);
    assert.equal([votes!.name, votes!.count, whole!.name, whole!.count], ["up-watch", 30, "up", 30]);
    assert.equal([votes!.failureCondition, votes!.successCondition], [watch.failureCondition, undefined]);
    assert.equal([whole!.failureCondition, whole!.successCondition], ["false", gate.successCondition]);
  }
});

test("each SLO asks for its own counters, of this workload's pods of this version", () => {
  const series = (slo: string) => {
    const { query } = template(canary({ steps: [{ weight: 5 }], analysis: { slos: [slo] } }), "gate").metrics[0]!
      .provider.prometheus;
    return [...new Set(query.match(/[a-z_]+\{[^{}]*\{\{args\.version\}\}[^{}]*\}/g))].sort();
  };
  const mesh = 'reporter="destination",destination_canonical_service="web",destination_workload_namespace="crew"';
  const version = 'rollouts_pod_template_hash="{{args.version}}"';
  const bad = 'response_code!~"5..",grpc_response_status!~"2|4|12|13|14|15"';
  assert.equal(series("up"), [
    `istio_requests_total{${mesh},${bad},${version}}`,
    `istio_requests_total{${mesh},${version}}`,
  ]);
  assert.equal(series("fast"), [
    `istio_request_duration_milliseconds_bucket{${mesh},le=~"500|500[.]0",${version}}`,
    `istio_request_duration_milliseconds_count{${mesh},${version}}`,
  ]);
  const own = 'namespace="crew",app_kubernetes_io_name="web"';
  assert.equal(series("done"), [
    `all_total{${own},${version}}`,
    `done_total{${own},code=~"2..",kind!~"test",queue="a \\"b\\"",${version}}`,
  ]);
});

/** What the controller makes of a measurement: its conditions are expressions over `result`, with these functions. */
function phase({ successCondition, failureCondition }: Metric, result: readonly number[]): string {
  const holds = (condition: string) =>
    Boolean(new Function("result", "len", `return ${condition};`)(result, (list: readonly unknown[]) => list.length));
  if (holds(failureCondition)) return "failure";
  // https://github.com/argoproj/argo-rollouts/blob/v1.10.1/utils/evaluate/evaluate.go: with one condition the rest is the other
  if (successCondition === undefined) return "success";
  return holds(successCondition) ? "success" : "inconclusive";
}

const ANSWERS: readonly [answer: number[], watched: string, gated: string][] = [
  [[], "success", "inconclusive"],
  [[NaN], "success", "inconclusive"],
  [[0], "success", "inconclusive"],
  [[4.7105], "success", "inconclusive"],
  [[4.7106], "failure", "inconclusive"],
  [[Infinity], "failure", "inconclusive"],
  [[-4.6051], "success", "inconclusive"],
  [[-4.6052], "success", "success"],
];
for (const [answer, watched, gated] of ANSWERS)
  test(`${JSON.stringify(answer.map(String))} is ${watched} to the watch and ${gated} to the gate`, () => {
    assert.equal([phase(watch, answer), phase(gate, answer)], [watched, gated]);
  });

test("a vote is as long as a scrape where that is longer than a minute", () => {
  const interval = (scrape: "30s" | "45s" | "5m"): string =>
    specOf(
      "AnalysisTemplate",
      { rollout: canary({ steps: [{ weight: 5 }], analysis: { slos: ["up"] } }) },
      { observability: { metrics: { interval: scrape } } },
      "web-watch",
    ).metrics[0]!.interval;
  assert.equal([interval("30s"), interval("45s"), interval("5m")], ["60s", "90s", "300s"]);
});

test("callers that try again make bunches of failures, and only where the mesh does it for them", () => {
  const query = (attempts: number, enabled = true): string =>
    specOf(
      "AnalysisTemplate",
      { rollout: canary({ steps: [{ weight: 5 }], analysis: { slos: ["done"] } }) },
      {
        security: { mesh: { enabled }, allowedRegistries: ["ghcr.io/acme/"] },
        services: {
          caller: {
            team: "crew",
            image: "ghcr.io/acme/caller",
            placement: "all",
            dependsOn: [{ service: "web", port: 80, retries: { attempts } }],
          },
        },
      },
      "web-gate",
    ).metrics[0].provider.prometheus.query;
  const one = of({ slos: ["done"] }, "gate").provider.prometheus.query;
  assert.is(query(3), of({ slos: ["done"], bunches: 4 }, "gate").provider.prometheus.query);
  assert.is(query(0), one);
  assert.is(query(3, false), one);
});

test.run();
