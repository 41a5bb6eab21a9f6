import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { JsonPatchOperation } from "../config/model/patches.ts";
import type { Patch } from "../topology/patches.ts";
import type { Topology } from "../topology/index.ts";
import type { TargetArtifact } from "./artifact.ts";
import { applyPatches, mergePatch } from "./patches.ts";

const rollout = (name: string) => ({
  apiVersion: "argoproj.io/v1alpha1",
  kind: "Rollout",
  metadata: { name, annotations: { "eco-compile.dev/source": `services.${name}` } },
  spec: { replicas: 2, steps: [{ a: 1 }, { b: 2 }] },
});
const analysis = {
  apiVersion: "argoproj.io/v1alpha1",
  kind: "AnalysisTemplate",
  metadata: { name: "web-gate" },
  spec: {},
};
const shared = [rollout("web"), rollout("api"), analysis];

/** The same objects on two clusters, a chart's values and a Terraform root. */
const artifacts: readonly TargetArtifact[] = [
  {
    path: "generated/clusters/one/services/web/manifests/rollout.yaml",
    target: "argo-rollouts",
    source: "services.web",
    body: { kind: "kubernetes", objects: shared },
  },
  {
    path: "generated/clusters/two/services/web/manifests/rollout.yaml",
    target: "argo-rollouts",
    source: "services.web",
    body: { kind: "kubernetes", objects: shared },
  },
  {
    path: "generated/clusters/one/services/web/values.yaml",
    target: "helm",
    source: "services.web",
    body: { kind: "values", chart: "service", name: "web", data: { replicas: 2, env: { A: "1" } } },
  },
  {
    path: "generated/terraform/gcp/foundation/main.tf",
    target: "terraform",
    source: "clouds.gcp",
    body: { kind: "hcl", parts: [] },
  },
];
const topology = (patches: readonly Partial<Patch>[]) =>
  ({
    patches: patches.map((patch, index) => ({
      source: `patches[${index}]`,
      target: "argo-rollouts",
      kind: "Rollout",
      name: "web",
      ...patch,
    })),
    clusters: ["one", "two"].map((name) => ({ name, path: `generated/clusters/${name}` })),
    terraformRoots: [
      { name: "gcp/foundation", path: "generated/terraform/gcp/foundation" },
      { name: "gcp/one", path: "generated/terraform/gcp/one" },
    ],
  }) as unknown as Topology;
const run = (...patches: readonly Partial<Patch>[]) => applyPatches(artifacts, topology(patches));

const objectsOf = ({ artifacts }: ReturnType<typeof run>, cluster: string): any[] => {
  const { body } = artifacts.find(({ path }) => path.startsWith(`generated/clusters/${cluster}/`))!;
  return [...(body as { objects: readonly unknown[] }).objects];
};
const specs = (result: ReturnType<typeof run>, cluster = "one") => objectsOf(result, cluster).map(({ spec }) => spec);
const untouched = JSON.stringify(artifacts);

test("no patch, no change: the very same artifacts", () => {
  const result = run();
  assert.ok(result.artifacts.every((artifact, index) => artifact === artifacts[index]));
});

test("a merge patch changes its object on every cluster, and no other", () => {
  const result = run({ merge: { spec: { replicas: 5, paused: true, steps: [{ c: 3 }] } } });
  assert.equal(result.diagnostics, []);
  for (const cluster of ["one", "two"]) {
    assert.equal(specs(result, cluster), [{ replicas: 5, steps: [{ c: 3 }], paused: true }, rollout("api").spec, {}]);
  }
});

test("null deletes", () =>
  assert.equal(specs(run({ merge: { spec: { replicas: null } } }))[0], { steps: [{ a: 1 }, { b: 2 }] }));

test("on one cluster alone", () => {
  const result = run({ cluster: "two", merge: { spec: { replicas: 5 } } });
  assert.equal([specs(result, "one")[0].replicas, specs(result, "two")[0].replicas], [2, 5]);
  assert.is(result.artifacts[0], artifacts[0]);
});

