import { readFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  compile,
  entropyOf,
  genericSecret,
  namedSecrets,
  shapedSecrets,
  type RuleSet,
  type SecretRule,
} from "./rules.ts";
import { mayHoldSecret } from "./shapes.ts";
import { drawing } from "./test/random.ts";
import { sample } from "./test/sampler.ts";

const { rules, leftOut, source, allowlist } = JSON.parse(readFileSync("data/secrets/gitleaks.json", "utf8")) as RuleSet;
const compiled = compile({ rules, leftOut, source, allowlist });

test("nearly all of gitleaks' rules are there, each one or the reason why not", () => {
  assert.ok(rules.length > 190, String(rules.length));
  assert.is(rules.length + Object.keys(leftOut).length, 222);
  for (const [id, reason] of Object.entries(leftOut)) assert.ok(reason.length > 10, id);
  assert.is(new Set(rules.map(({ id }) => id)).size, rules.length);
});

for (const [index, { id, regex, keywords, asks }] of rules.entries()) {
  test(`${id} finds what it describes, and has a trace`, () => {
    const [draw, rule] = [drawing(index), compiled[index]!];
    const samples = Array.from({ length: 60 }, () => sample(regex, draw)).map((text) =>
      keywords.some((keyword) => text.toLowerCase().includes(keyword)) ? text : `${keywords[0]} ${text}`,
    );
    const found = samples.filter((text) => rule.matches(text).length > 0);
    assert.ok(found.length >= 3, `${found.length} of ${samples.length}, as ${samples[0]}`);
    for (const text of found) {
      const [match] = rule.matches(text);
      assert.ok(match!.end > match!.start && match!.end <= text.length);
      if (asks === "shape") assert.ok(mayHoldSecret(text), text);
      if (asks === "shape") assert.ok(shapedSecrets(text).length > 0, text);
      else assert.ok(namedSecrets(text).length > 0 || genericSecret(text), text);
    }
  });
}

const rule = (more: Partial<SecretRule>): SecretRule => ({
  id: "x",
  title: "an x",
  asks: "shape",
  regex: "x=(a)?(\\w+)",
  keywords: ["x="],
  ...more,
});
const found = (
  more: Partial<SecretRule>,
  text: string,
  everywhere = { regexes: [] as string[], stopwords: [] as string[] },
): string[] =>
  compile({ source, leftOut: {}, allowlist: everywhere, rules: [rule(more)] }).flatMap((each) =>
    each.matches(text).map(({ start, end }) => text.slice(start, end)),
  );

test("a rule's group, entropy and allowlists mean what they do in gitleaks", () => {
  assert.equal(found({}, "x=bcd x=efg"), ["bcd", "efg"], "the first group that is not empty");
  assert.equal(found({ secretGroup: 2 }, "x=abcd"), ["bcd"]);
  assert.equal(found({}, "x=abcd"), ["a"]);
  assert.equal(found({ regex: "x=\\w+" }, "x=bcd"), ["x=bcd"], "without a group all of it");
  assert.equal(found({ entropy: 2 }, "x=bcdb x=bcdef"), ["bcdef"]);
  assert.equal(found({ entropy: entropyOf("bcde") }, "x=bcde"), [], "more than the bound, not as much");
  assert.equal(found({ allowlists: [{ regexes: ["^b"], stopwords: ["ef"] }] }, "x=bcd x=cEF x=ghi"), ["ghi"]);
  assert.equal(found({ allowlists: [{ target: "match", regexes: ["^x=b"], stopwords: [] }] }, "x=bcd x=cef"), ["cef"]);
  assert.equal(found({ allowlists: [{ target: "line", regexes: ["^ok"], stopwords: [] }] }, "ok x=bcd\nno x=cef"), [
    "cef",
  ]);
  assert.equal(found({}, "x=bcd x=cef", { regexes: ["^bcd$"], stopwords: [] }), ["cef"]);
  assert.equal([entropyOf("aaaa"), entropyOf("abab"), entropyOf("abcd")], [0, 1, 2]);
});

test.run();
