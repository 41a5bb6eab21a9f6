import { test } from "uvu";
import * as assert from "uvu/assert";
import { sections } from "./toml.ts";
import { titleOf } from "./titles.ts";
import { translate } from "./translate.ts";

/** From Go to JavaScript, with texts that must match and texts that must not. */
const table: readonly (readonly [
  go: string,
  javascript: string,
  matches: readonly string[],
  others: readonly string[],
])[] = [
  ["(?i)ab", "[aA][bB]", ["ab", "AB", "aB"], ["a"]],
  ["a(?i)b|c", "a[bB]|[cC]", ["ab", "aB", "C"], ["Ab"]],
  ["(?i)x(?-i:y)z", "[xX](?:y)[zZ]", ["XyZ"], ["XYZ"]],
  ["(a(?i)b)c", "(a[bB])c", ["aBc"], ["abC"]],
  ["(?i:[a-f0-9]{2})g", "(?:[a-fA-F0-9]{2})g", ["A1g"], ["A1G"]],
  ["[[:alnum:]_]+\\z", "[0-9A-Za-z_]+(?![^])", ["a_1"], ["a-"]],
  ["^(?P<name>a)$", "^(?<name>a)$", ["a"], ["b"]],
  ["^[^]x]$", "^[^\\]x]$", ["a"], ["]", "x"]],
  ["^[]x]$", "^[\\]x]$", ["]", "x"], ["a"]],
  ["^(?s:.)x.$", "^(?:[^])x[^\\n]$", ["\nxa", "\nx\r"], ["\nx\n"]],
  ["[\\x60'\"\\s]", "[\\x60'\"\\s]", ["`", "'"], ["a"]],
  ["(?i)[\\w.-]{0,3}\\|", "[\\w.-]{0,3}\\|", ["A.|"], ["a"]],
  ["(?i)^[^a]$", "^[^aA]$", ["b"], ["A", "a"]],
];

for (const [go, javascript, matches, others] of table) {
  test(`${go} in JavaScript`, () => {
    assert.is(translate(go), javascript);
    for (const text of matches) assert.ok(new RegExp(javascript).test(text), text);
    for (const text of others) assert.not(new RegExp(javascript).test(text), text);
  });
}

test("what cannot be translated fails the generation", () => {
  for (const [go, message] of [
    ["\\Aa", /no JavaScript for \\A/],
    ["\\pL", /no JavaScript for \\p/],
    ["[[:foo:]]", /no JavaScript for \[:foo:\]/],
    ["(a", /an open group/],
    ["[a", /an open class/],
    ["a)", /a closing bracket too many/],
  ] as const)
    assert.throws(() => translate(go), message);
});

test("TOML is read as far as it is used, and no further", () => {
  assert.equal(
    sections(
      "# x\n[[rules]]\nid = \"a\\\"b\"\nregex = '''\\b\"a'''\nentropy = 3.5\nkeywords = [\"a\", \"b\"]\n[[rules.allowlists]]\nregexes = [\n    '''c''',\n]\n",
    ).slice(1),
    [
      { name: "rules", table: { id: 'a"b', regex: '\\b"a', entropy: 3.5, keywords: ["a", "b"] } },
      { name: "rules.allowlists", table: { regexes: ["c"] } },
    ],
  );
  assert.throws(() => sections("a = { b = 1 }"), /gitleaks\.toml/);
  assert.throws(() => sections("what"), /line 1: what/);
});

test("rules have names for people", () => {
  assert.equal(["gitlab-pat", "aws-access-token", "jwt", "slack-bot-token"].map(titleOf), [
    "a GitLab personal access token",
    "an AWS access token",
    "a JSON web token",
    "a Slack bot token",
  ]);
});

test.run();
