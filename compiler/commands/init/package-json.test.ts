import { suite } from "uvu";
import * as assert from "uvu/assert";
import { completePackage } from "./package-json.ts";

const test = suite("init: an existing package.json");
const WANTED = JSON.stringify({
  name: "shop",
  private: true,
  type: "module",
  engines: { node: ">=20" },
  scripts: { compile: "eco-compile", check: "eco-compile check" },
  devDependencies: { "eco-compile": "0.1.0", typescript: "7.0.2" },
});
const ALL = [
  "name",
  "private",
  "type",
  "engines.node",
  "scripts.compile",
  "scripts.check",
  "devDependencies.eco-compile",
  "devDependencies.typescript",
];
const without = (...names: string[]) => ALL.filter((name) => !names.includes(name));

/** What is there, what is added, and how the file reads then. */
const LACKS: [existing: string, added: string[], content: string | RegExp][] = [
  ["{}", ALL, /^\{\n {2}"name": "shop",\n {2}"private": true,\n[^]*\n {4}"typescript": "7\.0\.2"\n {2}\}\n\}$/],
  ["{\n}\n", ALL, /^\{\n {2}"name"[^]*\n\}\n$/],
  [
    '{ "devDependencies": { "eco-compile": "1" } }',
    without("devDependencies.eco-compile"),
    '{ "devDependencies": { "eco-compile": "1", "typescript": "7.0.2" }, "name": "shop", "private": true, "type": "module", "engines": { "node": ">=20" }, "scripts": { "compile": "eco-compile", "check": "eco-compile check" } }',
  ],
  [
    '{\r\n\t"scripts": {},\r\n\t"a": [1, 2.50],\r\n\t"devDependencies": {\r\n\t\t"eco-compile": "1"\r\n\t}\r\n}\r\n',
    without("devDependencies.eco-compile"),
    '{\r\n\t"scripts": {\r\n\t\t"compile": "eco-compile",\r\n\t\t"check": "eco-compile check"\r\n\t},\r\n\t"a": [1, 2.50],\r\n\t"devDependencies": {\r\n\t\t"eco-compile": "1",\r\n\t\t"typescript": "7.0.2"\r\n\t},\r\n\t"name": "shop",\r\n\t"private": true,\r\n\t"type": "module",\r\n\t"engines": {\r\n\t\t"node": ">=20"\r\n\t}\r\n}\r\n',
  ],
  [
    '\ufeff{\n    "scripts": { "check": "mine" }\n}',
    without("scripts.check"),
    /^\ufeff\{\n {4}"scripts": \{ "check": "mine", "compile": "eco-compile" \},\n {4}"name"[^]*\n {8}"node": ">=20"\n {4}\},/,
  ],
  [
    '{"type":"commonjs","private":false,"name":"a"}',
    without("type", "private", "name"),
    /^\{"type":"commonjs","private":false,"name":"a","engines"/,
  ],
  [
    '{ "dependencies": { "eco-compile": "1", "typescript": "^5.9" } }',
    without("devDependencies.eco-compile", "devDependencies.typescript"),
    /"typescript": "\^5\.9"/,
  ],
  ['{ "bin": "a.js" }', without("private"), /./], // it is meant for a registry
  [
    '{ "devDependencies": { "typescript": "next", "eco-compile": "file:../a.tgz" } }',
    without("devDependencies.eco-compile", "devDependencies.typescript"),
    /./,
  ],
];
for (const [existing, added, content] of LACKS) {
  test(`${JSON.stringify(existing)} keeps what it says, and gets what it lacks`, () => {
    const done = completePackage(existing, WANTED, () => false);
    if (done.kind !== "completed") throw new Error(JSON.stringify(done));
    assert.equal([...done.added].sort(), [...added].sort());
    if (typeof content === "string") assert.is(done.content, content);
    else assert.match(done.content, content);
    const parse = (text: string) => JSON.parse(text.replace(/^\ufeff/, "")) as Record<string, object>;
    for (const [key, value] of Object.entries(parse(existing))) {
      const now = parse(done.content)[key]!;
      if (value?.constructor === Object)
        for (const [name, inner] of Object.entries(value)) assert.equal((now as Record<string, unknown>)[name], inner);
      else assert.equal(now, value);
    }
    assert.equal(
      completePackage(done.content, WANTED, () => false),
      { kind: "kept", why: "it has everything" },
    );
  });
}

test("scripts without a type stay what they are", () => {
  const done = completePackage("{}", WANTED, () => true);
  assert.equal(done.kind === "completed" && done.added, without("type"));
});

const CONFLICTS: [existing: string, why: RegExp][] = [
  ["", /is no JSON/],
  ["{ // a comment\n}", /is no JSON/],
  ['{ "a": 1, "a": 2 }', /is no JSON: the key "a" stands here a second time/],
  ["[]", /holds no object/],
  ["null", /holds no object/],
  ['{ "scripts": [] }', /has a "scripts" that is no object/],
  ['{ "devDependencies": { "typescript": "^4.9" } }', /names typescript \^4\.9, .* make it >=5\.8/],
  ['{ "dependencies": { "typescript": "5.7.3" } }', /make it >=5\.8/],
];
for (const [existing, why] of CONFLICTS) {
  test(`${JSON.stringify(existing)} is in the way`, () => {
    const found = completePackage(existing, WANTED, () => false);
    assert.is(found.kind, "conflict");
    assert.match(found.kind === "conflict" ? found.why : "", why);
  });
}

test.run();
