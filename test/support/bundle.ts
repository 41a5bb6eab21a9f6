import { build, type Plugin } from "esbuild";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { PACKAGE_ROOT } from "../../compiler/package-root.ts";

/** In a module, what each stands for is the module's own wherever its code ends up. */
const OWN = {
  "import.meta.url": "importMetaUrl",
  "import.meta.dirname": "importMetaDirname",
  "import.meta.filename": "importMetaFilename",
};

const keepsItsPlace: Plugin = {
  name: "keeps its place",
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.(ts|mjs)$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      if (!text.includes("import.meta.")) return undefined;
      const [url, folder, file] = [pathToFileURL(path).href, dirname(path), path].map((value) => JSON.stringify(value));
      // On the first line, so that the others keep their numbers.
      const own = `const importMetaUrl = ${url}, importMetaDirname = ${folder}, importMetaFilename = ${file}; `;
      return { contents: own + text, loader: extname(path) === ".ts" ? "ts" : "js" };
    }),
};

/**
 * Bundles test files, with what they share in files of its own: a test then begins in a sixth of the time that a loader
 * needs for five hundred sources, one by one. Packages stay outside. The folder lies in the repository, whose packages
 * and own name its modules ask for, and is removed when the process ends.
 */
export async function bundle(files: readonly string[]): Promise<(file: string) => string> {
  const cache = join(PACKAGE_ROOT, ".cache");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "tests-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1)); // an end as any other
  await build({
    absWorkingDir: PACKAGE_ROOT,
    entryPoints: [...files],
    outbase: PACKAGE_ROOT,
    outdir: folder,
    bundle: true,
    splitting: true,
    packages: "external",
    platform: "node",
    target: "node20",
    format: "esm",
    sourcemap: true,
    sourcesContent: false,
    logLevel: "warning",
    define: OWN,
    plugins: [keepsItsPlace],
  });
  return (file) => join(folder, `${file.slice(0, -extname(file).length)}.js`);
}
