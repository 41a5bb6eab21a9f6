import { suite } from "uvu";
import * as assert from "uvu/assert";
import { serialise } from "./serialise.ts";
import { header } from "./serialise/header.ts";

const test = suite("serialise");

const VALUES = ["plain", "é", "ÿ\u0100", "\u{1f600}", "a\nb\n"];

for (const value of VALUES) {
  test(`the header and ${JSON.stringify(value)} are UTF-8`, () => {
    const bytes = serialise({ path: "a.yaml", body: { kind: "yaml", data: { value: [value] } }, source: "" });
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    assert.ok(text.startsWith(`${header()}value:\n`), text);
    assert.ok(
      value.split("\n").every((line) => text.includes(line)),
      text,
    );
  });
}

test("the header stands above the first document alone", () => {
  const objects = ["a", "b"].map((name) => ({ apiVersion: "v1", kind: "ConfigMap", metadata: { name } }));
  const text = Buffer.from(serialise({ path: "a.yaml", body: { kind: "kubernetes", objects }, source: "" })).toString();
  assert.is(text.split(header()).length, 2);
  assert.is(text.split("---\n").length, 2);
});

test("objects that are handed out twice are printed once", () => {
  const body = {
    kind: "kubernetes",
    objects: [{ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" } }],
  } as const;
  assert.is(serialise({ path: "a.yaml", body, source: "" }), serialise({ path: "b.yaml", body, source: "" }));
});

test.run();
