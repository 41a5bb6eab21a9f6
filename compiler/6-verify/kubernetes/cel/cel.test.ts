import { readFileSync } from "node:fs";
import glob from "fast-glob";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { createValidator, schemasBelow } from "../index.ts";
import type { ValidationRule } from "../json-schema.ts";
import type { Question } from "../question.ts";
import { answer, isAboutChanges, isReadable } from "./index.ts";
import { cases, type Case } from "./test/cases.ts";

const test = suite("rules of CRDs");

/** Every rule that schemas/crds/ carries. */
function carried(): ValidationRule[] {
  const found = new Map<string, ValidationRule>();
  const walk = (node: unknown): void => {
    if (node === null || typeof node !== "object") return;
    const rules = (node as Record<string, unknown>)["x-kubernetes-validations"];
    if (Array.isArray(rules)) for (const rule of rules as ValidationRule[]) found.set(rule.rule, rule);
    Object.values(node).forEach(walk);
  };
  for (const path of glob.sync("schemas/crds/**/*.json")) walk(JSON.parse(readFileSync(path, "utf8")));
  return [...found.values()];
}

/** Rules that the library cannot read, and what answers for them. */
const UNREAD: Readonly<Record<string, string>> = {};

/** Rules about changes: a new object has none. */
const TRANSITIONS = ["self == oldSelf"];

test("every rule is read", () => {
  const unread = carried().flatMap(({ rule }) => (isReadable(rule) ? [] : [rule]));
  assert.equal(unread, Object.keys(UNREAD));
  assert.equal(
    carried().flatMap(({ rule }) => (isAboutChanges(rule) ? [rule] : [])),
    TRANSITIONS,
  );
});

const { validate } = createValidator(schemasBelow("schemas/crds"));

function broken({ apiVersion, kind, cluster = false, spec }: Case): { schema: string[]; rules: string[] } {
  const questions: Question[] = [];
  const metadata = { name: "one", ...(cluster ? {} : { namespace: "shop" }) };
  const schema = validate({ apiVersion, kind, metadata, spec }, (question) => questions.push(question));
  return {
    schema: schema.map(({ path, message }) => `${path.join(".")} ${message}`),
    rules: questions.flatMap(answer).map(({ message }) => message),
  };
}

for (const one of cases)
  test(one.title, () => {
    const { schema, rules } = broken(one);
    assert.equal(schema, []);
    assert.equal(rules, one.breaks);
  });

test("every rule is broken by a case", () => {
  const said = new Set(cases.flatMap(({ breaks }) => breaks));
  const never = carried().filter(({ rule, message }) => !isAboutChanges(rule) && !said.has(message ?? rule));
  assert.equal(
    never.map(({ rule }) => rule),
    [],
  );
});

test("a rule says where it is broken", () => {
  const questions: Question[] = [];
  validate(
    {
      apiVersion: "networking.istio.io/v1",
      kind: "VirtualService",
      metadata: { name: "one", namespace: "shop" },
      spec: { hosts: ["web"], http: [{ route: [{ destination: { host: "web" } }], timeout: "0s" }] },
    },
    (question) => questions.push(question),
  );
  assert.equal(questions.flatMap(answer), [
    { path: ["spec", "http", 0, "timeout"], message: "must be a valid duration greater than 1ms", keyword: "rule" },
  ]);
});

test("what the schema refuses is not asked about", () => {
  const questions: Question[] = [];
  const found = validate(
    {
      apiVersion: "keda.sh/v1alpha1",
      kind: "ScaledObject",
      metadata: { name: "one", namespace: "shop" },
      spec: { minReplicaCount: "3", maxReplicaCount: 2 },
    },
    (question) => questions.push(question),
  );
  assert.ok(found.length > 0);
  assert.equal(questions, []);
});

test.run();
