import { readFileSync } from "node:fs";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { configPage, rowsOf, type } from "./config-docs.ts";
import type { Schema } from "./config-schema.ts";

const test = suite("docs/config.md");
const schema = JSON.parse(readFileSync("schemas/ecosystem.schema.json", "utf8")) as Schema;
const page = configPage(schema, readFileSync("scripts/gen/config-guide.md", "utf8"));
const sections = new Map(
  page
    .split(/^#{2,3} /m)
    .slice(1)
    .map((text) => [text.slice(0, text.indexOf("\n")), text]),
);

test("every key of every type has its row, bold where it is required", () => {
  const objects: [string, Schema][] = [
    ["The ecosystem", schema],
    ...Object.entries(schema.definitions!).filter(([name]) => sections.has(name)),
  ];
  assert.ok(objects.length > 60, `${objects.length} sections`);
  for (const [name, object] of objects) {
    if (object.oneOf || object["x-eco-by-kind"]) continue;
    const rows = [...sections.get(name)!.matchAll(/^\| (\*\*)?([^|*]+?)(?:\*\*)? \|/gm)].slice(1);
    assert.equal(
      rows.map(([, bold, key]) => [key, bold !== undefined]).filter(([key]) => key !== "---"),
      rowsOf(object, "").map(({ key, required }) => [key, required]),
      name,
    );
  }
});

test("every link leads to a section, and every section is linked", () => {
  const anchors = new Set([...sections.keys()].map((title) => title.toLowerCase().replaceAll(" ", "-")));
  const links = new Set([...page.matchAll(/\]\(#([^)]*)\)/g)].map(([, anchor]) => anchor!));
  assert.equal(
    [...links].filter((anchor) => !anchors.has(anchor)),
    [],
  );
  assert.equal(
    [...anchors].filter((anchor) => !links.has(anchor)),
    ["the-ecosystem"],
  );
});

test("units are explained once, in their own table", () => {
  assert.match(
    sections.get("Units")!,
    '| a duration | `"15m"` | 1ms to 36500d | A length of time: a number and `ms`, `s`, `m`, `h` or `d`. |',
  );
  assert.is(page.split("A length of time").length, 2);
  assert.not.match(page, "undefined");
});

test("keys of an object without a name follow it", () => {
  const metrics: Schema = { type: "object", properties: { interval: { type: "string" } }, required: ["interval"] };
  assert.equal(
    rowsOf({ properties: { metrics } }, "").map(({ key, required }) => [key, required]),
    [
      ["metrics", false],
      ["metrics.interval", true],
    ],
  );
});

test("types are said in words", () => {
  const definitions: Record<string, Schema> = {
    Port: { type: "object" },
    Tunednumber: { if: { type: "object" }, then: { $ref: "#/definitions/Tunablenumber" }, else: { type: "number" } },
  };
  const cases: [Schema, string][] = [
    [{ type: "string" }, "text"],
    [{ $ref: "#/definitions/Port" }, "[Port](#port)"],
    [{ $ref: "#/definitions/Duration" }, "[a duration](#units)"],
    [{ $ref: "#/definitions/Tunednumber" }, "number or [tunable](#tunables)"],
    [{ type: "object", additionalProperties: { $ref: "#/definitions/Port" } }, "[Port](#port), by name"],
    [
      { type: "array", items: { type: "string", "x-eco-ref": ["region", "cluster"] } },
      "list of names of declared regions or clusters",
    ],
    [{ enum: ["a", "b"] }, '`"a"`, `"b"`'],
    [{ if: { enum: ["approval"] }, else: { $ref: "#/definitions/Duration" } }, '[a duration](#units) or `"approval"`'],
    [{ const: false, type: "boolean" }, "`false`"],
  ];
  for (const [schema, words] of cases) assert.is(type(schema, definitions), words);
});

test.run();
