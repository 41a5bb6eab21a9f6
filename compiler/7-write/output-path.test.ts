import { suite } from "uvu";
import * as assert from "uvu/assert";
import { collisions, pathJudge } from "./output-path.ts";

const test = suite("output path");

for (const path of [
  "generated/a",
  "generated/clusters/paris/services/web/values.yaml",
  "generated/..a/...b",
  "generated/console/nullable.tf",
  "generated/日本語/é.yaml",
  "generated/.gitattributes",
  ".github/workflows/eco-ci.yml",
  "generated/a b",
]) {
  test(`allows ${path}`, () => assert.is(pathJudge()(path), undefined));
}

const REFUSED: readonly [path: string, problem: RegExp][] = [
  ["", /empty name/],
  ["generated", /outside/],
  ["generated/", /empty name/],
  ["generated//a", /empty name/],
  ["generated/../a", /relative/],
  ["generated/./a", /relative/],
  ["../generated/a", /relative/],
  ["/generated/a", /absolute/],
  ["generated-not/a", /outside/],
  ["README.md", /outside/],
  [".github/workflows/ci.yml", /outside/],
  [".github/workflows/eco-.yml/x", /outside/],
  [".github/workflows/eco-a/b.yml", /outside/],
  [".github/workflows/eco-.yml", /outside/],
  ["generated\\a", /character/],
  ["generated/a\0b", /character/],
  ["generated/a:b", /character/],
  ["C:/generated/a", /character/],
  ["generated/a\nb", /character/],
  ["generated/\ud800", /character/],
  ["generated/a*", /character/],
  ["generated/a.", /dot or a space/],
  ["generated/a /b", /dot or a space/],
  ["generated/aux", /device/],
  ["generated/NUL.tf", /device/],
  ["generated/com1.yaml", /device/],
  ["generated/con/a", /device/],
  ["generated/.git/config", /git folder/],
  ["generated/.GIT/config", /git folder/],
];

for (const [path, problem] of REFUSED)
  test(`refuses ${JSON.stringify(path)}`, () => assert.match(pathJudge()(path) ?? "", problem));

test("other roots", () => {
  assert.is(pathJudge(["out/"])("out/a"), undefined);
  assert.ok(pathJudge(["out/"])("generated/a"));
});

const COLLIDING: readonly [name: string, paths: readonly string[], found: readonly (readonly [string, string])[]][] = [
  ["none", ["g/a", "g/b", "g/c/a", "h/a"], []],
  ["case of a file", ["g/a", "g/A"], [["g/A", "g/a"]]],
  ["case of a folder", ["g/a/x", "g/A/y"], [["g/A/y", "g/a/x"]]],
  ["normal form", ["g/\u00e9", "g/e\u0301"], [["g/e\u0301", "g/\u00e9"]]],
  ["file and folder", ["g/a", "g/a/b"], [["g/a", "g/a/b"]]],
  ["folder and file", ["g/a/b/c", "g/A"], [["g/A", "g/a/b/c"]]],
];

for (const [name, paths, found] of COLLIDING) test(`collisions: ${name}`, () => assert.equal(collisions(paths), found));

test.run();
