import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { temporaryFolder } from "../../test/support/tree.ts";
import { Imports, importsIn, targetOf } from "./imports.ts";

const test = suite("imports");

const FORMS: Readonly<Record<string, readonly string[]>> = {
  'import { a } from "./a.ts";': ["value ./a.ts"],
  'import type { A } from "./a.ts";': ["type ./a.ts"],
  'import { type A, type B } from "./a.ts";': ["type ./a.ts"],
  'import a, { type A } from "./a.ts";': ["value ./a.ts"],
  'import "./a.ts";': ["value ./a.ts"],
  'export * from "./a.ts";': ["value ./a.ts"],
  'export { a } from "./a.ts";': ["value ./a.ts"],
  'export type { A } from "./a.ts";': ["type ./a.ts"],
  "export const a = 1; export default a;": [],
  'const a = await import("./a.ts");': ["value ./a.ts"],
  "const a = await import(`./a.ts`);": ["value ./a.ts"],
  "const a = await import(`./${name}.ts`);": [],
  "const a = await import(name);": [],
  'type A = import("./a.ts").A;': ["type ./a.ts"],
  'const a = require("./a.cjs");': ["value ./a.cjs"],
  'const a = require.resolve("./a.cjs");': ["file ./a.cjs"],
  "const a = require(name);": [],
  'const a = new URL("a.json", import.meta.url);': ["file ./a.json"],
  'const a = new URL("../a.json", import.meta.url);': ["file ../a.json"],
  'const a = new URL("../a.json", base);': [],
  '// import { a } from "./a.ts";\nconst b = "import(\'./b.ts\')";': [],
};
for (const [text, expected] of Object.entries(FORMS)) {
  test(`of ${text}`, () => {
    assert.equal(
      importsIn("dir/x.ts", text).map(({ kind, specifier }) => `${kind} ${specifier}`),
      expected,
    );
  });
}

test("stand at their lines, and name files of the repository", () => {
  const [first, second] = importsIn("dir/x.ts", '// first\nimport "../a.ts";\n\nimport "uvu";\n');
  assert.equal([first!.line, targetOf("dir/x.ts", first!)], [2, "a.ts"]);
  assert.equal([second!.line, targetOf("dir/x.ts", second!)], [4, undefined]);
});

test("a file that cannot be parsed is named", () => {
  assert.throws(() => importsIn("dir/x.ts", "import {"), /^dir\/x\.ts: /);
});

test("what is reached: through values, circles and named files, not through types", () => {
  const root = temporaryFolder("imports");
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  write(
    "a.ts",
    'import { b } from "./b/b.ts";\nimport type { T } from "./types.ts";\nimport { readFileSync } from "node:fs";',
  );
  write(
    "b/b.ts",
    'import "../a.ts";\nimport * as assert from "uvu/assert";\nnew URL("../data.json", import.meta.url);\nnew URL("../gone.json", import.meta.url);',
  );
  write("data.json", "{}");
  write("types.ts", "");
  const { files, packages } = new Imports(root).reachedFrom(["a.ts"]);
  assert.equal([...files].sort(), ["a.ts", "b/b.ts", "data.json"]);
  assert.equal([...packages], ["uvu"]);
});

test("a door is left out with what only it leads to", () => {
  const root = temporaryFolder("imports");
  const write = (file: string, text: string) => writeFileSync(join(root, file), text);
  write("a.ts", 'import "./door.ts";\nimport "./b.ts";\n');
  write("door.ts", 'import "./b.ts";\nimport "./behind.ts";\nimport "uvu";\n');
  write("b.ts", "");
  write("behind.ts", "");
  const { files, packages } = new Imports(root).reachedFrom(["a.ts"], "door.ts");
  assert.equal([...files].sort(), ["a.ts", "b.ts"]);
  assert.equal([...packages], []);
});

test.run();
