/** Every query and rule that the compiler has written, asked of the real engine of PromQL. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import * as assert from "uvu/assert";
import type { Data } from "../../cluster/client.ts";
import { scrapeOf } from "../../components/pod-monitors.ts";
import { objectsIn } from "../../delivery/applications.ts";
import { labSuite } from "../../lab-suite.ts";
import { ECOSYSTEMS } from "../../ecosystems.ts";
import { temporaryFolder } from "../../../test/support/tree.ts";
import { record } from "../../record/notes.ts";
import { promtoolOn, promtoolVersion, testQuestions } from "./promtool.ts";
import { latencyQuestion, questionsOf, type Question } from "./questions.ts";

const test = labSuite("prometheus: queries, rules and what is scraped", ["promtool"]);

const PROMTOOL = { consumer: "promtool", level: "schema" as const };
const filesOf = (questions: readonly Question[]): string[] => questions.map(({ file }) => file);

/** Alerts of the committed ecosystems, by name: a series of 2000 over which each fires after its time, and one over which not. */
const CASES = [
  {
    ecosystem: "astronomy-shop",
    alert: "NoBroker",
    minutes: 5,
    over: "kafka_topic_partitions",
    silent: "kafka_brokers",
  },
  {
    ecosystem: "astronomy-shop",
    alert: "OrdersNotInTheBooks",
    minutes: 15,
    over: 'kafka_consumer_group_lag{group="accounting",topic="orders",partition="0"}',
    silent: 'kafka_consumer_group_lag{group="fraud-detection",topic="orders",partition="0"}',
  },
];

for (const [ecosystem, project] of Object.entries(ECOSYSTEMS)) {
  const questions = questionsOf(project);
  const objects = objectsIn(`${project}generated/clusters`);

  test(`${ecosystem}: every query says good, bad and nothing where it should`, () => {
    assert.ok(questions.length > 0);
    const { ok, said, asked } = testQuestions(questions);
    assert.ok(ok, said);
    record(
      {
        ...PROMTOOL,
        version: promtoolVersion(),
        judged: `${ecosystem}: queries of slo-gate, in ${asked} cases of good, bad, little and no traffic`,
        count: questions.length,
      },
      filesOf(questions),
    );
  });

  test(`${ecosystem}: every query loads as a rule`, () => {
    const rules = questions.map(({ query }, index) => ({ record: `question:${index}`, expr: query }));
    const { ok, said } = promtoolOn(["check", "rules", "--lint=all", "--lint-fatal"], {
      groups: [{ name: "questions", rules }],
    });
    assert.ok(ok, said);
  });

  test(`${ecosystem}: every rule loads, and every alert has its cases`, () => {
    const rules = objects.filter(({ object }) => object.kind === "PrometheusRule");
    for (const { object, file } of rules) {
      const { ok, said } = promtoolOn(["check", "rules", "--lint=all", "--lint-fatal"], {
        groups: (object as Data).spec.groups,
      });
      assert.ok(ok, `${file}: ${said}`);
    }
    const alerts = rules.flatMap(({ object }) =>
      (object as Data).spec.groups.flatMap(({ rules }: Data) => rules.flatMap(({ alert }: Data) => alert ?? [])),
    );
    const cases = CASES.filter((alert) => alert.ecosystem === ecosystem);
    assert.equal(
      [...new Set(alerts)].sort(),
      cases.map(({ alert }) => alert),
      "alerts without cases of firing and staying silent: write them in CASES",
    );
    for (const { alert, minutes, over, silent } of cases) {
      const groups = rules.flatMap(({ object }) => (object as Data).spec.groups as Data[]);
      const group = groups.find(({ rules }) => rules.some((rule: Data) => rule.alert === alert))!;
      const { labels, annotations } = group.rules.find((rule: Data) => rule.alert === alert);
      const file = join(temporaryFolder("rules"), "rules.yaml");
      writeFileSync(file, JSON.stringify({ groups: [group] }));
      const expected = [{ exp_labels: labels, exp_annotations: annotations }];
      const asked = [
        firing({ file }, over, alert, minutes, expected),
        firing({ file }, over, alert, minutes - 1, []),
        firing({ file }, silent, alert, minutes, []),
      ];
      for (const { ok, said } of asked) assert.ok(ok, `${alert}: ${said}`);
    }
  });

  test(`${ecosystem}: what Prometheus is to scrape is a configuration that it takes`, () => {
    const monitors = objects.filter(({ object }) => object.kind === "PodMonitor");
    assert.ok(monitors.length > 0);
    const { ok, said } = checkScrapes(monitors.map(({ object }) => object));
    assert.ok(ok, said);
    record(
      {
        ...PROMTOOL,
        version: promtoolVersion(),
        judged: `${ecosystem}: PodMonitors, as the scrape configuration that prometheus-operator would make of them`,
        count: monitors.length,
        verdict: "passed; the operator's part is played by a test peer",
      },
      monitors.map(({ file }) => file),
    );
  });
}

const ALERTS = "test/samples/alerts/expected/generated/clusters";

/** The rules of a file, and when one of its alerts fires over a series; the alert as it then is. */
const firing = (rules: Data, series: string, alertname: string, minutes: number, expected: readonly Data[]) =>
  promtoolOn(["test", "rules"], {
    rule_files: [rules.file],
    evaluation_interval: "1m",
    tests: [
      {
        interval: "1m",
        input_series: [{ series, values: "2000x120" }],
        alert_rule_test: [{ alertname, eval_time: `${minutes}m`, exp_alerts: expected }],
      },
    ],
  });

