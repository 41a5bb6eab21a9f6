import { readFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { generate, precompiled } from "./templates.ts";

for (const [text, why] of [
  ["{{name}}", /page\.hbs:1:1: a value is written as \{\{format value\}\}/],
  ["a\n{{{md name}}}", /page\.hbs:2:1: a value is written as/],
  ["{{& name}}", /a value is written as/],
  ["{{md name other}}", /a value is written as/],
  ["{{md}}", /a value is written as/],
  ['{{md "text"}}', /a value is written as/],
  ["{{md (lookup a b)}}", /a value is written as/],
  ["{{log name}}", /a value is written as/],
  ["{{#each list}}{{this}}{{/each}}", /a value is written as/],
  ["{{#with name}}{{md x}}{{/with}}", /no blocks but if and each/],
  ["{{#unless name}}x{{/unless}}", /no blocks but if and each/],
  ["{{#name}}x{{/name}}", /no blocks but if and each/],
  ["{{> other}}", /there are no partials/],
  ["{{#> other}}x{{/other}}", /there are no partials/],
  ["{{* decorate}}", /there are no partials/],
] as const) {
  test(`${JSON.stringify(text)} is refused`, () => assert.throws(() => precompiled("page", text), why));
}

test("formats, if and each are taken", () =>
  assert.ok(
    precompiled("page", "{{#if a}}{{md a}}{{else}}{{#each b}}{{sh this}}{{code ../c.d}}{{/each}}{{/if}}").length > 0,
  ));

test("what is committed is what the templates say", () => {
  for (const [path, content] of generate()) assert.is(readFileSync(path, "utf8"), content, path);
});

test.run();
