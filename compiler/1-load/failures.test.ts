import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { DiagnosticError, type Diagnostic, type Position } from "../diagnostics/diagnostic.ts";
import { loadCatalogue, loadInputs } from "./index.ts";

const moduleAlias = { "eco-compile": join(import.meta.dirname, "samples", "eco-compile", "index.ts") };

type Files = Record<string, string | Uint8Array>;

/** What stands in the files (a string is the config), and the diagnostics as `id at file:line:col message`. */
const mistakes: Record<string, [Files | string, ...string[]]> = {
  "a folder of extra that is not there, and one that does not parse": [
    {
      "ecosystem.config.ts":
        'export default { extra: [{ cluster: "a", folder: "absent" }, { cluster: "a", folder: "mine" }] };\n',
      "mine/a.yaml": "a: [\n",
    },
    "load/extra extra[0].folder ecosystem.config.ts:1:50 there is no folder absent (correct the path: it is relative to the project's folder)",
    "load/extra extra[1].folder mine/a.yaml:2:1 mine/a.yaml: Flow sequence in block collection must be sufficiently indented and end with a ]",
  ],
  "a misspelt config name": [
    { "ecosystem.conf.ts": "" },
    "load/config-missing   ecosystem.config.ts does not exist (did you mean ecosystem.conf.ts?)",
  ],
  "an empty folder": [
    { ".keep": "" },
    "load/config-missing   ecosystem.config.ts does not exist (run `eco-compile init` to write one, or name another with --config)",
  ],
  "a syntax error": [
    "export default {\n  a: 1,\n  b: ;\n};\n",
    "load/syntax  ecosystem.config.ts:3:6 unexpected token",
  ],
  "a syntax error after wide characters": [
    'export default { a: "😀", b: ; };',
    "load/syntax  ecosystem.config.ts:1:30 unexpected token",
  ],
  "a name declared twice": [
    "const a = 1;\nconst a = 2;\nexport default {};\n",
    "load/syntax  ecosystem.config.ts:2:7 identifier 'a' has already been declared",
  ],
  "a syntax error in an imported file": [
    { "ecosystem.config.ts": 'import "./teams/a.ts";\nexport default {};\n', "teams/a.ts": "\n\nlet a = {;\n" },
    "load/syntax  teams/a.ts:3:10 unexpected token",
  ],
  "a merge conflict": [
    "export default {\n<<<<<<< HEAD\n  a: 1,\n=======\n  a: 2,\n>>>>>>> other\n};\n",
    "load/syntax  ecosystem.config.ts:2:1 unexpected token",
  ],
  "a missing file": [
    'import { a } from "./absent.ts";\nexport default { a };\n',
    "load/import  ecosystem.config.ts:1:19 the imported file ./absent.ts does not exist (correct the path)",
  ],
  "a missing package": [
    'const a = 1; import x from "@scope/none/deep";\nexport default { a, x };\n',
    "load/import  ecosystem.config.ts:1:28 the imported package @scope/none/deep is not installed (run `npm install @scope/none`, or correct the name)",
  ],
  "a missing file of an imported file": [
    {
      "ecosystem.config.ts": 'import "./a.ts";\nexport default {};\n',
      "a.ts": '// comment\nexport * from "./b.ts";\n',
    },
    "load/import  a.ts:2:15 the imported file ./b.ts does not exist (correct the path)",
  ],
  "a missing dynamic import": [
    'const a = await import("./absent.ts");\nexport default { a };\n',
    "load/import  ecosystem.config.ts:1:11 the imported file ./absent.ts does not exist (correct the path)",
  ],
  "a missing function": [
    'import { defineEcosystm } from "eco-compile";\n\nexport default defineEcosystm({});\n',
    "load/threw  ecosystem.config.ts:3:16 TypeError: defineEcosystm is not a function",
  ],
  "an error thrown by the config": [
    'const limit = 3;\n\nif (limit > 2) { throw new RangeError("too\\nmany"); }\nexport default {};\n',
    "load/threw  ecosystem.config.ts:3:24 RangeError: too",
  ],
  "an error on the first line": [
    "const a = undefined as any; a.b.c();\nexport default {};\n",
    "load/threw  ecosystem.config.ts:1:31 TypeError: Cannot read properties of undefined (reading 'b')",
  ],
  "an error thrown by a helper of eco-compile": [
    'import { canary } from "eco-compile";\nexport default {\n  rollouts: { fast: canary({ stepz: [] }) },\n};\n',
    "load/threw  ecosystem.config.ts:3:21 TypeError: canary() wants steps",
  ],
  "an error thrown in a function of another file": [
    {
      "ecosystem.config.ts": 'import { f } from "./f.ts";\nexport default f();\n',
      "f.ts": 'export function f(): never {\n  throw new Error("in f");\n}\n',
    },
    "load/threw  f.ts:2:9 Error: in f, called at ecosystem.config.ts:2:16",
  ],
  "an error thrown in a helper that another helper calls": [
    {
      "ecosystem.config.ts":
        'import { web } from "./teams/web.ts";\nexport default {\n  services: { a: web(1), b: web(-1) },\n};\n',
      "teams/web.ts":
        'import { count } from "./count.ts";\nexport const web = (replicas: number) => ({\n  replicas: count(replicas),\n});\n',
      "teams/count.ts":
        'export function count(value: number): number {\n  if (value < 0) throw new RangeError("below 0");\n  return value;\n}\n',
    },
    "load/threw  teams/count.ts:2:24 RangeError: below 0, called at teams/web.ts:3:13, called at ecosystem.config.ts:3:29",
  ],
  "an error thrown in what a loop calls": [
    {
      "ecosystem.config.ts":
        'import { f } from "./f.ts";\nconst all = [1, 2];\nexport default { byName: all.map(f), own: all.map((one) => f(one)) };\n',
      "f.ts":
        'export function f(value: number): number {\n  if (value > 1) throw new Error("in f");\n  return value;\n}\n',
    },
    "load/threw  f.ts:2:24 Error: in f, called at ecosystem.config.ts:3:30",
  ],
  "an error thrown in a package that a helper calls": [
    {
      "ecosystem.config.ts": 'import { f } from "./f.ts";\nexport default { a: f() };\n',
      "f.ts": 'import { check } from "acme";\nexport const f = () => check();\n',
      "node_modules/acme/package.json": '{ "name": "acme", "type": "module", "exports": "./index.js" }',
      "node_modules/acme/index.js": 'export function check() {\n  throw new Error("in acme");\n}\n',
    },
    "load/threw  f.ts:2:24 Error: in acme, called at ecosystem.config.ts:2:21",
  ],
  "an error thrown by a helper of eco-compile in a file of a team": [
    {
      "ecosystem.config.ts": 'import { careful } from "./f.ts";\nexport default { rollouts: { a: careful() } };\n',
      "f.ts": 'import { canary } from "eco-compile";\nexport const careful = () => canary({ stepz: [] });\n',
    },
    "load/threw  f.ts:2:30 TypeError: canary() wants steps, called at ecosystem.config.ts:2:33",
  ],
  "an error thrown while a file is imported": [
    { "ecosystem.config.ts": '\nimport "./f.ts";\nexport default {};\n', "f.ts": 'throw new Error("in f");\n' },
    "load/threw  f.ts:1:7 Error: in f",
  ],
  "an error thrown six calls deep": [
    "const a = (n: number): number => b(n);\nconst b = (n: number): number => c(n);\nconst c = (n: number): number => d(n);\nconst d = (n: number): number => e(n);\nconst e = (n: number): number => f(n);\nconst f = (n: number): number => {\n  throw new Error(String(n));\n};\nexport default { a: a(1) };\n",
    "load/threw  ecosystem.config.ts:7:9 Error: 1, called at ecosystem.config.ts:5:34, called at ecosystem.config.ts:4:34, called at ecosystem.config.ts:3:34, called at ecosystem.config.ts:2:34, called at ecosystem.config.ts:9:21",
  ],
  "endless recursion": [
    "function f(): number {\n  return 1 + f();\n}\nexport default f();\n",
    "load/threw  ecosystem.config.ts:2:3 RangeError: Maximum call stack size exceeded, called at ecosystem.config.ts:2:14",
  ],
  "a thrown text": [
    'throw "nothing";\nexport default {};\n',
    'load/threw  ecosystem.config.ts:1:1 the config threw "nothing"',
  ],
  "a rejected promise": [
    'export default Promise.reject(new Error("no answer"));\n',
    "load/threw  ecosystem.config.ts:1:31 Error: no answer",
  ],
  "no default export": [
    "export const config = {};\n",
    "load/no-default-export  ecosystem.config.ts:1:1 the config has no default export (write `export default defineEcosystem({ … })`)",
  ],
  "an empty file": [
    "",
    "load/no-default-export  ecosystem.config.ts:1:1 the config has no default export (write `export default defineEcosystem({ … })`)",
  ],
  "a function": [
    "export default () => ({});\n",
    "load/not-data  ecosystem.config.ts:1:16 a function is not data (call it, or write its result)",
  ],
  "a function inside": [
    "function make() {}\nexport default { a: { make } };\n",
    "load/not-data a.make ecosystem.config.ts:2:23 the function make() is not data (call it, or write its result)",
  ],
  "a method": [
    "export default { run() {} };\n",
    "load/not-data run ecosystem.config.ts:1:18 the function run() is not data (call it, or write its result)",
  ],
  "numbers without a JSON form": [
    "export default {\n  a: 0 / 0,\n  b: [1, 1 / 0],\n  c: 10n,\n};\n",
    "load/not-data a ecosystem.config.ts:2:6 NaN is not a number that a file can hold",
    "load/not-data b[1] ecosystem.config.ts:3:10 Infinity is not a number that a file can hold",
    "load/not-data c ecosystem.config.ts:4:6 the bigint 10n is not data (write a number, or a quoted string)",
  ],
  symbols: [
    'export default { a: Symbol("x"), [Symbol.iterator]: 1 };\n',
    "load/not-data a ecosystem.config.ts:1:21 a symbol is not data (write a string)",
    "load/not-data  ecosystem.config.ts:1:16 the key Symbol(Symbol.iterator) is a symbol (write a string)",
  ],
  "a cycle": [
    "const a: Record<string, unknown> = { b: {} };\na.b = { up: a };\nexport default { a };\n",
    "load/not-data a.b.up ecosystem.config.ts:1:36 the value contains itself (break the cycle: write a copy of the part that is meant)",
  ],
  instances: [
    "class Service {}\nexport default {\n  when: new Date(0),\n  map: new Map(),\n  own: new Service(),\n};\n",
    "load/not-data when ecosystem.config.ts:3:9 an instance of Date is not plain data (write .toISOString())",
    "load/not-data map ecosystem.config.ts:4:8 an instance of Map is not plain data (write Object.fromEntries(map))",
    "load/not-data own ecosystem.config.ts:5:8 an instance of Service is not plain data (write a plain object: { ...value })",
  ],
  "undefined in a list": [
    "export default {\n  list: [1, undefined, 2],\n  holes: [1, , 2],\n};\n",
    "load/not-data list[1] ecosystem.config.ts:2:13 undefined stands in a list (leave the item out, for example with .filter())",
    "load/not-data holes[1] ecosystem.config.ts:3:10 undefined stands in a list (leave the item out, for example with .filter())",
  ],
  "a getter": [
    "export default { get a() { return 1; } };\n",
    "load/not-data a ecosystem.config.ts:1:18 a getter or setter is not data (write its value)",
  ],
  "a key that would set the prototype": [
    'export default { ["__proto__"]: { polluted: true } };\n',
    'load/not-data __proto__ ecosystem.config.ts:1:19 the key "__proto__" is not allowed',
  ],
  "endless nesting": [
    "let deep: unknown = 1;\nfor (let i = 0; i < 5000; i++) deep = { deep };\nexport default { deep };\n",
    `load/not-data ${Array(100).fill("deep").join(".")} ecosystem.config.ts:2:39 nested deeper than 100 levels`,
  ],
  "half a surrogate pair": [
    'export default { a: "\\ud83d", "\\udc00": 1 };\n',
    "load/text a ecosystem.config.ts:1:21 the text holds half of a surrogate pair, which is no character (write the whole character, or its \\u{…} escape)",
    "load/text \udc00 ecosystem.config.ts:1:31 the key holds half of a surrogate pair, which is no character (write the whole character, or its \\u{…} escape)",
  ],
  "decomposed text": [
    'export default { a: "u\u0308" };\n',
    'load/text a ecosystem.config.ts:1:21 the text is not in Unicode normal form C (write the composed characters, or add .normalize("NFC"))',
  ],
  "a service in two team files": [
    {
      "ecosystem.config.ts":
        'import * as shop from "./shop.ts";\nimport * as pay from "./pay.ts";\nexport default { services: { ...shop, ...pay } };',
      "shop.ts": 'export const cart = { image: "a" };\nexport const web = { image: "b" };',
      "pay.ts": 'export const card = { image: "c" };\nexport const web = { image: "d" };',
    },
    "load/duplicate-name services.web pay.ts:2:20 web is defined twice in services, and the definition elsewhere would be lost without a word (rename one of the two; to change a definition on purpose, spread it into the new one: { ...earlier.web, … })",
  ],
  "what a team's file exports beside its services": [
    {
      "ecosystem.config.ts":
        'import * as shop from "./shop.ts";\nimport * as pay from "./pay.ts";\nexport default { services: { ...shop, ...pay } };',
      "shop.ts":
        'export const cart = { image: "a" };\nexport function image(name: string) { return name; }\nconst port = 80;\nexport { port as "the-port" };',
      "pay.ts": 'export * from "./limits.ts";\nexport const regions = ["a"];\nexport default "pay";',
      "limits.ts": "export const limit = () => 1;\nexport const isOpen = true;",
    },
    'load/stray-export services.image shop.ts:2:17 image is a function, and no service: shop.ts exports it, and all that it exports is taken into services (write it without "export", or move it to a file that is not taken into services)',
    'load/stray-export services.the-port shop.ts:3:14 the-port is a number, and no service: shop.ts exports it, and all that it exports is taken into services (write it without "export", or move it to a file that is not taken into services)',
    'load/stray-export services.default pay.ts:3:16 default is a text, and no service: pay.ts exports it, and all that it exports is taken into services (write it without "export", or move it to a file that is not taken into services)',
    'load/stray-export services.regions pay.ts:2:24 regions is a list, and no service: pay.ts exports it, and all that it exports is taken into services (write it without "export", or move it to a file that is not taken into services)',
    'load/stray-export services.isOpen limits.ts:2:23 isOpen is true or false, and no service: pay.ts exports it, and all that it exports is taken into services (write it without "export", or move it to a file that is not taken into services)',
    'load/stray-export services.limit limits.ts:1:22 limit is a function, and no service: pay.ts exports it, and all that it exports is taken into services (write it without "export", or move it to a file that is not taken into services)',
  ],
  "the exports of a file as a section, and a function within one": [
    {
      "ecosystem.config.ts":
        'import * as shop from "./shop.ts";\nimport * as rollouts from "./rollouts.ts";\nexport default { services: shop, rollouts, a: shop };',
      "shop.ts": "export const web = { image: () => 1 };\nexport const image = (name: string) => name;",
      "rollouts.ts": "export const careful = {};\nexport const pause = '5m';",
    },
    'load/stray-export rollouts.pause rollouts.ts:2:22 pause is a text, and no rollout strategy: rollouts.ts exports it, and all that it exports is taken into rollouts (write it without "export", or move it to a file that is not taken into rollouts)',
    'load/stray-export services.image shop.ts:2:22 image is a function, and no service: shop.ts exports it, and all that it exports is taken into services (write it without "export", or move it to a file that is not taken into services)',
    "load/not-data services.web.image shop.ts:1:29 the function image() is not data (call it, or write its result)",
    "load/not-data a.image shop.ts:2:22 the function image() is not data (call it, or write its result)",
    "load/not-data a.web.image shop.ts:1:29 the function image() is not data (call it, or write its result)",
  ],
  "a text where a definition belongs, that no file exports": [
    {
      "ecosystem.config.ts": 'import "./shop.ts";\nexport default { services: { image: () => "other" } };',
      "shop.ts": "export const image = (name: string) => name;",
    },
    "load/not-data services.image ecosystem.config.ts:2:37 the function image() is not data (call it, or write its result)",
  ],
  "a Proxy": [
    "export default { a: new Proxy([], {}) };",
    "load/not-data a ecosystem.config.ts:1:21 a Proxy is not plain data (write a plain object with what it answers)",
  ],
  "too much": [
    "export default { a: Array(2e6).fill(0) };",
    "load/too-large a[999998] ecosystem.config.ts:1:21 the config holds more than 1,000,000 values (look for a helper or loop that makes too many)",
  ],
  "a polluted prototype": [
    "(Object.prototype as any).own = 1;\nexport default { a: 1 };",
    'load/globals  ecosystem.config.ts:2:16 the config, or what it imports, adds "own" to Object.prototype: every object seems to have it (write a function instead, or define it with Object.defineProperty, which keeps it out of loops)',
  ],
  "sources in other encodings": [
    {
      "ecosystem.config.ts": 'import "./a.ts";\nexport default {};',
      "a.ts": Buffer.from('export const a = "caf\u00e9";', "latin1"),
    },
    "load/unreadable  a.ts:1:22 a.ts is not UTF-8, but Latin-1 or Windows-1252 as it seems (save it as UTF-8)",
  ],
  "a source in UTF-16": [
    {
      "ecosystem.config.ts": 'import "./a.ts";\nexport default {};',
      "a.ts": Buffer.from("\ufeffexport const a = 1;", "utf16le"),
    },
    "load/unreadable  a.ts:1:1 a.ts is UTF-16, not UTF-8 (save it as UTF-8)",
  ],
  "a config in UTF-16": [
    { "ecosystem.config.ts": Buffer.from("export default {};", "utf16le") },
    "load/unreadable  ecosystem.config.ts:1:1 ecosystem.config.ts is UTF-16, not UTF-8 (save it as UTF-8)",
  ],
  "a folder with the name of a config": [
    { "ecosystem.config.ts/a.txt": "" },
    "load/unreadable  ecosystem.config.ts:1:1 ecosystem.config.ts is a folder, not a file (move it away)",
  ],
  "an import of a text": [
    { "ecosystem.config.ts": 'import text from "./a.txt";\nexport default { text };', "a.txt": "" },
    'load/import  ecosystem.config.ts:1:18 a.txt cannot be imported: only code and JSON can (read it: readFileSync(new URL("./file", import.meta.url), "utf8"))',
  ],
  "broken JSON in an import": [
    {
      "ecosystem.config.ts": 'import a from "./a.json";\nexport default { a };',
      "a.json": '{\n  "b": 1,\n  "b": 2\n}',
    },
    'load/json  a.json:3:3 the key "b" stands here a second time (repair it, or take the version of the main branch: git checkout origin/main -- a.json)',
  ],
  "broken companions and a broken config at once": [
    {
      "ecosystem.config.ts": "export default { a: 0 / 0 };",
      "ecosystem.images.json": "{\n<<<<<<< HEAD\n",
      "ecosystem.tuning.json": '{"a": [1, 2,]}',
    },
    'load/json  ecosystem.images.json:2:1 a key in double quotes is expected, but there is "<": a merge conflict is left in the file ' +
      "(repair it, or take the version of the main branch: git checkout origin/main -- ecosystem.images.json)",
    'load/json  ecosystem.tuning.json:1:13 a value is expected, but there is "]" ' +
      "(repair it, or take the version of the main branch: git checkout origin/main -- ecosystem.tuning.json)",
    "load/not-data a ecosystem.config.ts:1:21 NaN is not a number that a file can hold",
  ],
  "bad text in a companion": [
    { "ecosystem.config.ts": "export default {};", "ecosystem.images.json": '{"web": {"prod": "\\ud800"}}' },
    "load/text web.prod ecosystem.images.json:1:18 the text holds half of a surrogate pair, which is no character (write the whole character, or its \\u{…} escape)",
  ],
};

