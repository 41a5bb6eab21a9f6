import { test } from "uvu";
import * as assert from "uvu/assert";
import { blueGreen, canary, shadow } from "../config/define.ts";
import type { Ecosystem } from "../config/model/ecosystem.ts";
import type { Service } from "../config/model/services.ts";
import { topologyOf } from "../../test/support/topology.ts";
import { base } from "../../test/errors/base.ts";
import { countersOf, firstOf, gatesOf, looksOf, sightOf } from "./release-gates.ts";

/** The gates of a service `web` of a small ecosystem. */
function gates(web: Partial<Service>, more: Partial<Ecosystem> = {}) {
  const services = { ...base.services, web: { ...base.services!["web"]!, ...web } as Service, ...more.services };
  const topology = topologyOf({ ...base, ...more, services });
  const workload = topology.workloads.find(({ name, cluster }) => name === "web" && cluster.name === "main")!;
  return { gates: gatesOf(workload, topology.observability), workload };
}
const gate = (web: Partial<Service>, more?: Partial<Ecosystem>) => gates(web, more).gates[0]!;
const slos = ["available"];

test("a canary is seen at its weights, and after the last for as long as it holds", () => {
  const steps = [{ weight: 10, pause: "5m" }, { weight: 40, pause: "approval" }, { weight: 60 }] as const;
  const seen = gate({ rollout: canary({ steps, analysis: { slos } }), traffic: "20/s" });
  assert.equal(looksOf(seen, 20), [
    { requests: 120, minutes: 5, share: 0.1 },
    { requests: 480, minutes: 0, share: 0.4 },
    { requests: 720, minutes: 0, share: 0.6 },
  ]);
  assert.equal(
    seen.phases.map(({ gated, approval }) => [gated, approval]),
    [
      [false, false],
      [true, true],
      [true, false],
    ],
  );
  assert.is(firstOf(seen).phases.length, 2);
});

test("copies are requests, of which the stable version answers all", () => {
  const rollout = shadow({ duration: "30m", mirror: "50%", analysis: { slos }, steps: [{ weight: 20, pause: "10m" }] });
  const seen = gate({ rollout });
  assert.equal(looksOf(seen, 10), [
    { requests: 300, minutes: 30, share: 50 / 150 },
    { requests: 120, minutes: 10, share: 0.2 },
  ]);
  assert.is(firstOf(seen).phases.length, 1);
});

test("a preview gets what something sends to it, and after the switch it is the service's traffic", () => {
  const rollout = blueGreen({ prePromotion: { slos, traffic: "90/m" }, postPromotion: { slos, hold: "30m" } });
  const { gates: found } = gates({ rollout, traffic: "7/s" });
  assert.equal(
    found.map(({ traffic, promise }) => [traffic, promise.against]),
    [
      [1.5, "objective"],
      [7, "objective"],
    ],
  );
  assert.equal(looksOf(found[1]!, 7), [{ requests: 420, minutes: 0 }]);
});

test("a rolling update has no gate, and neither has a strategy without an analysis", () => {
  assert.equal(gates({ rollout: { kind: "rolling" } }).gates, []);
  assert.equal(gates({ rollout: canary({ steps: [{ weight: 5 }] }) }).gates, []);
});

const INTERVALS = { "15s": 60, "30s": 60, "45s": 90, "90s": 90, "7m": 420 } as const;
for (const [interval, vote] of Object.entries(INTERVALS))
  test(`scraped every ${interval}, a vote is ${vote} s: a multiple, and at least a minute`, () => {
    const { promise } = gate(
      {},
      { observability: { ...base.observability, metrics: { interval: interval as "15s" } } },
    );
    assert.is(promise.vote, vote);
    assert.is(promise.vote % promise.scrape, 0);
    assert.is(promise.reach % promise.vote, 0);
  });

test("votes reach further back than the longest release: pauses, gates that hold and wait for Prometheus, start, a day for a person", () => {
  const steps = [
    { weight: 10, pause: "5m" },
    { weight: 40, pause: "approval" },
    { weight: 60, pause: "10m" },
  ] as const;
  const { promise } = gate({
    rollout: canary({ steps, analysis: { slos, hold: "20m", outage: "10m" } }),
    progressDeadline: "15m",
  });
  const longest = 5 * 60 + 86_400 + 10 * 60 + 2 * (20 + 10) * 60 + 15 * 60;
  assert.ok(promise.reach > longest && promise.reach <= longest + 2 * promise.vote, `${promise.reach} of ${longest}`);
});

test("what is promised is the config's", () => {
  const { promise } = gate({
    slos: ["available", "fast"],
    rollout: canary({
      steps: [{ weight: 5 }],
      analysis: {
        slos: ["available", "fast"],
        falseAbort: "2%",
        falsePass: "3%",
        detect: { burn: 20 },
        agree: 4,
        against: "stable",
        bunches: 5,
        outage: "7m",
      },
    }),
  });
  const { falseAbort, falsePass, burn, agree, against, bunches, outage, slos: count } = promise;
  assert.equal(
    { falseAbort, falsePass, burn, agree, against, bunches, outage, count },
    { falseAbort: 0.02, falsePass: 0.03, burn: 20, agree: 4, against: "stable", bunches: 5, outage: 420, count: 2 },
  );
});

test("counters of the mesh are told apart by its labels, one's own by those of the scrape", () => {
  const { workload } = gates({});
  const [total, done] = [
    { name: "all_total", matchers: "" },
    { name: "done_total", matchers: 'queue="mail"' },
  ];
  const own = { name: "done", source: "", objective: 0.9, window: "30d" as const };
  assert.equal(countersOf({ ...own, metric: { source: "", kind: "query", total, good: done } }, workload), {
    total: { name: "all_total", matchers: 'namespace="shop",app_kubernetes_io_name="web"' },
    good: { name: "done_total", matchers: 'namespace="shop",app_kubernetes_io_name="web",queue="mail"' },
  });
  const mesh = countersOf({ ...own, metric: { source: "", kind: "success-rate" } }, workload);
  assert.match(mesh.total.matchers, /^reporter="destination",destination_canonical_service="web"/);
});

test("what is seen of an SLO is known where the traffic is, and where it can be kept and broken", () => {
  const known = gate({ traffic: "20/s" });
  assert.equal(Object.keys(sightOf(known, { objective: 0.999 })!).sort(), [
    "caught",
    "chance",
    "earliest",
    "needed",
    "seen",
  ]);
  const { traffic: _, ...unknown } = known;
  assert.is(sightOf(unknown, { objective: 0.999 }), undefined);
  for (const objective of [0, 1]) assert.is(sightOf(known, { objective }), undefined);
  assert.is(sightOf({ ...known, traffic: 0.01 }, { objective: 0.999 })!.earliest, undefined);
});

test.run();
