import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { build } from "esbuild";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { PACKAGE_ROOT } from "../../package-root.ts";
import { planted as plantedIn } from "./test/places.ts";
import { planted } from "./test/planted.ts";

/** The entries of a list that say this, on one line or on several. */
const entry = ({ source }: RegExp): RegExp =>
  new RegExp(`^ {2}\\{(?:.|\\n {4})*?${source}(?:.|\\n {4})*(?:\\n {2})?\\},?$`, "gm");

/** Each takes one kind of rule away; the list that this kind is for must then be found too rarely. */
const mutants: readonly (readonly [
  title: string,
  category: string,
  file: string,
  before: string | RegExp,
  after: string,
])[] = [
  ["gitleaks' shapes", "shapes of providers", "rules.ts", 'matches(text, ({ rule }) => rule.asks !== "name")', "[]"],
  [
    "own shapes",
    "shapes of providers",
    "own-shapes.ts",
    "readonly Shape[] = [",
    "readonly Shape[] = []; export const others = [",
  ],
  ["the trace of gitleaks' shapes", "shapes of providers", "shapes.ts", '...SHAPE_TRACES.split("|"),', ""],
  ["traces within", "URLs", "shapes.ts", " || WITHIN.test(text)", ""],
  ["passwords in URLs", "URLs", "own-shapes.ts", entry(/a password in a URL"/), ""],
  ["webhooks", "webhooks", "own-shapes.ts", entry(/webhook/), ""],
  ["private keys", "private keys", "own-shapes.ts", entry(/"a private key"/), ""],
  ["passwords by name", "names of variables", "names.ts", "if (PASSWORDS.has(last))", "if (false)"],
  ["tokens by name", "names with values that people make up", "names.ts", "if (TOKENS.has(last))", "if (false)"],
  ["keys by name", "names with values that people make up", "names.ts", "KEYS.has(before)", "false"],
  ["contents", "contents of files", "contents.ts", "of inLine(content)", "of [] as Assignment[]"],
  ["pairs in quotes", "contents of files", "contents.ts", "[PAIR, ", "["],
  ["assignments on a line", "contents of files", "contents.ts", "if (whole) {", "if (false) {"],
  ["directives", "contents of files", "contents.ts", "if (directive)", "if (false)"],
  ["command lines", "commands and arguments", "arguments.ts", "of line.entries()", "of ([] as string[]).entries()"],
  [
    "flags of programs",
    "commands and arguments",
    "arguments.ts",
    "PROGRAMS[program] ?? {}",
    "{} as (typeof PROGRAMS)[string]",
  ],
  ["headers", "headers", "judge.ts", "return credentialOfHeader(name, value) ?? ", "return "],
  ["names beside values", "patches", "structure.ts", 'if (key !== "value") return key;', "return key;"],
  ["data of Secrets", "patches", "structure.ts", '(key === "data" || key === "stringData")', 'key === ""'],
  [
    "keys that are secrets",
    "other tokens",
    "structure.ts",
    "if (mayHoldSecret(key) && shapedIn(key).length > 0)",
    "if (false)",
  ],
];

/** The part of a list that is found by the sources, with one text in one of them replaced. */
async function recall(
  category: string,
  [file, before, after]: readonly [string, string | RegExp, string],
): Promise<number> {
  const folder = `${PACKAGE_ROOT}.cache/`; // directly below the package, from which the rules are found
  mkdirSync(folder, { recursive: true });
  const outfile = `${folder}secrets-mutant-${process.pid}-${count++}.mjs`;
  const path = `${import.meta.dirname}/${file}`;
  await build({
    entryPoints: [`${import.meta.dirname}/index.ts`],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    logLevel: "error",
    plugins: [
      {
        name: "mutant",
        setup: ({ onLoad }) =>
          onLoad({ filter: /\.ts$/ }, ({ path: loaded }) => {
            const source = readFileSync(loaded, "utf8");
            const contents = loaded === path ? source.replace(before, after) : source;
            if (loaded === path && before !== "") assert.is.not(contents, source, `${file} no longer has ${before}`);
            return { contents, loader: "ts" };
          }),
      },
    ],
  });
  try {
    const { secretDiagnostics } = (await import(outfile)) as typeof import("./index.ts");
    const list = planted[category]!;
    return list.filter(([, place]) => secretDiagnostics(plantedIn(place)).length > 0).length / list.length;
  } finally {
    rmSync(outfile);
  }
}
let count = 0;

test("unchanged, all are found", async () => assert.ok((await recall("headers", ["index.ts", "", ""])) >= 0.95));

for (const [title, category, ...change] of mutants) {
  test(`without ${title} too few of ${category} are found`, async () => {
    const found = await recall(category, change);
    assert.ok(found < 0.95, `${found}`);
  });
}

test.run();
