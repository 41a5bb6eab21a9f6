/**
 * `npm run new:section NAME`: a section of the config that already works, from its type to the resolved form; what
 * writes it is a target's to say.
 */
import { readFileSync } from "node:fs";
import glob from "fast-glob";
import { fill, insert, refuse, write, type Insertion } from "./scaffold.ts";

const [name = ""] = process.argv.slice(2);
if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name))
  refuse("usage: npm run new:section NAME, with a name like observability");

const key = name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
const type = key[0]!.toUpperCase() + key.slice(1);

const taken = new RegExp(`^export (interface|type) ${type}\\b`, "m");
for (const file of glob.sync(["compiler/config/model/*.ts", "compiler/topology/*.ts"]).sort())
  if (taken.test(readFileSync(file, "utf8"))) refuse(`${file} already has a ${type}`);

const MODEL = "compiler/config/model/ecosystem.ts";
const TOPOLOGY = "compiler/topology/index.ts";
for (const file of [MODEL, TOPOLOGY])
  if (new RegExp(`^  ${key}\\??:`, "m").test(readFileSync(file, "utf8"))) refuse(`${file} already has ${key}`);

const LOWER = "compiler/3-lower/index.ts";
/** Behind the last import; before the end of the interface, and of what lower returns. */
const IMPORTS = /(^import [^;]*;\n)+/m;
const END = (of: string): RegExp => new RegExp(`(?<=^export interface ${of}\\b[^]*?\\n)}$`, "m");
const RETURNED = /^ {4}tunables: tunables\.tunables,$/m;

const insertions: Insertion[] = [
  { path: MODEL, after: IMPORTS, line: `import type { ${type} } from "./${name}.ts";` },
  { path: MODEL, before: END("Ecosystem"), line: `  ${key}?: ${type}<N>;` },
  { path: TOPOLOGY, after: IMPORTS, line: `import type { ${type} } from "./${name}.ts";` },
  { path: TOPOLOGY, before: END("Topology"), line: `  ${key}?: ${type};` },
  { path: LOWER, after: IMPORTS, line: `import { lower${type} } from "./${name}.ts";` },
  { path: LOWER, before: RETURNED, line: `    ${key}: lower${type}(ecosystem, teams),` },
];

/** Where each template goes. */
const places: Readonly<Record<string, string>> = {
  "model.ts": `compiler/config/model/${name}.ts`,
  "topology.ts": `compiler/topology/${name}.ts`,
  "lower.ts": `compiler/3-lower/${name}.ts`,
  "lower.test.ts": `compiler/3-lower/${name}.test.ts`,
};

write(
  fill("section", { name, key, type }, (file) => places[file]!),
  ["barrels", "validators", "config-docs"],
  insert(insertions),
);
console.log(
  `\nnext: npm test compiler/3-lower/${name} compiler/config compiler/2-validate, then its fields and a target that writes them`,
);