test("a JSON patch reaches into lists", () => {
  const json: JsonPatchOperation[] = [
    { op: "test", path: "/spec/replicas", value: 2 },
    { op: "add", path: "/spec/steps/1", value: { n: 1 } },
    { op: "remove", path: "/spec/steps/0" },
    { op: "move", from: "/spec/replicas", path: "/spec/count" },
    { op: "add", path: "/spec/x~1y", value: 1 },
  ];
  assert.equal(specs(run({ json }))[0], { steps: [{ n: 1 }, { b: 2 }], count: 2, "x/y": 1 });
});

test("merge first, then JSON, then the next patch", () => {
  const result = run(
    {
      merge: { spec: { replicas: 5 } },
      json: [
        { op: "test", path: "/spec/replicas", value: 5 },
        { op: "replace", path: "/spec/replicas", value: 6 },
      ],
    },
    {
      json: [
        { op: "test", path: "/spec/replicas", value: 6 },
        { op: "replace", path: "/spec/replicas", value: 7 },
      ],
    },
  );
  assert.equal(result.diagnostics, []);
  assert.is(specs(result)[0].replicas, 7);
});

test("the annotation names the patch beside the source, and so does the file", () => {
  const result = run({ merge: { spec: { replicas: 5 } } }, { merge: { spec: { paused: true } } });
  assert.equal(
    objectsOf(result, "one").map(({ metadata }) => metadata.annotations?.["eco-compile.dev/source"]),
    ["services.web, patches[0], patches[1]", "services.api", undefined],
  );
  assert.equal(result.artifacts[0]!.patches, ["patches[0]", "patches[1]"]);
  assert.is(result.artifacts[2]!.patches, undefined);
});

test("values of a chart are patched by the workload's name", () => {
  const result = run({ target: "helm", kind: "Values", merge: { env: { B: "2" } } });
  assert.equal((result.artifacts[2]!.body as { data: unknown }).data, { replicas: 2, env: { A: "1", B: "2" } });
  assert.equal(result.artifacts[2]!.patches, ["patches[0]"]);
});

test("a Terraform root gets one override file, in which all its patches stand", () => {
  const result = run(
    { target: "terraform", kind: "Terraform", name: "gcp/one", merge: { module: { cluster: { a: 1, b: 1 } } } },
    { target: "terraform", kind: "Terraform", name: "gcp/one", merge: { module: { cluster: { b: 2 } } } },
  );
  assert.equal(result.artifacts.slice(artifacts.length), [
    {
      path: "generated/terraform/gcp/one/patches_override.tf.json",
      target: "terraform",
      source: "patches[0]",
      patches: ["patches[0]", "patches[1]"],
      body: { kind: "json", data: { module: { cluster: { a: 1, b: 2 } } } },
    },
  ]);
});

const EXPLAIN = "run `eco-compile explain <config path>` to see what is made from a part of the config";
const POINTER = "a path is a JSON pointer into the object as it is generated, as /spec/replicas";
const json = (...operations: unknown[]) => ({ json: operations as JsonPatchOperation[] });

