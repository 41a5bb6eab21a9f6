/**
 * Bundles the process of a config into one file: for dist/, and for runs from sources (start.cjs), which pass the folder
 * to put it in.
 */
import { build } from "esbuild";
import { randomUUID } from "node:crypto";
import { mkdirSync, renameSync, rmSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";

/** As URLs, so that whoever asks what a build depends on (scripts/imports/) finds them. */
export const source = fileURLToPath;

export const common = {
  bundle: true,
  platform: "node",
  target: "node20",
  packages: "external",
  minifySyntax: true,
  logLevel: "warning",
};

// Positions need Node's loader of modules: they stay outside.
const positions = {
  name: "positions",
  setup: ({ onResolve }) =>
    onResolve({ filter: /\/positions\/locate\.ts$/ }, () => ({ path: "./locate.js", external: true })),
};

/**
 * Writes program.cjs, which asks for a locate.js beside it. A process of a config is begun for every run: CommonJS
 * saves it Node's loader of modules, a third of its time.
 */
export const buildProgram = (outdir, options = {}) =>
  build({
    ...common,
    ...options,
    outdir,
    entryPoints: { program: source(new URL("./main.ts", import.meta.url)) },
    format: "cjs",
    outExtension: { ".js": ".cjs" },
    plugins: [positions],
  });

/** Writes both beside each other, of nothing but the given sources. */
async function buildBoth(folder, sources) {
  const fresh = `${folder}-${randomUUID()}`; // swapped in as a whole: others may be doing the same
  mkdirSync(fresh, { recursive: true });
  const results = await Promise.all([
    buildProgram(fresh, { metafile: true }),
    build({
      ...common,
      outdir: fresh,
      entryPoints: { locate: source(new URL("../positions/locate.ts", import.meta.url)) },
      format: "esm",
      metafile: true,
    }),
  ]);
  const unknown = results
    .flatMap(({ metafile }) => Object.keys(metafile.inputs))
    .filter((file) => !sources.includes(file));
  if (unknown.length > 0) throw new Error(`start.cjs does not look at ${unknown.join(", ")}`);
  try {
    renameSync(fresh, folder);
  } catch (error) {
    rmSync(fresh, { recursive: true });
    if (!["ENOTEMPTY", "EEXIST"].includes(error.code)) throw error;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [, , folder, ...sources] = process.argv;
  await buildBoth(folder, sources);
}
