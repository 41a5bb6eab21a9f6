import { suite } from "uvu";
import * as assert from "uvu/assert";
import { checkSchema } from "./check-schema.ts";
import type { JsonSchema, RootSchema } from "./json-schema.ts";
import { annotationKeyProblem, labelKeyProblem, labelValueProblem, nameProblem } from "./names.ts";

/** Each keyword at its bound: what it takes, what it does not, and how it says so. */
const keywords: [schema: JsonSchema, good: unknown[], bad: unknown[], says: RegExp][] = [
  [{ type: "string" }, ["", "a"], [1, null, [], {}, true, undefined], /^must be a string, not /],
  [{ type: "integer" }, [0, -1, 2 ** 60], [1.5, "1", NaN, Infinity], /^must be a whole number, not /],
  [{ type: "number" }, [0, 1.5], ["1", NaN, Infinity], /^must be a number, not /],
  [{ type: ["integer", "string"] }, [1, "x"], [1.5, true, null], /^must be a whole number or a string, not /],
  [{ type: "object" }, [{}], [[], null, "x"], /^must be an object, not /],
  [{ enum: ["One", "Two"] }, ["One"], ["Too"], /^must be one of "One", "Two", not "Too"; did you mean "Two"\?$/],
  [{ minLength: 1 }, ["a", "😀"], [""], /^must not be empty$/],
  [{ minLength: 2 }, ["ab", "😀😀"], ["a", "😀"], /^must have at least 2 characters$/],
  [{ maxLength: 2 }, ["ab", "😀😀"], ["abc"], /^has 3 characters, may have 2$/],
  [{ pattern: "^a+$" }, ["aa"], ["ab"], /^"ab" does not match \^a\+\$$/],
  [{ minimum: 1 }, [1], [0], /^must be at least 1, is 0$/],
  [{ maximum: 1 }, [1], [2], /^must be at most 1, is 2$/],
  [{ exclusiveMinimum: 1 }, [1.1], [1], /^must be above 1, is 1$/],
  [{ exclusiveMaximum: 1 }, [0.9], [1], /^must be below 1, is 1$/],
  [{ multipleOf: 5 }, [10], [12], /^must be a multiple of 5$/],
  [{ minItems: 1 }, [[1]], [[]], /^needs at least 1 entry, has 0$/],
  [{ maxItems: 1 }, [[1]], [[1, 2]], /^may have 1 entry, has 2$/],
  [{ uniqueItems: true }, [[1, 2]], [[1, 1]], /^repeats entry 0$/],
  [{ minProperties: 1 }, [{ a: 1 }], [{}, { a: undefined }], /^needs at least 1 fields, has 0$/],
  [{ maxProperties: 1 }, [{ a: 1 }], [{ a: 1, b: 2 }], /^may have 1 fields, has 2$/],
  [{ required: ["a"] }, [{ a: null }], [{}, { a: undefined }], /^lacks the field "a"$/],
  [{ not: { required: ["a"] } }, [{}], [{ a: 1 }], /^may not have "a"$/],
  [{ anyOf: [{ required: ["a"] }, { required: ["b"] }] }, [{ a: 1 }, { a: 1, b: 1 }], [{}], /^needs one of "a", "b"$/],
  [
    { oneOf: [{ required: ["a"] }, { required: ["b"] }] },
    [{ a: 1 }],
    [{ a: 1, b: 1 }],
    /^may have only one of "a", "b"$/,
  ],
  [{ allOf: [{ required: ["a"] }, { maxProperties: 1 }] }, [{ a: 1 }], [{ b: 1 }], /^lacks the field "a"$/],
  [
    { format: "quantity" },
    ["1", "250m", "1.5Gi", ".5", "1e3", "-1k", 2],
    ["", "1GB", "1 Gi", "Gi", "1KB"],
    /is not a quantity/,
  ],
  [{ format: "int32" }, [2 ** 31 - 1, -(2 ** 31)], [2 ** 31], /does not fit into 32 bits$/],
  [{ format: "int64" }, [2 ** 53 - 1], [2 ** 60], /does not fit into 64 bits$/],
  [
    { format: "date-time" },
    ["2026-01-31T08:00:00Z", "2026-01-31T08:00:00.5+01:00"],
    ["2026-01-31", "now"],
    /is not a time/,
  ],
  [{ format: "byte" }, ["", "YQ==", "YWI=", "YWJj"], ["a", "YQ", "Y!=="], /^is not base64$/],
  [{ format: "port" }, [1, 65535, "http", "a-1"], [0, 65536, "1", "Http", "a--b", "sixteen-letters-"], /port|number/],
];

