import { suite } from "uvu";
import * as assert from "uvu/assert";
import { close } from "./close.ts";
import { javaScriptPattern } from "./pattern.ts";
import type { Schema } from "./schema.ts";

const STRING: Schema = { type: "string" };

const closing = suite("structural schemas, closed");
const cases: [what: string, schema: Schema, closed: Schema][] = [
  [
    "an object takes only its fields",
    { type: "object", properties: { a: STRING } },
    { type: "object", properties: { a: STRING }, additionalProperties: false },
  ],
  ["an object without fields takes none", { type: "object" }, { type: "object", additionalProperties: false }],
  [
    "a map stays a map",
    { type: "object", additionalProperties: STRING },
    { type: "object", additionalProperties: STRING },
  ],
  [
    "unknown fields stay where they are preserved",
    { type: "object", properties: { a: STRING }, "x-kubernetes-preserve-unknown-fields": true },
    { type: "object", properties: { a: STRING } },
  ],
  ["anything stays anything", { "x-kubernetes-preserve-unknown-fields": true }, {}],
  ["words are dropped", { type: "string", description: "words", example: "x" }, STRING],
  ["null is a type", { type: "string", nullable: true, enum: ["a"] }, { enum: ["a", null], type: ["string", "null"] }],
  [
    "int-or-string is both",
    { "x-kubernetes-int-or-string": true, anyOf: [{ type: "integer" }, STRING] },
    { type: ["integer", "string"] },
  ],
  [
    "a list may be a set",
    { type: "array", items: STRING, "x-kubernetes-list-type": "set" },
    { uniqueItems: true, type: "array", items: STRING },
  ],
  [
    "a field with a default may be left out",
    { type: "object", required: ["a", "b"], properties: { a: { type: "string", default: "x" }, b: STRING } },
    { required: ["b"], type: "object", properties: { a: STRING, b: STRING }, additionalProperties: false },
  ],
  [
    "conditions on values are not objects of their own",
    { type: "object", properties: { a: STRING }, anyOf: [{ properties: { a: { enum: ["x"] } } }, { required: ["a"] }] },
    {
      type: "object",
      properties: { a: STRING },
      additionalProperties: false,
      anyOf: [{ properties: { a: { enum: ["x"] } } }, { required: ["a"] }],
    },
  ],
  [
    "an exclusive minimum is a number",
    { type: "integer", minimum: 0, exclusiveMinimum: true },
    { type: "integer", exclusiveMinimum: 0 },
  ],
  [
    "a port has a format",
    { type: "object", properties: { port: { type: "integer", format: "int32" } } },
    { type: "object", properties: { port: { type: "integer", format: "port" } }, additionalProperties: false },
  ],
  [
    "a port that only has a name has none",
    { type: "object", properties: { port: STRING } },
    { type: "object", properties: { port: STRING }, additionalProperties: false },
  ],
];
for (const [what, schema, closed] of cases)
  closing(what, () => assert.equal(JSON.parse(JSON.stringify(close(schema))), closed));
closing.run();

const patterns = suite("structural schemas, patterns");
patterns("of RE2 under (?i) mean the same, to the end of the group", () => {
  const months = new RegExp(javaScriptPattern("^((?i)may|june):x$"), "u");
  for (const text of ["may:x", "MAY:x", "jUnE:x"]) assert.ok(months.test(text), text);
  for (const text of ["may:X", "july:x"]) assert.not(months.test(text), text);
});
patterns("that JavaScript does not take fail here", () => {
  assert.throws(() => javaScriptPattern("\\Ax\\z"), SyntaxError);
  assert.throws(() => javaScriptPattern("[[:alpha:]]"), /POSIX/);
  assert.throws(() => javaScriptPattern("(?i)[a-z]"), /not translated/);
});
patterns.run();
