import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { gateQuery, watchQuery } from "./queries.ts";
import { PROMISE } from "../../../scripts/releases/promise.ts";
import { promises } from "./test/promises.ts";

/** What they answer is asked of the engine of PromQL: lab/conformance/prometheus/gate.lab.ts. */
const test = suite("the queries of a gate");

const COUNTERS = { total: { name: "all", matchers: "" }, good: { name: "all", matchers: 'ok="1"' } };
const VERSIONS = { latest: "A", stable: "B" };
const watch = (
  against: "both" | "objective" | "stable",
  versions: { latest: string; stable?: string } = VERSIONS,
): string => watchQuery(COUNTERS, 0.999, { ...PROMISE, against }, versions);

test("the gate adds up the evidence of all votes", () => {
  const all = 'all{rollouts_pod_template_hash="A"}';
  const ok = 'all{ok="1",rollouts_pod_template_hash="A"}';
  const events = (of: string): string =>
    `sum((last_over_time(${of}[690s]) - last_over_time(${of}[690s] offset 60s) >= 0) or last_over_time(${of}[690s]))`;
  assert.is(
    gateQuery(COUNTERS, 0.999, PROMISE, VERSIONS),
    [
      "sum_over_time((",
      `2.30258509299 * (${events(all)} - (${events(ok)} or vector(0)))`,
      `- 0.009 * ${events(all)}`,
      `and on () (last_over_time(${all}[90s]) and on (pod) last_over_time(${all}[90s] @ end()))`,
      ")[7200s:60s])",
    ].join("\n"),
  );
});

test("the watch caps the gate's votes, over a release and over a moment", () => {
  const capped = (cap: string, reach: string): string =>
    gateQuery(COUNTERS, 0.999, PROMISE, VERSIONS)
      .replace("((\n", "((\nclamp_max(\n")
      .replace("\nand on () (", `,\n${cap})\nand on () (`)
      .replace("[7200s:60s]", `[${reach}:60s]`);
  assert.is(
    watch("objective"),
    [
      "max(",
      `label_replace(${capped("2.355301", "7200s")}, "score", "release", "", "")`,
      "or",
      `label_replace(${capped("5.847701", "180s")}`,
      '- 6.9848, "score", "moment", "", "")',
      ")",
    ].join("\n"),
  );
});

test("both scores are needed where there is another version to compare with", () => {
  assert.is(watch("both").match(/min\(\nlabel_replace\(sum_over_time/g)!.length, 2);
  assert.is(watch("both").match(/"score", "stable"/g)!.length, 2);
  assert.is(watch("both", { latest: "A" }), watch("objective"));
  assert.is(watch("stable", { latest: "A" }), watch("objective"));
  assert.not.match(watch("stable"), /[^_]min\(/);
});

test("every counter is asked for with its matchers", () => {
  const counters = {
    total: { name: "istio_requests_total", matchers: 'reporter="destination"' },
    good: { name: "istio_requests_total", matchers: 'reporter="destination",response_code!~"5.."' },
  };
  const selectors = watchQuery(counters, 0.99, PROMISE, VERSIONS).match(/istio_requests_total\{[^}]*\}/g)!;
  assert.ok(selectors.every((selector) => selector.startsWith('istio_requests_total{reporter="destination"')));
  assert.is(new Set(selectors).size, 5); // both counters of the new version and of all, and all requests of the stable one
});

test("whatever is promised, a text is made whose numbers are those of PromQL and whose brackets close", () => {
  fc.assert(
    fc.property(promises, fc.double({ min: 0.5, max: 0.99999, noNaN: true }), (promise, objective) => {
      for (const query of [watchQuery, gateQuery].map((make) => make(COUNTERS, objective, promise, VERSIONS))) {
        assert.not.match(query, /NaN|Infinity|undefined/);
        let open = 0;
        for (const letter of query.replaceAll(/"[^"]*"/g, "")) {
          open += "([{".includes(letter) ? 1 : ")]}".includes(letter) ? -1 : 0;
          assert.ok(open >= 0);
        }
        assert.is(open, 0);
      }
    }),
  );
});

test.run();