const test = suite("load failures");

function project(files: Files | string): string {
  const root = mkdtempSync(join(tmpdir(), "eco-load-"));
  for (const [path, text] of Object.entries(typeof files === "string" ? { "ecosystem.config.ts": files } : files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

async function diagnosticsOf(root: string): Promise<readonly Diagnostic[]> {
  try {
    await loadInputs({ root, moduleAlias, cwd: root });
    return [];
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    return error.diagnostics;
  }
}

const placeOf = (position: Position | undefined): string =>
  position ? `${position.file}:${position.line}:${position.column}` : "";

function describe({ id, at, position, message, hint, related = [] }: Diagnostic): string {
  const calls = related.filter(({ call }) => call).map((other) => `, called at ${placeOf(other.position)}`);
  return `${id} ${at} ${placeOf(position)} ${message}${hint === undefined ? "" : ` (${hint})`}${calls.join("")}`;
}

for (const [name, [files, ...expected]] of Object.entries(mistakes)) {
  test(name, async () => {
    const root = project(files);
    try {
      const found = await diagnosticsOf(root);
      assert.is(found.map(describe).join("\n"), expected.join("\n"));
      assert.not.match(JSON.stringify(found), /\bat .*:\d+:\d+|node_modules|node:internal/);
      assert.not.ok(JSON.stringify(found).includes(root), "the path of the machine");
    } finally {
      rmSync(root, { recursive: true });
    }
  });
}

test("a config in a parent folder is named", async () => {
  const root = project({ "ecosystem.config.ts": "export default {};", "deep/er/.keep": "" });
  const [diagnostic] = await diagnosticsOf(join(root, "deep", "er"));
  assert.is(diagnostic?.hint, "there is one in ../..: run there");
  rmSync(root, { recursive: true });
});

/**
 * What has its own tables: programs and values that differ in test/errors/{program,repeat}.test.ts, the folders of
 * `extra` in test/extra/, files in files.test.ts.
 */
const ELSEWHERE = [
  "load/ended",
  "load/extension",
  "load/file",
  "load/unsettled",
  "load/unhandled",
  "load/unrepeatable",
];

test("every id has a mistake in this table", () => {
  const seen = new Set(Object.values(mistakes).flatMap(([, ...lines]) => lines.map((line) => line.split(" ", 1)[0])));
  assert.equal([...seen, ...ELSEWHERE].sort(), Object.keys(loadCatalogue).sort());
});

test.run();
