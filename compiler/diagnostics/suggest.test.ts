import { suite } from "uvu";
import * as assert from "uvu/assert";
import { didYouMean, nearest } from "./suggest.ts";

const test = suite("suggest");

const table: [name: string, declared: string[], expected: string | undefined][] = [
  ["replcas", ["replicas", "resources"], "replicas"],
  ["prot", ["port", "path"], "port"],
  ["port", ["host", "name"], undefined],
  ["web", ["api", "db"], undefined],
  ["wbe", ["web"], "web"],
  ["Web", ["web"], "web"],
  ["error_rate", ["error-rate", "errorBudget"], "error-rate"],
  ["dependson", ["dependsOn", "depends"], "dependsOn"],
  ["europe-west4", ["europe-west1", "europe-west2", "us-east1"], "europe-west1"],
  ["us", ["eu", "ap"], undefined],
  ["a", ["b"], undefined],
  ["", ["a", ""], undefined],
  ["ab", ["a"], undefined],
  ["paymnt-srvice", ["payment-service", "payments"], "payment-service"],
  ["entirely", ["different"], undefined],
  ["same", ["same", "sane"], "sane"],
  ["cost", ["host", "post", "most"], "host"],
];

for (const [name, declared, expected] of table) {
  test(`${JSON.stringify(name)} of ${declared.join(", ")}: ${expected}`, () => {
    assert.is(nearest(name, declared), expected);
    assert.is(nearest(name, [...declared].reverse()), expected, "whatever the order of the declarations");
  });
}

test("the question quotes the name", () => {
  assert.is(didYouMean("webb", ["web"]), 'did you mean "web"?');
  assert.is(didYouMean("webb", []), undefined);
});

test.run();