test("alerts of services fire after their time, with what the config says of them", () => {
  const rules = objectsIn(ALERTS).filter(({ object }) => object.kind === "PrometheusRule");
  const groups = rules.flatMap(({ object }) => (object as Data).spec.groups as Data[]);
  assert.ok(groups.length > 1);
  const { ok, said } = promtoolOn(["check", "rules", "--lint=all", "--lint-fatal"], { groups });
  assert.ok(ok, said);
  const file = join(temporaryFolder("rules"), "rules.yaml");
  writeFileSync(file, JSON.stringify({ groups }));
  const waiting = (minutes: number, expected: readonly Data[]) =>
    firing({ file }, 'orders_waiting{namespace="crew-apps"}', "OrdersWaiting", minutes, expected);
  const alert = {
    exp_labels: { severity: "critical", team: "crew", service: "orders" },
    exp_annotations: {
      summary: "Orders wait: {{ not a template }}",
      runbook_url: "https://runbooks.sample.example/orders-waiting",
    },
  };
  assert.ok(waiting(9, []).ok);
  const fired = waiting(10, [alert]);
  assert.ok(fired.ok, fired.said);
  assert.not.ok(waiting(9, [alert]).ok);
  assert.not.ok(waiting(10, []).ok);
  record(
    {
      ...PROMTOOL,
      version: promtoolVersion(),
      judged: "alerts of services in the sample of alerts: loaded as rules, and one over time, silent and firing",
      count: groups.flatMap(({ rules }) => rules as Data[]).length,
    },
    rules.map(({ file }) => file),
  );
});

const checkScrapes = (monitors: readonly Data[]) =>
  promtoolOn(["check", "config", "--syntax-only"], {
    scrape_configs: monitors.flatMap((monitor, index) =>
      scrapeOf(monitor, { kubeconfig: "", proxy: "http://127.0.0.1:1" }).map((scrape) => ({
        ...scrape,
        job_name: `${index}/${scrape.job_name}`,
        kubernetes_sd_configs: [{ role: "pod" }],
      })),
    ),
  });

const reference = questionsOf(ECOSYSTEMS.reference);
const boutique = questionsOf(ECOSYSTEMS["online-boutique"]);
const shares = reference[0]!;
const latency = latencyQuestion();
const uninjected = boutique.find(({ query }) => query.includes("response_flags"))!;

const mutants: readonly { name: string; of: Question; edit: (query: string) => string; asks?: Partial<Question> }[] = [
  { name: "no answer when every request fails", of: shares, edit: (query) => query.replace(" or vector(0)", "") },
  { name: "a verdict on two requests", of: shares, edit: (query) => query.replace(/ >= \d+\)$/, ")") },
  {
    name: "errors of gRPC that are not seen",
    of: shares,
    edit: (query) => query.replace(/,grpc_response_status!~"[^"]*"/, ""),
  },
  { name: "errors of callers that are counted", of: shares, edit: (query) => query.replace('"5.."', '"[45].."') },
  {
    name: "the namespace left out",
    of: shares,
    edit: (query) => query.replace(/,destination_workload_namespace="[^"]*"/g, ""),
  },
  {
    name: "what callers report",
    of: shares,
    edit: (query) => query.replaceAll('reporter="destination"', 'reporter="source"'),
  },
  {
    name: "a metric that is misspelt",
    of: shares,
    edit: (query) => query.replaceAll("istio_requests_total", "istio_request_total"),
  },
  { name: "a threshold in percent", of: shares, edit: (query) => query, asks: { threshold: 99.9 } },
  { name: "a comparison the wrong way", of: latency, edit: (query) => query, asks: { comparison: ">=" } },
  { name: "a latency in seconds", of: latency, edit: (query) => query, asks: { threshold: 0.25 } },
  {
    name: "another quantile",
    of: latency,
    edit: (query) => query.replace(/histogram_quantile\([\d.]+/, "histogram_quantile(0.5"),
  },
  { name: "buckets that are not summed", of: latency, edit: (query) => query.replace("sum by (le)", "sum") },
  { name: "a latency of few requests", of: latency, edit: (query) => query.replace(/\nand on \(\)[^]*$/, "") },
  {
    name: "faults of the mesh that are counted",
    of: uninjected,
    edit: (query) => query.replaceAll(/,response_flags!~"[^"]*"/g, ""),
  },
];

test("a latency is one where it should be", () => {
  const { ok, said } = testQuestions([latency]);
  assert.ok(ok, said);
});

for (const { name, of, edit, asks } of mutants) {
  test(`caught: ${name}`, () => {
    const { ok, said } = testQuestions([of], { ...asks, query: edit(of.query) });
    assert.not(ok);
    assert.match(said, /exp:|got:/);
  });
}

test("caught: an expression that does not parse, and a relabelling that there is not", () => {
  assert.not(
    promtoolOn(["check", "rules"], {
      groups: [{ name: "g", rules: [{ record: "r", expr: shares.query.replace("[120s]", "[120]").replace(")", "") }] }],
    }).ok,
  );
  const broken = structuredClone(
    objectsIn("generated/clusters").find(({ object }) => object.kind === "PodMonitor")!.object,
  ) as Data;
  broken.spec.podMetricsEndpoints[0].relabelings[0].action = "replaced";
  assert.not(checkScrapes([broken]).ok);
  record({
    ...PROMTOOL,
    version: promtoolVersion(),
    judged: "broken queries and scrape configurations, each caught",
    count: mutants.length + 2,
  });
});

test.run();
