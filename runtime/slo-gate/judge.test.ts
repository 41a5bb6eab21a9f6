import { suite } from "uvu";
import * as assert from "uvu/assert";
import { judge, type Answer, type Judgement } from "./judge.ts";

const objective = { service: "shop/checkout", slo: "availability", query: "q", window: "1m" };
const values = (...numbers: number[]): Answer => ({ kind: "values", values: numbers });
const refused: Answer = { kind: "failed", reason: "prometheus-unreachable", detail: "connect ECONNREFUSED" };

const test = suite("slo-gate/judge");

const TABLE: [
  string,
  { comparison?: "gte" | "lte"; threshold?: number; value: Answer; expected: Partial<Judgement> },
][] = [
  ["at least: above", { value: values(0.995), expected: { ok: true, value: 0.995 } }],
  ["at least: exactly", { value: values(0.99), expected: { ok: true, value: 0.99 } }],
  [
    "at least: below",
    { value: values(0.98), expected: { ok: false, reason: "breached", value: 0.98, detail: "0.98 is below 0.99" } },
  ],
  ["at most: below", { comparison: "lte", threshold: 0.3, value: values(0.2), expected: { ok: true, value: 0.2 } }],
  ["at most: exactly", { comparison: "lte", threshold: 0.3, value: values(0.3), expected: { ok: true, value: 0.3 } }],
  [
    "at most: above",
    {
      comparison: "lte",
      threshold: 0.3,
      value: values(0.4),
      expected: { ok: false, reason: "breached", value: 0.4, detail: "0.4 is above 0.3" },
    },
  ],
  ["zero is a value", { comparison: "lte", threshold: 0, value: values(0), expected: { ok: true, value: 0 } }],
  ["no series", { value: values(), expected: { ok: false, reason: "no-data" } }],
  ["NaN", { value: values(NaN), expected: { ok: false, reason: "nan" } }],
  ["NaN, at most", { comparison: "lte", value: values(NaN), expected: { ok: false, reason: "nan" } }],
  ["+Inf is no success rate", { value: values(Infinity), expected: { ok: false, reason: "infinite" } }],
  ["+Inf, at most", { comparison: "lte", value: values(Infinity), expected: { ok: false, reason: "infinite" } }],
  ["-Inf is no latency", { comparison: "lte", value: values(-Infinity), expected: { ok: false, reason: "infinite" } }],
  ["several series, all good", { value: values(1, 1), expected: { ok: false, reason: "several-series" } }],
  [
    "Prometheus is gone",
    { value: refused, expected: { ok: false, reason: "prometheus-unreachable", detail: "connect ECONNREFUSED" } },
  ],
];

for (const [name, { comparison = "gte", threshold = 0.99, value, expected }] of TABLE) {
  test(name, () => {
    const { detail, ...judgement } = judge({ ...objective, comparison, threshold }, value);
    const { detail: expectedDetail = detail, ...rest } = expected;
    assert.equal(judgement, { ...rest, comparison, threshold, window: "1m" });
    assert.is(detail, expectedDetail);
    assert.is(detail === undefined, expected.ok, "what does not hold says why, what holds does not");
  });
}

const COUNTED: [string, { value: Answer; samples: Answer; expected: Partial<Judgement> }][] = [
  ["enough samples", { value: values(1), samples: values(20), expected: { ok: true, value: 1, samples: 20 } }],
  [
    "enough samples of a breach",
    { value: values(0.5), samples: values(20), expected: { ok: false, reason: "breached", value: 0.5, samples: 20 } },
  ],
  [
    "too few samples of a good value",
    { value: values(1), samples: values(19.9), expected: { ok: false, reason: "too-few-samples", samples: 19.9 } },
  ],
  [
    "too few samples for a ratio",
    { value: values(NaN), samples: values(0), expected: { ok: false, reason: "too-few-samples", samples: 0 } },
  ],
  ["samples without data", { value: values(1), samples: values(), expected: { ok: false, reason: "no-data" } }],
  ["samples that are NaN", { value: values(1), samples: values(NaN), expected: { ok: false, reason: "nan" } }],
  ["samples by pod", { value: values(1), samples: values(20, 20), expected: { ok: false, reason: "several-series" } }],
  [
    "samples that cannot be counted",
    { value: values(1), samples: refused, expected: { ok: false, reason: "prometheus-unreachable" } },
  ],
];

for (const [name, { value, samples, expected }] of COUNTED) {
  test(name, () => {
    const minimumSamples = { query: "n", count: 20 };
    const { detail, ...judgement } = judge(
      { ...objective, comparison: "gte", threshold: 0.99, minimumSamples },
      value,
      samples,
    );
    assert.equal(judgement, { ...expected, comparison: "gte", threshold: 0.99, window: "1m" });
    assert.is(detail === undefined, expected.ok);
  });
}

test.run();
