import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Diagnostic, DiagnosticError } from "../diagnostics/diagnostic.ts";
import { loadInputs, locate, readLibrary } from "./index.ts";
import { PLUGIN_VERSION } from "./program/joins-plugin.ts";

const moduleAlias = { "eco-compile": join(import.meta.dirname, "samples", "eco-compile", "index.ts") };
const test = suite<{ root: string }>("load");

test.before.each((context) => {
  context.root = mkdtempSync(join(tmpdir(), "eco-load-"));
});
test.after.each(({ root }) => rmSync(root, { recursive: true }));

function write(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

const load = (root: string, configFile?: string) => loadInputs({ root, configFile, moduleAlias, cwd: root });

test("the config and its companions become plain data", async ({ root }) => {
  write(
    root,
    "ecosystem.config.ts",
    "const ports = [80];\nexport default { a: undefined, zero: -0, nil: null, ports, again: ports, none: Object.create(null) };",
  );
  write(root, "ecosystem.images.json", '\ufeff{"web": {"prod": "sha256:1"}}\n');
  const inputs = await load(root);
  assert.equal(inputs.config, { zero: 0, nil: null, ports: [80], again: [80], none: {} });
  assert.ok(Object.is((inputs.config as { zero: number }).zero, 0));
  assert.not.ok(Object.hasOwn(inputs.config as object, "a"), "an undefined property is an absent one");
  assert.equal(inputs.images, { web: { prod: "sha256:1" } });
  assert.is(inputs.tuning, undefined);
  assert.is(inputs.configFile, join(root, "ecosystem.config.ts"));
});

for (const [name, text] of Object.entries({
  "ecosystem.config.ts":
    'import { defineEcosystem } from "eco-compile";\nexport default defineEcosystem({ name: 1 as number });',
  "ecosystem.config.mts":
    'import { defineEcosystem } from "eco-compile";\nexport default await Promise.resolve(defineEcosystem({ name: 1 }));',
  "ecosystem.config.js": 'import { defineEcosystem } from "eco-compile";\nexport default defineEcosystem({ name: 1 });',
  "ecosystem.config.mjs":
    'import { defineEcosystem } from "eco-compile";\nexport default (async () => defineEcosystem({ name: 1 }))();',
})) {
  test(`${name} is found and reaches eco-compile without being installed`, async ({ root }) => {
    write(root, "package.json", '{"type": "module"}');
    write(root, name, text);
    assert.equal((await load(root)).config, { name: 1 });
  });
}

test("a named config file, with its companions beside it", async ({ root }) => {
  write(root, "environments/other.ts", "export default { other: true };");
  write(root, "environments/ecosystem.tuning.json", '{"proposals": []}');
  const { config, tuning } = await load(root, "environments/other.ts");
  assert.equal([config, tuning], [{ other: true }, { proposals: [] }]);
});

test("a file that two others import runs once per load", async ({ root }) => {
  write(
    root,
    "count.ts",
    "const state = globalThis as { ecoCount?: number };\nstate.ecoCount = (state.ecoCount ?? 0) + 1;\nexport const count = state.ecoCount;",
  );
  write(root, "a.ts", 'export { count as a } from "./count.ts";');
  write(root, "b.ts", 'export { count as b } from "./count.ts";');
  write(
    root,
    "ecosystem.config.ts",
    'import { a } from "./a.ts";\nimport { b } from "./b.ts";\nexport default { a, b };',
  );
  assert.equal((await load(root)).config, { a: 1, b: 1 });
  assert.equal((await load(root)).config, { a: 1, b: 1 }, "nothing is left of the first load");
});

test("the cache lives in node_modules and follows the text", async ({ root }) => {
  mkdirSync(join(root, "node_modules"));
  const cache = join(root, "node_modules", ".cache", "eco-compile", String(PLUGIN_VERSION));
  for (const value of [1, 2, 1]) {
    write(root, "shared.ts", `export const shared: number = ${value};`);
    write(
      root,
      "ecosystem.config.ts",
      `import { shared } from "./shared.ts";\nexport default { shared, own: ${value} };`,
    );
    assert.equal((await load(root)).config, { shared: value, own: value });
  }
  assert.is(readdirSync(cache).length, 2, "one file for each source, the newest");
});

test("without node_modules nothing is cached: a folder in /tmp is open to others", async ({ root }) => {
  write(root, "ecosystem.config.ts", "export default {};");
  const shared = join(tmpdir(), "jiti");
  const before = existsSync(shared) ? readdirSync(shared) : [];
  await load(root);
  assert.equal(readdirSync(root), ["ecosystem.config.ts"]);
  assert.equal(existsSync(shared) ? readdirSync(shared) : [], before);
});

test("a good config loads no parser and makes no frames", ({ root }) => {
  write(
    root,
    "ecosystem.config.ts",
    'import { defineEcosystem } from "eco-compile";\nexport default defineEcosystem({ a: 1 });',
  );
  // Hooks of the module loader write down what is loaded, here and in the config's own process.
  write(
    root,
    "hook.mjs",
    'import { appendFileSync } from "node:fs";\nexport async function load(url, context, next) {\n  appendFileSync(new URL("loaded.txt", import.meta.url), `${url}\\n`);\n  return next(url, context);\n}\n',
  );
  write(root, "register.mjs", 'import { register } from "node:module";\nregister("./hook.mjs", import.meta.url);\n');
  write(
    root,
    "run.mjs",
    [
      `const { loadInputs } = await import(${JSON.stringify(pathToFileURL(join(import.meta.dirname, "index.ts")).href)});`,
      `const options = { root: ${JSON.stringify(root)}, moduleAlias: ${JSON.stringify(moduleAlias)} };`,
      "await loadInputs(options);",
    ].join("\n"),
  );
  const tsx = import.meta.resolve("tsx");
  execFileSync(process.execPath, ["--import", tsx, join(root, "run.mjs")], {
    cwd: root,
    env: { ...process.env, NODE_OPTIONS: `--import ${pathToFileURL(join(root, "register.mjs")).href}` },
  });
  const loaded = readFileSync(join(root, "loaded.txt"), "utf8");
  assert.match(loaded, "1-load/ask.ts");
  assert.match(loaded, "1-load/program/start.cjs");
  assert.not.match(loaded, /oxc-parser|magic-string|code-frame|1-load\/(?:failure|repeat)|locate/);
});

test("what a config prints goes to standard error once, though it is loaded twice for positions", async ({ root }) => {
  write(
    root,
    "ecosystem.config.ts",
    'console.log("hello\\x1b[2J");\nprocess.stdout.write("::error::no\\n");\nconsole.error("##[group] no end");\nprocess.stderr.write("last");\nexport default { a: 1 };',
  );
  const said: string[] = [];
  const { write: speak } = process.stderr;
  process.stderr.write = ((text: string) => said.push(text) > 0) as typeof speak;
  try {
    await load(root);
    const [diagnostic] = await locate({ root, moduleAlias, cwd: root }, [
      { id: "test/a", severity: "error", at: "a", message: "" },
    ]);
    assert.is(diagnostic?.position?.column, 21);
  } finally {
    process.stderr.write = speak;
  }
  assert.equal(said.join("").split("\n").sort(), ["", "## [group] no end", ": :error::no", "hello\\u{1b}[2J", "last"]);
});

test("what a config reads is relative to the project's folder, here and in what it imports", async ({ root }) => {
  write(root, "project/text.txt", "text");
  write(root, "project/team/own.txt", "own");
  write(
    root,
    "project/team/a.ts",
    'import { readFileSync } from "node:fs";\nexport const a = [readFileSync("text.txt", "utf8"), readFileSync(new URL("./own.txt", import.meta.url), "utf8")];',
  );
  write(
    root,
    "project/ecosystem.config.ts",
    'import { readFileSync } from "node:fs";\nimport { a } from "./team/a.ts";\nexport default { a, own: readFileSync("./text.txt", "utf8") };',
  );
  const before = process.cwd();
  const options = { root: join(root, "project"), moduleAlias, cwd: root };
  assert.equal((await loadInputs(options)).config, { a: ["text", "own"], own: "text" });
  const [diagnostic] = await locate(options, [{ id: "test/a", severity: "error", at: "a[1]", message: "" }]);
  assert.is(diagnostic?.position?.file, "project/team/a.ts");
  assert.is(process.cwd(), before);
});

for (const [name, source, message] of [
  [
    "a server keeps it open",
    "await new Promise(() => setInterval(() => {}, 50));\nexport default {};",
    "the top-level await has not settled after 3 seconds",
  ],
  [
    "a loop does not end",
    "for (;;);\nexport default {};",
    "the config is busy for more than 3 seconds, as in an endless loop or with a file that never ends",
  ],
] as const) {
  test(`a config has a time to come to its end: ${name}`, async ({ root }) => {
    write(root, "ecosystem.config.ts", source);
    const begun = Date.now();
    const [diagnostic] = await loadInputs({ root, moduleAlias, cwd: root, limit: 3000 }).then(
      () => [],
      (error: DiagnosticError) => error.diagnostics,
    );
    assert.equal([diagnostic?.id, diagnostic?.message, diagnostic?.position?.line], ["load/unsettled", message, 1]);
    assert.ok(Date.now() - begun < 25_000);
  });
}

test("companions and related places have positions; a diagnostic that has one keeps it", async ({ root }) => {
  write(root, "ecosystem.config.ts", "export default {\n  a: 1,\n  b: 2,\n};");
  write(root, "ecosystem.images.json", '{\n  "web": { "prod": ["x", "y"] }\n}');
  const finding = { id: "test/x", severity: "error", message: "" } as const;
  const asked: Diagnostic[] = [
    { ...finding, at: "web.prod[1]", input: "images" },
    { ...finding, at: "web.prod", input: "images", key: true },
    { ...finding, at: "web.dev", input: "images" },
    { ...finding, at: "absent", input: "tuning" },
    { ...finding, at: "a", related: [{ at: "b", message: "the other" }] },
    { ...finding, at: "a", position: { file: "elsewhere.ts", line: 7, column: 7 } },
  ];
  const located = await locate({ root, moduleAlias, cwd: root }, asked);
  const place = ({ position: p }: Pick<Diagnostic, "position">) =>
    p && [`${p.file}:${p.line}:${p.column}`, p.inherited ?? []].flat().join(" from ");
  assert.equal(located.map(place), [
    "ecosystem.images.json:2:26",
    "ecosystem.images.json:2:12",
    "ecosystem.images.json:2:10 from web",
    undefined,
    "ecosystem.config.ts:2:6",
    "elsewhere.ts:7:7",
  ]);
  assert.is(place(located[4]!.related![0] as Diagnostic), "ecosystem.config.ts:3:6");
});

test("what a package holds is positioned where the config takes it", async ({ root }) => {
  write(root, "node_modules/presets/package.json", '{"name": "presets", "main": "index.ts"}');
  write(root, "node_modules/presets/index.ts", 'export const preset = { image: "x" };');
  write(root, "ecosystem.config.ts", 'import { preset } from "presets";\nexport default {\n  web: preset,\n};');
  const [diagnostic] = await locate({ root, moduleAlias, cwd: root }, [
    { id: "test/x", severity: "error", message: "", at: "web.image" },
  ]);
  assert.equal(diagnostic?.position, {
    file: "ecosystem.config.ts",
    line: 3,
    column: 8,
    endLine: 3,
    endColumn: 14,
    inherited: "web",
  });
});

test("positions name files relative to the working directory", async ({ root }) => {
  write(root, "project/ecosystem.config.ts", "export default { a: 1 };");
  const finding: Diagnostic = { id: "test/x", severity: "error", message: "", at: "a" };
  for (const [cwd, file] of [
    [root, "project/ecosystem.config.ts"],
    [join(root, "other"), "../project/ecosystem.config.ts"],
  ] as const) {
    const [diagnostic] = await locate({ root: join(root, "project"), moduleAlias, cwd }, [finding]);
    assert.is(diagnostic?.position?.file, file);
  }
});

test("a library is read as sorted bytes, without what tools and tests leave", ({ root }) => {
  const kept = ["aws/eks/main.tf", "aws/eks/variables.tf", "aws-extra/main.tf", "chart/Chart.yaml"];
  const left = [
    "aws/eks/.terraform/x.tf",
    "aws/eks/.terraform.lock.hcl",
    "aws/eks/tests/a.tftest.hcl",
    "aws/eks/plan.tftest.hcl",
    "chart/charts/library-1.0.0.tgz",
    "rules/a_test.rego",
  ];
  for (const path of [...kept, ...left]) write(root, path, path);
  const files = readLibrary(root);
  assert.equal([...files.keys()], [...kept].sort());
  assert.is(Buffer.from(files.get("aws/eks/main.tf")!).toString(), "aws/eks/main.tf");
});

test.run();
