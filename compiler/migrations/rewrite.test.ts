import { suite } from "uvu";
import * as assert from "uvu/assert";
import { SourceText } from "../1-load/source-text.ts";
import { migrations } from "./index.ts";
import { rewrite, writeFormat } from "./rewrite.ts";

const test = suite("rewrite");
const words = migrations.flatMap(({ words }) => words);

/** What becomes of a service's members, and why what stays stays. */
function renewed(members: string, before = ""): string {
  const [head, tail] = [`${before}export const web = defineService({`, "});\n"];
  const file = new SourceText("/shop.ts", `${head}${members}${tail}`);
  const { text, kept } = rewrite(file, { places: [], texts: [], words });
  if (kept.length === 0) return text.slice(head.length, text.length - tail.length);
  return kept.map(({ why, span }) => `${file.text.slice(span.start, span.end)}: ${why}`).join("\n");
}

const FORMS: readonly [what: string, before: string, after: string][] = [
  ["a list", ` placement: ["a", "b"] `, ` placement: { clusters: ["a", "b"] } `],
  ["all", ` placement: "all" `, ` placement: "all" `],
  ["no list", ` placement: {clusters: ["a"]}, in: {} `, ` placement: {clusters: ["a"]}, in: {} `],
  ["quotes", ` 'placement': ['a',], `, ` 'placement': { clusters: ['a',] }, `],
  ["a key in brackets", ` ["placement"]: ["a"] `, ` ["placement"]: { clusters: ["a"] } `],
  ["types", ` placement: (["a"] as const) satisfies X `, ` placement: { clusters: (["a"] as const) satisfies X } `],
  ["other tongues", ` placement: [...every, "b"] `, ` placement: { clusters: [...every, "b"] } `],
  [
    "several lines",
    `\n  placement: [\n    "a", // near\n  ],\n`,
    `\n  placement: { clusters: [\n    "a", // near\n  ] },\n`,
  ],
  [
    "a comment between",
    ` placement: /* where */ ["a"] /* there */ `,
    ` placement: /* where */ { clusters: ["a"] } /* there */ `,
  ],
  [
    "an entry",
    ` overrides: [{ environment: "staging", scaling: { min: 1 } }] `,
    ` in: { staging: { scaling: { min: 1 } } } `,
  ],
  ["the environment behind", ` overrides: [{ scaling, environment: "s" }] `, ` in: { s: { scaling } } `],
  ["between", ` overrides: [{ scaling, environment: "s", config: {} }] `, ` in: { s: { scaling, config: {} } } `],
  ["behind, with a comma", ` overrides: [{ scaling, environment: "s", }] `, ` in: { s: { scaling, } } `],
  ["alone", ` overrides: [{ environment: "s" }] `, ` in: { s: {} } `],
  ["alone, with a comma", ` overrides: [{ environment: "s", }] `, ` in: { s: {} } `],
  ["alone, with a comment", ` overrides: [{ /* why */ environment: "s", }] `, ` in: { s: { /* why */ } } `],
  ["none", ` "overrides": [], `, ` "in": {}, `],
  ["quoted names", ` 'overrides': [{ 'environment': 'pre-prod', }, ] `, ` 'in': { "pre-prod": {}, } `],
  ["a template", " overrides: [{ environment: `s`, config }] ", " in: { s: { config } } "],
  [
    "types",
    ` overrides: [({ environment: "s" as const, config } as const)] as const `,
    ` in: { s: ({ config } as const) } as const `,
  ],
  ["no space", `overrides:[{environment:"s",config},{config,environment:"t"}]`, `in:{s: {config},t: {config}}`],
  [
    "lines",
    `
    overrides: [
      // small
      {
        // where
        environment: "staging", 
        scaling: { min: 1 }, // one
      }, // end
      {
        environment: "production", // here
        config: { env: { A: "[{ overrides: [] }]" } },
      },
    ],
`,
    `
    in: {
      // small
      staging: {
        // where
        scaling: { min: 1 }, // one
      }, // end
      production: {
        // here
        config: { env: { A: "[{ overrides: [] }]" } },
      },
    },
`,
  ],
  [
    "a last line",
    `\n  overrides: [\n    {\n      scaling,\n      environment: "s"\n    }\n  ]\n`,
    `\n  in: {\n    s: {\n      scaling\n    }\n  }\n`,
  ],
  ["a first line", `\n overrides: [{ environment: "s",\n   scaling }]\n`, `\n in: { s: {\n   scaling } }\n`],
  [
    "a comment before the comma",
    ` overrides: [{ environment: "s" /* a */, scaling /* b */ , /* c */ }] `,
    ` in: { s: {  /* a */ scaling /* b */ , /* c */ } } `,
  ],
  [
    "comments before the last",
    ` overrides: [{ scaling /* a */, /* b */ environment: "s" /* c */ }] `,
    ` in: { s: { scaling /* a */ /* b */  /* c */ } } `,
  ],
  [
    "comments before the value",
    ` overrides: [{ environment: /* a */ "s", scaling }, { environment: // b\n "t" }] `,
    ` in: { s: { /* a */ scaling }, t: { // b\n  } } `,
  ],
  [
    "both words",
    ` overrides: [{ environment: "s", config }], placement: ["a"] `,
    ` in: { s: { config } }, placement: { clusters: ["a"] } `,
  ],
  [
    "of what is no service",
    ` config: { env: { placement: ["a"], overrides: [] } } `,
    ` config: { env: { placement: ["a"], overrides: [] } } `,
  ],
];