const refused: readonly [
  title: string,
  patch: Partial<Patch>,
  id: string,
  at: string,
  message: string,
  hint: string,
][] = [
  [
    "a name close to one that is made",
    { name: "wep", merge: {} },
    "no-match",
    "patches[0]",
    'argo-rollouts makes no Rollout named "wep"',
    'did you mean "web"?',
  ],
  [
    "a name that nothing is close to",
    { name: "elsewhere", merge: {} },
    "no-match",
    "patches[0]",
    'argo-rollouts makes no Rollout named "elsewhere"',
    EXPLAIN,
  ],
  [
    "a kind close to one that is made",
    { kind: "Rolout", merge: {} },
    "no-match",
    "patches[0]",
    'argo-rollouts makes no Rolout named "web"',
    'did you mean "Rollout"?',
  ],
  [
    "a target close to one that there is",
    { target: "argo-rollout", merge: {} },
    "no-match",
    "patches[0]",
    'argo-rollout makes no Rollout named "web"',
    'did you mean "argo-rollouts"?',
  ],
  [
    "the right name on the wrong target",
    { target: "helm", merge: {} },
    "no-match",
    "patches[0]",
    'helm makes no Rollout named "web"',
    EXPLAIN,
  ],
  [
    "a cluster that does not have it",
    { target: "helm", kind: "Values", cluster: "two", merge: {} },
    "no-match",
    "patches[0]",
    'helm makes no Values named "web" in two',
    EXPLAIN,
  ],
  [
    "a root close to one that there is",
    { target: "terraform", kind: "Terraform", name: "gcp/foundatoin", merge: {} },
    "no-match",
    "patches[0]",
    'there is no Terraform root "gcp/foundatoin"',
    'did you mean "gcp/foundation"?',
  ],
  [
    "a root that nothing is close to",
    { target: "terraform", kind: "Terraform", name: "aws/x", merge: {} },
    "no-match",
    "patches[0]",
    'there is no Terraform root "aws/x"',
    "roots are gcp/foundation, gcp/one",
  ],
  [
    "a root of another target",
    { target: "helm", kind: "Terraform", name: "gcp/one", merge: {} },
    "no-match",
    "patches[0]",
    "helm makes no Terraform roots",
    'did you mean "terraform"?',
  ],
  [
    "JSON patches of a root",
    { target: "terraform", kind: "Terraform", name: "gcp/one", json: [] },
    "invalid",
    "patches[0]",
    "the patch of Terraform gcp/one cannot be `json`",
    "write the blocks to override as Terraform's JSON syntax under `merge`",
  ],
  [
    "nothing to do",
    {},
    "invalid",
    "patches[0]",
    "the patch of Rollout web says neither `merge` nor `json`",
    "say what to change",
  ],
  [
    "a path to nothing",
    json({ op: "add", path: "/spec/a", value: 1 }, { op: "remove", path: "/spec/nothing" }),
    "invalid",
    "patches[0].json[1]",
    "the patch of Rollout web finds nothing at /spec/nothing",
    POINTER,
  ],
  [
    "a parent that is not there",
    json({ op: "add", path: "/a/b", value: 1 }),
    "invalid",
    "patches[0].json[0]",
    "the patch of Rollout web finds nothing at /a/b",
    POINTER,
  ],
  [
    "a member of a number",
    json({ op: "add", path: "/spec/replicas/x", value: 1 }),
    "invalid",
    "patches[0].json[0]",
    "the patch of Rollout web finds nothing at /spec/replicas/x: /spec/replicas is a number, with nothing below it",
    POINTER,
  ],
  [
    "a letter of a text",
    json({ op: "replace", path: "/metadata/name/0", value: "x" }),
    "invalid",
    "patches[0].json[0]",
    "the patch of Rollout web finds nothing at /metadata/name/0: /metadata/name is a string, with nothing below it",
    POINTER,
  ],
  [
    "a member of null",
    json({ op: "add", path: "/spec/x", value: null }, { op: "add", path: "/spec/x/y", value: 1 }),
    "invalid",
    "patches[0].json[1]",
    "the patch of Rollout web finds nothing at /spec/x/y: /spec/x is null, with nothing below it",
    POINTER,
  ],
  [
    "the length of a list",
    json({ op: "replace", path: "/spec/steps/length", value: 0 }),
    "invalid",
    "patches[0].json[0]",
    "the patch of Rollout web finds nothing at /spec/steps/length: /spec/steps is a list of 2",
    POINTER,
  ],
  [
    "a list's item by a name",
    json({ op: "remove", path: "/spec/steps/first" }),
    "invalid",
    "patches[0].json[0]",
    "the patch of Rollout web finds nothing at /spec/steps/first: /spec/steps is a list of 2",
    POINTER,
  ],
  [
    "an index with a zero before it",
    json({ op: "remove", path: "/spec/steps/01" }),
    "invalid",
    "patches[0].json[0]",
    "the patch of Rollout web finds nothing at /spec/steps/01: /spec/steps is a list of 2",
    POINTER,
  ],
  [
    "an item behind the end",
    json({ op: "add", path: "/spec/steps/3", value: {} }),
    "invalid",
    "patches[0].json[0]",
    "the patch of Rollout web finds nothing at /spec/steps/3: /spec/steps is a list of 2",
    POINTER,
  ],
  [
    "the item that is to be",
    json({ op: "remove", path: "/spec/steps/-" }),
    "invalid",
    "patches[0].json[0]",
    "the patch of Rollout web finds nothing at /spec/steps/-: /spec/steps is a list of 2",
    POINTER,
  ],
  [
    "a move behind the end of what is left",
    json({ op: "move", from: "/spec/steps/0", path: "/spec/steps/2" }),
    "invalid",
    "patches[0].json[0]",
    "the patch of Rollout web finds nothing at /spec/steps/2: /spec/steps is a list of 1",
    POINTER,
  ],
  [
    "a move into itself",
    json({ op: "move", from: "/spec", path: "/spec/steps/0" }),
    "invalid",
    "patches[0].json[0]",
    "the patch of Rollout web moves /spec into itself: /spec/steps/0",
    POINTER,
  ],
  [
    "everything",
    json({ op: "remove", path: "" }),
    "invalid",
    "patches[0].json[0]",
    "the patch of Rollout web removes the whole object",
    POINTER,
  ],
  [
    "a pointer with a lone tilde",
    json({ op: "remove", path: "/spec/~x" }),
    "invalid",
    "patches[0].json[0]",
    'the patch of Rollout web has a path with a "~" that is not written ~0: /spec/~x',
    POINTER,
  ],
  [
    "a method of every object",
    json({ op: "copy", from: "/toString", path: "/spec/x" }),
    "invalid",
    "patches[0].json[0]",
    "the patch of Rollout web finds nothing at /toString",
    POINTER,
  ],
  [
    "a test that fails",
    json({ op: "test", path: "/spec/replicas", value: { a: 1 } }),
    "invalid",
    "patches[0].json[0]",
    'the patch of Rollout web holds only where /spec/replicas is {"a":1}',
    POINTER,
  ],
  [
    "a path without its slash",
    json({ op: "replace", path: "spec", value: 1 }),
    "invalid",
    "patches[0].json[0]",
    'the patch of Rollout web has a path that does not begin with "/": spec',
    POINTER,
  ],
  [
    "a move from nowhere",
    json({ op: "move", path: "/spec" }),
    "invalid",
    "patches[0].json[0]",
    "the patch of Rollout web lacks `from`, which move needs",
    POINTER,
  ],
  [
    "an addition of nothing",
    json({ op: "add", path: "/spec/x" }),
    "invalid",
    "patches[0].json[0]",
    "the patch of Rollout web lacks `value`, which add needs",
    POINTER,
  ],
  [
    "the prototype of every object",
    json({ op: "add", path: "/__proto__/polluted", value: 1 }),
    "invalid",
    "patches[0].json[0]",
    "the patch of Rollout web has a path that leads out of the data: /__proto__/polluted",
    POINTER,
  ],
  [
    "the same by another way",
    json({ op: "copy", from: "/constructor/prototype", path: "/spec/x" }),
    "invalid",
    "patches[0].json[0]",
    "the patch of Rollout web has a path that leads out of the data: /constructor/prototype",
    POINTER,
  ],
  [
    "another name",
    { merge: { metadata: { name: "other" } } },
    "invalid",
    "patches[0]",
    "the patch of Rollout web would make another object of it",
    "kind and name stay: others refer to them",
  ],
  [
    "another kind",
    json({ op: "replace", path: "/kind", value: "Deployment" }),
    "invalid",
    "patches[0]",
    "the patch of Rollout web would make another object of it",
    "kind and name stay: others refer to them",
  ],
  [
    "no metadata",
    { merge: { metadata: null } },
    "invalid",
    "patches[0]",
    "the patch of Rollout web would make another object of it",
    "kind and name stay: others refer to them",
  ],
];
for (const [title, patch, id, at, message, hint] of refused) {
  test(`refused once, and without effect: ${title}`, () => {
    const result = run(patch);
    assert.equal(result.diagnostics, [{ id: `patch/${id}`, severity: "error", at, message, hint }]);
    assert.equal(
      result.artifacts.map(({ body }) => (body.kind === "kubernetes" ? body.objects.map(({ spec }) => spec) : body)),
      artifacts.map(({ body }) => (body.kind === "kubernetes" ? body.objects.map(({ spec }) => spec) : body)),
    );
  });
}