const checks = suite("check-schema: keywords");
for (const [schema, good, bad, says] of keywords) {
  checks(JSON.stringify(schema), () => {
    for (const value of good) assert.equal(checkSchema(schema, value), [], JSON.stringify(value));
    for (const value of bad) {
      const violations = checkSchema(schema, value);
      assert.is(violations.length, 1, `${JSON.stringify(value)}: ${JSON.stringify(violations)}`);
      assert.match(violations[0]!.message, says);
    }
  });
}
checks("a misspelt required field is one mistake", () => {
  const schema: RootSchema = {
    properties: { image: {}, name: {} },
    required: ["image", "name"],
    additionalProperties: false,
  };
  assert.equal(checkSchema(schema, { imgae: "x", name: "y" }), [
    { path: ["imgae"], message: 'unknown field "imgae"; did you mean "image"?', keyword: "additionalProperties" },
  ]);
});
checks("a union reports the branch that is nearest", () => {
  const pause: JsonSchema = {
    required: ["pause"],
    properties: { pause: { type: "object", properties: { seconds: { type: "integer" } } } },
  };
  const schema: RootSchema = { anyOf: [{ type: "string" }, pause] };
  assert.equal(
    checkSchema(schema, { pause: { seconds: "1" } }).map(({ path }) => path),
    [["pause", "seconds"]],
  );
});
checks("definitions may contain themselves", () => {
  const schema: RootSchema = {
    $ref: "#/$defs/tree",
    $defs: { tree: { properties: { left: { $ref: "#/$defs/tree" } }, additionalProperties: false } },
  };
  assert.equal(checkSchema(schema, { left: { left: {} } }), []);
  assert.equal(checkSchema(schema, { left: { left: { right: 1 } } })[0]!.path, ["left", "left", "right"]);
});
checks("entries of a keyed list are told apart by their keys", () => {
  const schema: RootSchema = { "x-kubernetes-list-map-keys": ["port", "protocol"] };
  const entries = [{ port: 53, protocol: "UDP" }, { port: 53, protocol: "TCP" }, { port: 53 }];
  assert.equal(checkSchema(schema, entries), []);
  assert.equal(
    checkSchema(schema, [...entries, { port: 53 }]).map(({ path }) => path),
    [[3]],
  );
});
checks.run();

const names = suite("check-schema: names");
const rules: [what: string, problem: (name: string) => string | undefined, good: string[], bad: string[]][] = [
  [
    "service",
    (name) => nameProblem("v1", "Service", name),
    ["a", "a-1", "a".repeat(63)],
    ["", "1a", "a-", "A", "a.b", "a".repeat(64)],
  ],
  ["a service of another group", (name) => nameProblem("serving.knative.dev/v1", "Service", name), ["1a.b"], ["A"]],
  ["namespace", (name) => nameProblem("v1", "Namespace", name), ["1a", "a".repeat(63)], ["a.b", "-a", "a".repeat(64)]],
  [
    "subdomain",
    (name) => nameProblem("apps/v1", "Deployment", name),
    ["a.b-c.1", "a".repeat(253)],
    ["a..b", ".a", "a_b", "a".repeat(254)],
  ],
  ["cron job", (name) => nameProblem("batch/v1", "CronJob", name), ["a".repeat(52)], ["a".repeat(53)]],
  [
    "role",
    (name) => nameProblem("rbac.authorization.k8s.io/v1", "Role", name),
    ["system:Node", "a b"],
    ["a/b", "a%b", ".", ".."],
  ],
  [
    "label key",
    labelKeyProblem,
    ["a", "A_b.c-1", "example.com/a", "a".repeat(63)],
    ["", "a/", "/a", "-a", "a b", "E.com/a", "a".repeat(64)],
  ],
  ["label value", labelValueProblem, ["", "1.2_b-C", "a".repeat(63)], ["a b", "-a", "a-", "a/b", "a".repeat(64)]],
  ["annotation key", annotationKeyProblem, ["A", "Example.com/a"], ["", "a b", "example_com/a"]],
];
for (const [what, problem, good, bad] of rules) {
  names(what, () => {
    for (const name of good) assert.is(problem(name), undefined, name);
    for (const name of bad) assert.type(problem(name), "string", name);
  });
}
names.run();
