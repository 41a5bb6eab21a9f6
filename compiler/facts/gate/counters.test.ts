import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { boundsAround, LATENCY_BOUNDS_MS, sloCounters } from "./counters.ts";

const test = suite("what an SLO counts");

const WORKLOAD = { name: "storefront", namespace: "shop" };
const WHO = 'reporter="destination",destination_canonical_service="storefront",destination_workload_namespace="shop"';

test("available: requests whose answer was no fault of the server", () => {
  assert.equal(sloCounters({ metric: { kind: "success-rate" } }, WORKLOAD), {
    total: { name: "istio_requests_total", matchers: WHO },
    good: {
      name: "istio_requests_total",
      matchers: `${WHO},response_code!~"5..",grpc_response_status!~"2|4|12|13|14|15"`,
    },
  });
});

for (const [threshold, le] of [
  ["250ms", '=~"250|250[.]0"'],
  ["1s", '=~"1000|1000[.]0"'],
  ["1ms", '=~"1|1[.]0"'],
  ["300ms", '=~"500|500[.]0"'], // between two bounds: what is surely too slow
  ["30m", '=~"1800000|1[.]8e[+]06"'], // https://pkg.go.dev/strconv#FormatFloat, format g
  ["2h", '="+Inf"'],
] as const) {
  test(`fast: within ${threshold} is le${le}`, () => {
    const { total, good } = sloCounters({ metric: { kind: "latency", threshold } }, WORKLOAD);
    assert.equal(total, { name: "istio_request_duration_milliseconds_count", matchers: WHO });
    assert.equal(good, { name: "istio_request_duration_milliseconds_bucket", matchers: `${WHO},le${le}` });
  });
}

test("counters of one's own are taken as they are", () => {
  const own = {
    good: { name: "jobs_total", matchers: 'namespace="shop",state="done"' },
    total: { name: "jobs_total", matchers: 'namespace="shop"' },
  };
  assert.equal(sloCounters({ metric: { kind: "query", ...own } }, WORKLOAD), own);
});

test("an SLO without a metric counts nothing", () => {
  assert.throws(() => sloCounters({}, WORKLOAD), /without a metric/);
});

for (const [ms, bounds] of [
  [250, { below: 250, above: 250, exact: true }],
  [300, { below: 250, above: 500, exact: false }],
  [0.1, { above: 0.5, exact: false }],
  [4e6, { below: 3_600_000, exact: false }],
] as const) {
  test(`bounds around ${ms} ms`, () => assert.equal(boundsAround(ms), bounds));
}

test("a threshold lies between its bounds, and no bound lies between them", () => {
  fc.assert(
    fc.property(fc.double({ min: 0.5, max: 3_600_000, noNaN: true }), (ms) => {
      const { below, above, exact } = boundsAround(ms);
      assert.ok(below! <= ms && ms <= above!);
      assert.not.ok(LATENCY_BOUNDS_MS.some((bound) => bound > below! && bound < above!));
      assert.is(exact, below === above);
    }),
  );
});

test.run();
