import { readFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Schema } from "./config-schema.ts";
import { checkFamilies, inferenceTypes } from "./names.ts";

const schema = (): Schema => JSON.parse(readFileSync("schemas/ecosystem.schema.json", "utf8")) as Schema;

test("the families are the model's records of definitions", () => checkFamilies(schema()));

test("a record of definitions without a family is refused, by its path", () => {
  const root = schema();
  root.properties!["queues"] = { type: "object", additionalProperties: { $ref: "#/definitions/Team" } };
  assert.throws(() => checkFamilies(root), /^queues declares names: give them a family/);
});

test("a record of plain values, or within a definition, needs none", () => {
  const root = schema();
  root.properties!["labels"] = { type: "object", additionalProperties: { type: "string" } };
  root.definitions!["Team"]!.properties!["members"] = {
    type: "object",
    additionalProperties: { $ref: "#/definitions/Team" },
  };
  checkFamilies(root);
});

test("a family whose record the model does not have is refused, by its path", () => {
  const root = schema();
  delete root.properties!["slos"];
  assert.throws(() => checkFamilies(root), /^the model has no record of definitions at slos/);
});

test("a service infers the families that it refers to, and an ecosystem all of them", () => {
  const [ofEcosystem, ofService] = inferenceTypes(new Set(["team", "slo"])).split("export type DefineService");
  const inferred = (text: string) => [...text.matchAll(/const (\w+) extends string/g)].map(([, name]) => name);
  assert.equal(inferred(ofService!), ["TeamName", "SloName"]);
  assert.is(inferred(ofEcosystem!).length, 13);
  // The others are the keys of records that are inferred whole.
  for (const record of ["Regions", "Kinds", "Clusters", "Runners"]) assert.match(ofEcosystem!, `const ${record}`);
});

test.run();
