import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { families } from "../config/names.ts";
import { DiagnosticError } from "../diagnostics/diagnostic.ts";
import { loadInputs } from "./index.ts";

const moduleAlias = { "eco-compile": join(import.meta.dirname, "samples", "eco-compile", "index.ts") };
const test = suite("duplicates");

const shop = 'export const cart = { image: "cart" };\nexport const web = { image: "shop" };\n';
const pay = 'export const card = { image: "card" };\nexport const web = { image: "pay" };\n';
const imports = 'import * as shop from "./shop.ts";\nimport * as pay from "./pay.ts";\n';
const both = "services.web pay.ts:2:20 shop.ts:2:20";

type Files = Readonly<Record<string, string>>;

/**
 * What stands in the files (a text is the config, below the imports of two teams), and each duplicate as its path with
 * all its places.
 */
const configs: Record<string, [Files | string, ...string[]]> = {
  "two namespaces": ["export default { services: { ...shop, ...pay } };", both],
  "the other way round": ["export default { services: { ...pay, ...shop } };", "services.web shop.ts:2:20 pay.ts:2:20"],
  "a namespace and a definition here": [
    'export default { services: { ...shop, web: { image: "own" } } };',
    "services.web ecosystem.config.ts:3:44 shop.ts:2:20",
  ],
  "a definition here and a namespace": [
    'export default { services: { web: { image: "own" }, ...shop } };',
    "services.web shop.ts:2:20 ecosystem.config.ts:3:35",
  ],
  "the same key twice": [
    'export default {\n  services: {\n    web: { a: 1 },\n    "web": { a: 2 },\n  },\n};',
    "services.web ecosystem.config.ts:6:12 ecosystem.config.ts:5:10",
  ],
  "a key that is computed": [
    'const name = "web";\nexport default { services: { ...shop, [name]: { image: "own" } } };',
    "services.web ecosystem.config.ts:4:47 shop.ts:2:20",
  ],
  "three of them": [
    'export default { services: { ...shop, ...pay, web: { image: "own" } } };',
    "services.web ecosystem.config.ts:3:52 shop.ts:2:20 pay.ts:2:20",
  ],
  "spreads within spreads": ["export default { services: { ...{ ...shop }, ...{ ...pay, ...{} } } };", both],
  "names in quotes, in files with words of the project": [
    {
      "ecosystem.config.ts":
        'import * as shop from "./shop.ts";\nimport * as pay from "./pay.ts";\nexport default { services: { ...shop, ...pay } };',
      "eco.ts":
        'import { project } from "eco-compile";\nimport type config from "./ecosystem.config.ts";\ninterface Project { config: typeof config }\nexport const { defineService } = project<Project>();',
      "shop.ts":
        'import { defineService } from "./eco.ts";\nconst proxy = defineService({ image: "shop" });\nexport { proxy as "front-proxy" };',
      "pay.ts":
        'import { defineService } from "./eco.ts";\nconst front = defineService({ image: "pay" });\nexport { front as "front-proxy" };',
    },
    "services.front-proxy pay.ts:2:29 shop.ts:2:29",
  ],
  "gathered before": ["const all = { ...shop, ...pay };\nexport default { services: all };", both],
  "gathered before, and spread again": [
    "const all = { ...shop, ...pay };\nexport default { services: { ...all, last: {} } };",
    both,
  ],
  "gathered in a function": [
    "const all = (...teams: object[]) => teams.reduce((a, b) => ({ ...a, ...b }), {});\nexport default { services: all(shop, pay) };",
    both,
  ],
  "Object.assign": ["export default { services: Object.assign({}, shop, pay) };", both],
  "Object.assign to what is there": [
    'const services = { web: { image: "own" } };\nObject.assign(services, pay);\nexport default { services };',
    "services.web pay.ts:2:20 ecosystem.config.ts:3:25",
  ],
  "Object.fromEntries": [
    "export default { services: Object.fromEntries([...Object.entries(shop), ...Object.entries(pay)]) };",
    both,
  ],
  defineEcosystem: [
    'import { defineEcosystem } from "eco-compile";\nexport default defineEcosystem({ services: { ...shop, ...pay } });',
    both,
  ],
  "in a file that gathers": [
    {
      "ecosystem.config.ts": 'import services from "./teams.ts";\nexport default { services };',
      "teams.ts": `${imports}export default { ...shop, ...pay };`,
      "shop.ts": shop,
      "pay.ts": pay,
    },
    both,
  ],
  "in a team's own file": [
    {
      "ecosystem.config.ts": 'import { services } from "./team.ts";\nexport default { services: { ...services } };',
      "team.ts": "const common = { web: { a: 1 } };\nexport const services = { ...common, web: { a: 2 } };",
    },
    "services.web team.ts:2:43 team.ts:1:23",
  ],
  "made of another one's": [
    'export default { services: { ...shop, web: { ...shop.cart, image: "own" } } };',
    "services.web ecosystem.config.ts:3:44 shop.ts:2:20",
  ],
  "with awaits": [
    "export default { services: { ...(await Promise.resolve(shop)), ...(await Promise.resolve(pay)) } };",
    both,
  ],

  // What is meant, or no definition.
  "no name twice": ["export default { services: { ...shop, card: pay.card } };"],
  "the same definition by two ways": [
    "const again = { ...shop };\nexport default { services: { ...shop, ...again, web: shop.web } };",
  ],
  "within a service": [
    'const usual = { image: "x", probes: { ready: { path: "/" } } };\nexport default { services: { web: { ...usual, ...{ image: "y" }, probes: { ready: { path: "/r" } } } } };',
  ],
  "fragments in a service": [
    'const limits = { resources: { cpu: "1" } };\nconst big = { resources: { cpu: "9" } };\nexport default { services: { web: { ...shop.web, ...limits, ...big } } };',
  ],
  "made of the one that it takes the place of": [
    'const changed = { ...shop.web, image: "own" };\nexport default { services: { ...shop, web: { ...changed, last: true }, cart: Object.assign({}, shop.cart, { image: "own" }) } };',
  ],
  "taken out first": [
    'const { web, ...others } = shop;\nexport default { services: { ...others, web: { ...web, image: "own" } } };',
  ],
  "a namespace as a section": ["export default { services: shop };"],
  "a file that passes on what others export": [
    {
      "ecosystem.config.ts": 'import * as all from "./all.ts";\nexport default { services: all, more: { ...all } };',
      "all.ts": 'export * from "./shop.ts";\nexport { card } from "./pay.ts";',
      "shop.ts": shop,
      "pay.ts": pay,
    },
  ],
  "sections of the whole": [
    "const base = { services: { ...shop }, teams: {} };\nexport default { ...base, services: { ...base.services, card: pay.card } };",
  ],
  "a list in place of a list": ["export default { ...{ services: shop, list: [1] }, list: [2] };"],
  "undefined in its place": ["export default { services: { ...shop, web: undefined } };"],
};

