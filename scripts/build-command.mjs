/**
 * Bundles the command into one file of CommonJS, for which V8's bytecode can be kept (compiler/start/bytecode.ts). It
 * has what it always loads of its dependencies inside: to find and compile these took a tenth of a small run.
 */
import { build } from "esbuild";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { common, source } from "../compiler/1-load/program/bundle.mjs";

/** What is loaded when it is needed, which is seldom. */
const OUTSIDE = ["@babel/code-frame", "@cdktn/hcl2json", "@kubernetes/client-node", "jiti"];

/** Modules of our own that bring a parser: scripts/build.mjs bundles them by themselves. */
const APART = /\/(locate|failure)\.ts$/;

/**
 * What is outside is imported by whoever begins the program: a program that V8 takes from its bytecode can import
 * nothing by itself (https://nodejs.org/docs/latest-v20.x/api/vm.html#support-of-dynamic-import-in-compilation-apis).
 * A module that exports `then` is a promise to `import()`.
 */
const importsOutside = {
  name: "imports outside",
  setup: ({ onLoad, onResolve }) => {
    const isOutside = ({ kind, path }) => kind === "dynamic-import" && OUTSIDE.includes(path);
    onResolve({ filter: /^[^.]/ }, (args) => (isOutside(args) ? { path: args.path, namespace: "outside" } : undefined));
    onResolve({ filter: APART }, ({ path }) => ({ path: `./${APART.exec(path)[1]}.js`, namespace: "outside" }));
    onLoad({ filter: /^/, namespace: "outside" }, ({ path }) => ({
      contents: `export const then = (done, failed) => importOutside(${JSON.stringify(path)}).then(done, failed);`,
    }));
  },
};

/** esbuild follows no `require` but the plain one. */
const plainRequire = {
  name: "plain require",
  setup: ({ onLoad }) =>
    onLoad({ filter: /\/policy\/evaluate\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, "utf8");
      const contents = text.replace("createRequire(import.meta.url)(", "require(");
      if (contents === text) throw new Error(`${path} loads its package otherwise`);
      return { contents, loader: "ts" };
    }),
};

/** Writes command.cjs, and the licences of what is inside. */
export async function buildCommand(outdir) {
  const { metafile } = await build({
    ...common,
    packages: "bundle",
    external: OUTSIDE,
    outdir,
    entryPoints: { command: source(new URL("../compiler/cli.ts", import.meta.url)) },
    format: "cjs",
    outExtension: { ".js": ".cjs" },
    banner: { js: '"use strict"; const moduleUrl = require("node:url").pathToFileURL(__filename).href;' },
    define: { "import.meta.url": "moduleUrl" },
    plugins: [importsOutside, plainRequire],
    metafile: true,
  });
  const file = `${outdir}/command.cjs`;
  writeFileSync(file, inAscii(readFileSync(file, "utf8")));
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
  if (imports.some(({ kind }) => kind === "dynamic-import")) throw new Error("command.cjs imports something by itself");
  const inside = Object.keys(metafile.inputs).map((file) => /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]);
  const folders = [...new Set(inside)].filter((folder) => folder !== undefined).sort();
  writeFileSync(`${outdir}/command.LICENSES.txt`, folders.map(licence).join(`\n${"-".repeat(80)}\n\n`));
}

/**
 * esbuild escapes what is beyond ASCII in texts, but not in regular expressions and comments. A single such character
 * makes V8 hold the whole source with two bytes for each.
 */
const inAscii = (source) =>
  source.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

function licence(folder) {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const texts = readdirSync(folder).filter((file) => /^(?:licen[cs]e|notice|copying)/i.test(file));
  return [`${name} ${version}, ${license}\n`, ...texts.map((file) => readFileSync(`${folder}/${file}`, "utf8"))].join(
    "\n",
  );
}
