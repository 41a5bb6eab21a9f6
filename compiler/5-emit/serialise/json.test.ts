import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { canonicalJson, json } from "./json.ts";

const test = suite("json");

test("keeps the caller's order and ends in a newline", () => {
  assert.is(json({ b: [1, "x"], a: {} }), '{\n  "b": [\n    1,\n    "x"\n  ],\n  "a": {}\n}\n');
});

/** From RFC 8785, 3.2.2 and 3.2.3. */
const CANONICAL: readonly [value: unknown, text: string][] = [
  [
    { numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001], string: "€$\u000f\nA'B\"\\\\\"/", literals: [null, true, false] },
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  ],
  [
    { "€": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One", "\u{1f600}": "Emoji", "\x80": "Control", "ö": "Latin Small Letter O With Diaeresis" },
    '{"\\r":"Carriage Return","1":"One","\x80":"Control","ö":"Latin Small Letter O With Diaeresis","€":"Euro Sign","\u{1f600}":"Emoji","\ufb33":"Hebrew Letter Dalet With Dagesh"}',
  ],
  [{ b: 1, B: 2, a: 3 }, '{"B":2,"a":3,"b":1}'],
  [[], "[]"],
  [{}, "{}"],
  [-0, "0"],
];

for (const [value, text] of CANONICAL) test(`canonical: ${text.slice(0, 50)}`, () => assert.is(canonicalJson(value), text));

test("canonical JSON does not see the order of keys", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      assert.is(canonicalJson(reversed(value)), canonicalJson(value));
      assert.equal(JSON.parse(canonicalJson(value)), JSON.parse(JSON.stringify(value)));
    }),
    { seed: 7 },
  );
});

const reversed = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(reversed)
    : value !== null && typeof value === "object"
      ? Object.fromEntries(Object.entries(value).reverse().map(([key, member]) => [key, reversed(member)]))
      : value;

const REFUSED: readonly [value: unknown, message: string][] = [
  [{ a: undefined }, "JSON cannot hold undefined at a"],
  [[NaN], "JSON cannot hold NaN at [0]"],
  [{ at: new Date(0) }, "JSON cannot hold a Date at at"],
  [{ toJSON: () => 1 }, "JSON cannot hold a function at toJSON"],
  ["\udc00", "JSON cannot hold a lone surrogate"],
];

for (const [value, message] of REFUSED) {
  test(`refuses: ${message}`, () => {
    for (const print of [json, canonicalJson]) assert.throws(() => print(value), (error: Error) => error.message === message);
  });
}

test.run();
