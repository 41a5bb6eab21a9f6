import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { soundProject } from "../../test/support/sound-project.ts";
import { temporaryFolder } from "../../test/support/tree.ts";
import { MODULE_ALIAS } from "../package-root.ts";
import { loadInputs } from "./index.ts";
import { repeatDiagnostics } from "./repeat.ts";
import { isSteady } from "./steady.ts";

const test = suite("steady");

const root = temporaryFolder("steady");
function write(name: string, text: string): string {
  const file = join(root, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}
const helper = write("team/helper.ts", "export const helper = (name: string) => ({ name });");
const steady = (text: string): boolean => isSteady([write("ecosystem.config.ts", text), helper]);

/** Each way to learn of the run, by itself. That each makes a difference is in test/errors/repeat.test.ts. */
const DOUBTS = [
  "Date.now()",
  "new Date().toISOString()",
  "new (class extends Date {})().getTime()",
  "performance.now()",
  "process.hrtime.bigint()",
  "process.env.STAGE",
  "process.cwd()",
  'globalThis["Da" + "te"].now()',
  'global["Da" + "te"].now()',
  "Math.random()",
  "(({ random }) => random())(Math)",
  "crypto.randomUUID()",
  "new Intl.NumberFormat().format(1234.5)",
  "(1234.5).toLocaleString()",
  '["ä", "z"].sort((a, b) => a.localeCompare(b))',
  "import.meta.dirname",
  "import . meta.url",
  "import/**/.meta.url",
  'await import("node:os")',
  'await import(/* at once */ "node:os")',
  'require("node:os").hostname()',
  "__dirname",
  "__filename.length",
  "module.path",
  "Object.keys(exports)",
  "arguments[3]",
  "new Error().stack",
  'eval("D" + "ate.now()")',
  'Function("return D" + "ate.now()")()',
  '(() => {}).constructor("return D" + "ate.now()")()',
  "\\u0044ate.now()",
  'await fetch("https://example.com")',
  "await new Promise((resolve) => setTimeout(resolve, 1))",
  "new WeakRef({}).deref()",
  "new SharedArrayBuffer(1)",
];

test("what may differ from run to run is a doubt", () => {
  for (const doubt of DOUBTS) assert.is(steady(`const value = ${doubt};\nexport default { value };\n`), false, doubt);
});

test("every global is a doubt that is not known to say the same", () => {
  const sure = Object.getOwnPropertyNames(globalThis).filter((name) => steady(`export default ${name};`));
  assert.equal(
    sure.filter((name) => !/^(?:undefined|NaN|Infinity|(?:is|parse|en|de|struct)\w+|[A-Z]\w+)$/.test(name)),
    [],
  );
  for (const name of ["Date", "Intl", "Function", "Performance", "WebAssembly", "File", "Event", "Buffer"])
    assert.not.ok(sure.includes(name), name);
});

test("what is imported is read as well, or a doubt", () => {
  const imports: [string, boolean][] = [
    ['import { defineEcosystem } from "eco-compile";', true],
    ['import { helper } from "./team/helper.ts";', true],
    ["import { helper }\n  from './team/helper';", true],
    ['import"./team/helper.ts";', true],
    ['export { helper } from "./team/helper.ts";', true],
    ['import data from "./data.json";', true],
    ['import type { Service } from "./team/helper.ts";', true],
    ['import { x } from "./team/other.ts";', false],
    ['import { x } from "./team/help";', false],
    ['import "./team/helper.wasm";', false],
    ['import { hostname } from "node:os";', false],
    ['import { hostname } from "os";', false],
    ['import { hostname } from /* the machine */ "os";', false],
    ['import { hostname } from // the machine\n  "os";', false],
    ['import"os";', false],
    ['export * from "presets";', false],
    ['import { x } from "eco-compile/target";', false],
    ['import x from "data:text/javascript,export default 1";', false],
  ];
  for (const [line, expected] of imports) assert.is(steady(`${line}\nexport default {};\n`), expected, line);
});

test("a doubt in any source is one", () => {
  const config = write("ecosystem.config.ts", 'import { at } from "./team/at.ts";\nexport default { at };');
  assert.is(isSteady([config, write("team/at.ts", "export const at = Date.now();")]), false);
  assert.is(isSteady([config, write("team/at.ts", "export const at = 1;")]), true);
  assert.is(isSteady([config, join(root, "team/gone.ts")]), false);
  assert.is(isSteady([]), false);
});

test("a config as most are is steady", () => {
  assert.ok(
    steady(`import { defineEcosystem } from "eco-compile";
import { helper } from "./team/helper.ts";
// One for each region: from the nearest to the last.
const regions = ["eu", "us"].map((name) => ({ ...helper(name), zones: Math.max(2, name.length) }));
const byName = new Map(regions.map((region) => [region.name, region]));
if (byName.size !== 2) throw new Error(\`\${byName.size} regions\`);
export default defineEcosystem(structuredClone({ regions: [...byName.values()], from: "here", format: 2 }));
`),
  );
});

test("a steady config is loaded once, and any other once more", async () => {
  const cost = async (text: string): Promise<number> => {
    const options = { root: soundProject(text), moduleAlias: MODULE_ALIAS, cwd: root };
    const { diagnostics, cpu } = await repeatDiagnostics(await loadInputs(options), options);
    assert.equal(diagnostics, []);
    return cpu;
  };
  assert.is(await cost("export default base;"), 0);
  assert.ok((await cost("export default base; // not of this Date")) > 0);
});

test.run();
