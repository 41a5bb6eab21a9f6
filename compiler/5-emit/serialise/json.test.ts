import { suite } from "uvu";
import * as assert from "uvu/assert";
import { json } from "./json.ts";

const test = suite("json");

test("keeps the caller's order and ends in a newline", () => {
  assert.is(json({ b: [1, "x"], a: {} }), '{\n  "b": [\n    1,\n    "x"\n  ],\n  "a": {}\n}\n');
});

const REFUSED: readonly [value: unknown, message: string][] = [
  [{ a: undefined }, "JSON cannot hold undefined at a"],
  [[NaN], "JSON cannot hold NaN at [0]"],
  [{ at: new Date(0) }, "JSON cannot hold a Date at at"],
  [{ toJSON: () => 1 }, "JSON cannot hold a function at toJSON"],
  ["\udc00", "JSON cannot hold a lone surrogate"],
];

for (const [value, message] of REFUSED) {
  test(`refuses: ${message}`, () => {
    assert.throws(
      () => json(value),
      (error: Error) => error.message === message,
    );
  });
}

test.run();
