import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { consumer } from "../../../lab/toolchain/consumer.ts";
import { customResources, objectSchema } from "./custom-resources.ts";
import { deduplicate } from "./deduplicate.ts";
import { enumFields } from "./go-enums.ts";
import { downloadModules } from "./go-modules.ts";
import { generate } from "./index.ts";
import type { Schema } from "./schema.ts";

const ROOT = join(import.meta.dirname, "../../..");

const committed = suite("kubernetes schemas: what is committed");
const regenerated = consumer("go") ? committed : committed.skip;
regenerated("is what the pinned modules give, byte for byte, and nothing else", async () => {
  const files = await generate();
  const present = readdirSync(join(ROOT, "schemas/crds"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== "sources.json")
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1));
  assert.equal(present.sort(), [...files.keys()].sort());
  for (const [path, content] of files) assert.is(readFileSync(join(ROOT, path), "utf8"), content, path);
});
committed("stays small enough to ship", () => {
  const files = readdirSync(join(ROOT, "schemas/crds"), { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const size = files.reduce((sum, entry) => sum + readFileSync(join(entry.parentPath, entry.name)).length, 0);
  assert.ok(size < 1_500_000, `${size} bytes`);
});
committed.run();

const modules = suite("kubernetes schemas: Go modules");
const MODULE = { module: "istio.io/api", version: "v1.31.1" };
(consumer("go") ? modules : modules.skip)("must have the pinned sum", async () => {
  assert.match(
    await failure(downloadModules([{ ...MODULE, sum: "h1:other=" }])),
    /istio\.io\/api@v1\.31\.1 has sum h1:.+ pins h1:other=/,
  );
});
(consumer("go") ? modules : modules.skip)("that the proxy does not have are named", async () => {
  const unknown = { ...MODULE, version: "v0.0.1-none", sum: "h1:other=" };
  assert.match(await failure(downloadModules([unknown])), /^istio\.io\/api@v0\.0\.1-none: /);
});
modules("need Go, and say so", async () => {
  const path = process.env["PATH"];
  process.env["PATH"] = "";
  try {
    assert.match(await failure(generate()), /^Go is needed to regenerate schemas\/crds/);
  } finally {
    process.env["PATH"] = path;
  }
});
modules.run();

const enums = suite("kubernetes schemas: enumerations from Go types");
enums("are read in both forms of constant, through pointers, lists and imports", () => {
  const core = {
    path: "core/v1",
    source: [
      "// +enum",
      "// Two lines of words.",
      "type Policy string",
      "",
      "const (",
      '\tOne Policy = "One"',
      '\tTwo = Policy("Two")',
      ")",
      "",
      "type Free string",
      "",
      "type Pod struct {",
      '\tPolicy *Policy `json:"policy,omitempty" protobuf:"bytes,1"`',
      '\tPolicies []Policy `json:"policies"`',
      '\tFree Free `json:"free"`',
      "}",
    ].join("\n"),
  };
  const other = {
    path: "apps/v1",
    source: [
      "import (",
      '\tcorev1 "k8s.io/api/core/v1"',
      ")",
      "type Set struct {",
      '\tPolicy corev1.Policy `json:"policy"`',
      "}",
    ].join("\n"),
  };
  assert.equal(
    [...enumFields([core, other])],
    [
      ["io.k8s.api.core.v1.Pod#policy", ["One", "Two"]],
      ["io.k8s.api.core.v1.Pod#policies", ["One", "Two"]],
      ["io.k8s.api.apps.v1.Set#policy", ["One", "Two"]],
    ],
  );
});
enums("without a known constant fail the generation", () => {
  assert.throws(
    () => enumFields([{ path: "core/v1", source: "// +enum\ntype Policy string\n" }]),
    /Policy is marked \+enum/,
  );
});
enums.run();

const duplicates = suite("kubernetes schemas: deduplication");
const big = (name: string): Schema => ({
  type: "object",
  properties: Object.fromEntries([1, 2, 3, 4].map((n) => [`${name}${n}`, { type: "string" }])),
});
duplicates("writes once what stands twice, and says the same", () => {
  const root: Schema = {
    type: "object",
    properties: { one: big("a"), two: { ...big("a") }, three: { type: "object", properties: { four: big("b") } } },
  };
  const { $defs, ...schema } = deduplicate(root, {}) as Schema & { $defs: Record<string, Schema> };
  assert.is(Object.keys($defs).length, 1);
  assert.match(Object.keys($defs)[0]!, /^one-[0-9a-f]{8}$/);
  assert.equal(expanded(schema, $defs), root);
});
duplicates("keeps the name of a definition, and lets it contain itself", () => {
  const tree: Schema = { type: "object", properties: { left: { $ref: "#/definitions/io.example.v1.Tree" } } };
  const schema = deduplicate(
    { type: "object", properties: { tree: { $ref: "#/definitions/io.example.v1.Tree" } } },
    { "io.example.v1.Tree": tree },
  );
  assert.equal(schema["$defs"], {
    "example.v1.Tree": { type: "object", properties: { left: { $ref: "#/$defs/example.v1.Tree" } } },
  });
});
duplicates("fails on a reference to nothing", () => {
  assert.throws(() => deduplicate({ $ref: "#/definitions/nothing" }, {}), /defined nowhere/);
});
duplicates.run();

const custom = suite("kubernetes schemas: custom resources");
custom("are read for the versions that are served", () => {
  const version = (name: string, served: boolean) =>
    `  - {name: ${name}, served: ${served}, schema: {openAPIV3Schema: {type: object}}}\n`;
  const yaml = `kind: CustomResourceDefinition\nspec:\n  group: example.com\n  scope: Cluster\n  names: {kind: Widget}\n  versions:\n`;
  const found = customResources(`${yaml}${version("v1", true)}${version("v1beta1", false)}---\nkind: Service\n`);
  assert.equal([...found], [["example.com/v1 Widget", { schema: { type: "object" }, scope: "Cluster" }]]);
});
custom("have the root of every object and no status", () => {
  const schema = objectSchema("example.com/v1", "Widget", {
    type: "object",
    required: ["spec", "status"],
    properties: { spec: {}, status: {} },
  });
  assert.equal(Object.keys(schema.properties!), ["spec", "apiVersion", "kind", "metadata"]);
  assert.equal(schema.required, ["apiVersion", "kind", "metadata", "spec"]);
});
custom.run();

function expanded(schema: Schema, defs: Record<string, Schema>): Schema {
  if (schema.$ref) return expanded(defs[schema.$ref.slice("#/$defs/".length)]!, defs);
  if (!schema.properties) return schema;
  return {
    ...schema,
    properties: Object.fromEntries(
      Object.entries(schema.properties).map(([name, field]) => [name, expanded(field, defs)]),
    ),
  };
}

/** The message with which a promise fails. */
async function failure(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    return (error as Error).message;
  }
  return "did not fail";
}