test("keys with a meaning elsewhere are only data in a merge", () => {
  const merged = mergePatch(
    { a: 1 },
    JSON.parse('{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}'),
  ) as Record<string, unknown>;
  assert.equal(Object.keys(merged).sort(), ["__proto__", "a", "constructor"]);
  assert.is(Object.getPrototypeOf(merged), Object.prototype);
  assert.is(({} as Record<string, unknown>)["polluted"], undefined);
  assert.equal(merged["constructor"], { prototype: { polluted: 1 } });
});

// The examples of RFC 7396, appendix A.
const rfc: readonly [unknown, unknown, unknown][] = [
  [{ a: "b" }, { a: "c" }, { a: "c" }],
  [{ a: "b" }, { b: "c" }, { a: "b", b: "c" }],
  [{ a: "b" }, { a: null }, {}],
  [{ a: "b", b: "c" }, { a: null }, { b: "c" }],
  [{ a: ["b"] }, { a: "c" }, { a: "c" }],
  [{ a: "c" }, { a: ["b"] }, { a: ["b"] }],
  [{ a: { b: "c" } }, { a: { b: "d", c: null } }, { a: { b: "d" } }],
  [{ a: [{ b: "c" }] }, { a: [1] }, { a: [1] }],
  [
    ["a", "b"],
    ["c", "d"],
    ["c", "d"],
  ],
  [{ a: "b" }, ["c"], ["c"]],
  [{ a: "foo" }, null, null],
  [{ a: "foo" }, "bar", "bar"],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }],
  [[1, 2], { a: "b", c: null }, { a: "b" }],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
];
test("a merge does what RFC 7396 shows", () => {
  for (const [value, patch, wanted] of rfc)
    assert.equal(mergePatch(value, patch), wanted, JSON.stringify([value, patch]));
});