for (const [name, [files, ...expected]] of Object.entries(configs)) {
  test(name, async () => assert.equal(await duplicatesOf(files), expected));
}

test("in every family, and nowhere else", async () => {
  const records = Object.values(families).map(({ declaredIn }) => declaredIn.replace("*", "gcp"));
  const definitions = (path: readonly string[]): string =>
    path.length === 0 ? "{ ...one, ...two }" : `{ ${path[0]}: ${definitions(path.slice(1))} }`;
  const merge =
    "const merge = (a: any, b: any): any => Object.entries(b).reduce((all, [key, value]) => ({ ...all, [key]: key in all && key !== 'x' ? merge(all[key], value) : value }), a);\n";
  const trees = [...records, "elsewhere", "services.web.environments"].map((record) => definitions(record.split(".")));
  const found = await duplicatesOf(
    `const one = { x: { a: 1 } };\nconst two = { x: { a: 2 } };\n${merge}const nested = [${trees.join(", ")}];\nconst config: any = {};\nfor (const tree of nested) fill(config, tree);\nfunction fill(to: any, from: any): void {\n  for (const key of Object.keys(from)) if (key in to && key !== "x") fill(to[key], from[key]); else to[key] = from[key];\n}\nexport default config;`,
  );
  assert.equal(found.map((line) => line.split(" ")[0]).sort(), records.map((record) => `${record}.x`).sort());
});

test("it costs no more than the spreads themselves", async () => {
  const count = 3000;
  const begun = Date.now();
  const found = await duplicatesOf(
    `let services: any = {};\nfor (let i = 0; i < ${count}; i++) services = { ...services, [\`s\${i % ${count - 1}}\`]: { i } };\nexport default { services };`,
  );
  assert.is(found.length, 1);
  assert.ok(Date.now() - begun < 30_000);
});

async function duplicatesOf(files: Files | string): Promise<string[]> {
  const root = mkdtempSync(join(tmpdir(), "eco-duplicates-"));
  try {
    for (const [path, text] of Object.entries(
      typeof files === "string" ? { "ecosystem.config.ts": imports + files, "shop.ts": shop, "pay.ts": pay } : files,
    )) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    await loadInputs({ root, moduleAlias, cwd: root });
    return [];
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    return error.diagnostics.map(({ id, at, message, position, related = [] }) => {
      const places = [position, ...related.map((other) => other.position)].map(
        (place) => `${place?.file}:${place?.line}:${place?.column}`,
      );
      return id === "load/duplicate-name" ? [at, ...places].join(" ") : `${id} ${message}`;
    });
  } finally {
    rmSync(root, { recursive: true });
  }
}

test.run();