for (const [what, before, after] of FORMS) {
  test(`${what}: ${before.trim().split("\n")[0]}`, () => {
    assert.is(renewed(before), after);
    assert.is(renewed(after), after, "a second time changes nothing");
    if (before.includes("\n")) assert.is(renewed(before.replaceAll("\n", "\r\n")), after.replaceAll("\n", "\r\n"));
  });
}

const KEPT: readonly [members: string, kept: string][] = [
  [`overrides: [...more]`, `...more: entries are spread into it`],
  [`overrides: [, { environment: "s" }]`, `[, { environment: "s" }]: it has a hole`],
  [`overrides: [small]`, `small: an entry is no object that is written here`],
  [`overrides: [{ ...small, config }]`, `...small: something is spread into an entry`],
  [`overrides: [{ [key]: "s", environment: "s" }]`, `key: an entry has a computed key`],
  [`overrides: [{ config }]`, `{ config }: an entry has not one environment`],
  [
    `overrides: [{ environment: "s", environment: "t" }]`,
    `{ environment: "s", environment: "t" }: an entry has not one environment`,
  ],
  [`overrides: [{ environment: last }]`, `last: the environment is no text that is written here`],
  [`overrides: [{ environment }]`, `environment: the environment is no text that is written here`],
  ["overrides: [{ environment: `a${b}` }]", "`a${b}`: the environment is no text that is written here"],
  [
    `overrides: [{ environment: "s", config }, { environment: "s", scaling }]`,
    `{ environment: "s", scaling }: it is the second entry for s: make one of them`,
  ],
  [`in: {}, overrides: []`, `overrides: in stands beside overrides: make one of them`],
];

for (const [members, kept] of KEPT)
  test(`stays: ${members}`, () => {
    assert.is(renewed(members), kept);
  });

test("nothing of a word is rewritten where a part of it cannot be", () => {
  const text = `defineService({ overrides: [{ environment: "s" }, ...more] });`;
  assert.is(rewrite(new SourceText("/a.ts", text), { places: [], texts: [], words }).text, text);
});

/** As the run of a config would lead there: the offset of a key. */
function at(text: string, key: string, before = "") {
  const file = new SourceText("/a.ts", `${before}${text}`);
  const places = [
    {
      at: "services.web.x",
      word: words.find(({ key: one }) => key.includes(one))!,
      offset: file.text.indexOf(key, before.length),
    },
  ];
  const { text: after, kept } = rewrite(file, { places, texts: [], words });
  return kept.length > 0 ? kept.map(({ at, why }) => `${at}: ${why}`).join() : after.slice(before.length);
}

test("what running the config leads to is rewritten wherever it stands", () => {
  assert.is(
    at(`const f = () => ({ placement: ["a"] });`, "placement"),
    `const f = () => ({ placement: { clusters: ["a"] } });`,
  );
  const every = `const every = ["a"];\n`;
  assert.is(at(`x = { placement: every }`, "placement", every), `x = { placement: { clusters: every } }`);
  assert.is(
    at(`x = { placement }`, "placement", `const placement = ["a"];\n`),
    `x = { placement: { clusters: placement } }`,
  );
});

/** With the keys of format 2 at all of their places. */
function rewritten(text: string): string {
  const file = new SourceText("/a.ts", text);
  const places = ["window", "count", "failureLimit", "noTraffic", "good", "total"].flatMap((key) => {
    const word = words.find((one) => one.key === key)!;
    return [...text.matchAll(new RegExp(`(?<=[{, \\n])${key}(?=[: ,])`, "g"))].map(({ index }) => ({
      at: "x",
      word,
      offset: index,
    }));
  });
  const { text: after, kept } = rewrite(file, { places, texts: [], words });
  return kept.length > 0 ? kept.map(({ why }) => why).join() : after;
}