test("whatever an operation says, it is applied or refused at its place", () => {
  const token = fc.constantFrom(
    "spec",
    "metadata",
    "name",
    "steps",
    "replicas",
    "0",
    "1",
    "2",
    "-",
    "-1",
    "01",
    "1e9",
    "length",
    "a",
    "",
    "~0",
    "~1",
    "~2",
    "__proto__",
    "toString",
    "annotations",
  );
  const pointer = fc.oneof(
    fc.array(token, { maxLength: 5 }).map((tokens) => tokens.map((each) => `/${each}`).join("")),
    fc.string({ maxLength: 6 }),
  );
  const operation = fc.record(
    {
      op: fc.constantFrom("add", "remove", "replace", "move", "copy", "test"),
      path: pointer,
      from: pointer,
      value: fc.jsonValue({ maxDepth: 2 }),
    },
    { requiredKeys: ["op", "path"] },
  );
  fc.assert(
    fc.property(fc.array(operation, { minLength: 1, maxLength: 4 }), (operations) => {
      const { diagnostics } = run(json(...operations));
      assert.ok(
        diagnostics.every(
          ({ id, at, message }) =>
            id === "patch/invalid" && /^patches\[0\](?:\.json\[\d\])?$/.test(at) && !message.includes("undefined"),
        ),
        JSON.stringify(diagnostics),
      );
      assert.is(JSON.stringify(artifacts), untouched);
    }),
    { numRuns: 3000 },
  );
});

test("a test of what cannot be printed is answered", () => {
  const add = { op: "add", path: "/spec/toString", value: [] } as const;
  const tests = (value: unknown) => ({ op: "test", path: "/spec", value }) as JsonPatchOperation;
  assert.equal(run(json(add, tests({ replicas: 2, steps: [{ a: 1 }, { b: 2 }], toString: [] }))).diagnostics, []);
  assert.match(run(json(add, tests({}))).diagnostics[0]!.message, /holds only where \/spec is \{\}/);
});

test("patches leave what the targets made as it was: clusters share it", () =>
  assert.is(JSON.stringify(artifacts), untouched));

test.run();