const TAKEN_OUT: readonly [what: string, before: string, after: string][] = [
  ["the last", `x = { slos: [], count: 3 }`, `x = { slos: [] }`],
  ["the last two", `x = { slos: [], count: 3, failureLimit: 0 }`, `x = { slos: [] }`],
  ["with a comma behind", `x = { slos: [], count: 3, failureLimit: 0, }`, `x = { slos: [], }`],
  ["the first", `x = { count: 3, slos: [] }`, `x = { slos: [] }`],
  ["around what stays", `x = { count: 3, slos: [], failureLimit: 0 }`, `x = { slos: [] }`],
  ["all", `x = { count: 3, failureLimit: 0 }`, `x = {}`],
  ["lines", `x = {\n  slos: [],\n  count: 3,\n  window: "2m",\n};\n`, `x = {\n  slos: [],\n};\n`],
  ["a line without a comma", `x = {\n  slos: [],\n  count: 3,\n  window: "2m"\n};\n`, `x = {\n  slos: []\n};\n`],
  ["beside a comment", `x = { slos: [], count: 3, /* why */ window: "2m" }`, `x = { slos: [], /* why */  }`],
  ["of short form", `x = { slos, count, window }`, `x = { slos }`],
  [
    "a counter",
    `x = { good: "sum(increase(a{$selector}[$window]))", total: 'sum(increase(b{$selector,c="d"}[$window]))' }`,
    `x = { good: { counter: "a" }, total: { counter: "b", matchers: { c: "d" } } }`,
  ],
  [
    "a constant",
    `const GOOD = "sum(increase(a{$selector}[$window]))"; x = { good: GOOD };`,
    `const GOOD = "sum(increase(a{$selector}[$window]))"; x = { good: { counter: "a" } };`,
  ],
];
for (const [what, before, after] of TAKEN_OUT)
  test(`taken out, ${what}: ${before.split("\n")[0]}`, () => assert.is(rewritten(before), after));

test("an expression that is more than a counter stays", () => {
  const why = "it is more than the sum of one counter's increase: count it in the application";
  assert.is(rewritten(`x = { good: "sum(a) / sum(b)" }`), why);
  assert.is(
    rewritten("x = { good: `sum(increase(${a}{$selector}[$window]))` }"),
    "its value is no text that is written here",
  );
});

const NO_LIST = "services.web.x: its value is no list that is written here";
const NOT_HERE: readonly [text: string, key: string, why: string][] = [
  [`x = { placement: every }`, "placement", NO_LIST],
  [`let every = ["a"]; x = { placement: every }`, "placement", NO_LIST],
  [`const every = ["a"]; { const every = "all"; x = { placement: every } }`, "placement", NO_LIST],
  [`x = { placement: one ? ["a"] : ["b"] }`, "placement", NO_LIST],
  [`x = { placement: clusters() }`, "placement", NO_LIST],
  [`x = { overrides: small }`, "overrides", NO_LIST],
  [`x = { ...placement }`, "placement", "services.web.x: no placement is written here as the key of an object"],
  [`x.placement = ["a"]`, "placement", "services.web.x: no placement is written here as the key of an object"],
];
for (const [text, key, why] of NOT_HERE) test(`is not guessed: ${text}`, () => assert.is(at(text, key), why));

test("texts take the place of texts, in quotes as they were", () => {
  const file = new SourceText("/a.ts", `x = ["one", 'two', three];`);
  const texts = ["one", "two", "three"].map((name) => ({
    at: name,
    offset: file.text.search(`.?\\b${name}`) + (name === "three" ? 1 : 0),
    text: `it's "${name}"`,
  }));
  const { text, kept } = rewrite(file, { places: [], texts, words });
  assert.is(text, `x = ["it's \\"one\\"", 'it\\'s "two"', three];`);
  assert.equal(
    kept.map(({ at, why }) => [at, why]),
    [["three", "no text is written here"]],
  );
});

const FORMATS: readonly [before: string, after: string | undefined][] = [
  [`{ name: "a" }`, `{ format: 2, name: "a" }`],
  [`{name: "a"}`, `{format: 2, name: "a"}`],
  [`{\n  // first\n  name: "a",\n}`, `{\n  format: 2,\n  // first\n  name: "a",\n}`],
  [`{\r\n\tname: "a" }`, `{\r\n\tformat: 2,\r\n\tname: "a" }`],
  [`{ name: "a", format: 1 /* old */ }`, `{ name: "a", format: 2 /* old */ }`],
  [`{ format: OLD }`, undefined],
  [`make({ name: "a" })`, undefined],
];
for (const [before, after] of FORMATS)
  test(`the format is written: ${JSON.stringify(before)}`, () => {
    const head = "\ufeffexport default ";
    const text = writeFormat(new SourceText("/a.ts", `${head}${before}`), head.length, 2);
    assert.is(text, after === undefined ? undefined : `${head}${after}`);
  });

test.run();
