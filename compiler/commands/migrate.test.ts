import { chmodSync, mkdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { runCli } from "../../test/support/cli.ts";
import { readTree, temporaryFolder } from "../../test/support/tree.ts";
import { replaceFiles } from "./migrate/replace-files.ts";

/** The command: exit codes, what is written, what is never written, and what each reporter says. */
const test = suite("eco-compile migrate");

/** A project of these files. */
function project(files: Readonly<Record<string, string>>): string {
  const root = temporaryFolder("migrate");
  mkdirSync(join(root, "node_modules"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const texts = (root: string): Record<string, string> =>
  Object.fromEntries([...readTree(root)].map(([path, bytes]) => [path, bytes.toString()]));

/** Messages as they were before they were laid out for a terminal. */
const unwrapped = (shown: string): string => shown.replace(/\n *│ /g, " ");

const migrate = (cwd: string, ...args: string[]) => runCli(["migrate", ...args], { cwd });

const config = (services: string, more = ""): string =>
  `${more}import { defineEcosystem } from "eco-compile";\nexport default defineEcosystem({\n  name: "a",\n  services: { ${services} },\n} as never);\n`;
const OLD = config(`web: { team: "a", placement: ["b"] }, ...shop`, `import * as shop from "./shop.ts";\n`);
const SHOP = `export const cart = { team: "a", placement: ["b"], overrides: [{ environment: "c" }] };\n`;

test("--check says what would be rewritten, and a run does it", async () => {
  const root = project({ "ecosystem.config.ts": OLD, "shop.ts": SHOP, "other.ts": SHOP });
  const before = texts(root);
  const check = await migrate(root, "--check");
  assert.is(check.code, 1);
  assert.equal(check.stderr.split("\n"), [
    "ecosystem.config.ts:3:32  format: 3",
    "ecosystem.config.ts:5:33  placement: [ … ] is written placement: { clusters: [ … ] } now",
    "shop.ts:1:34  placement: [ … ] is written placement: { clusters: [ … ] } now",
    'shop.ts:1:52  overrides: [{ environment: "staging", … }] is written in: { staging: { … } } now',
    "  ~ ecosystem.config.ts",
    "  ~ shop.ts",
    "4 changes in 2 files to be made",
    "",
  ]);
  assert.equal(texts(root), before);

  const run = await migrate(root);
  assert.is(run.code, 0, run.stderr);
  assert.match(run.stderr, "4 changes in 2 files; run eco-compile next");
  assert.equal(texts(root), {
    ...before,
    "ecosystem.config.ts": OLD.replace(`  name`, `  format: 3,\n  name`).replace(`["b"]`, `{ clusters: ["b"] }`),
    "shop.ts": `export const cart = { team: "a", placement: { clusters: ["b"] }, in: { c: {} } };\n`,
  });
  for (const again of [await migrate(root), await migrate(root, "--check")])
    assert.equal([again.code, again.stderr], [0, "the config is written in today's words\n"]);
});

test("where something has to be rewritten by hand, nothing is written: 2", async () => {
  const root = project({
    "ecosystem.config.ts": OLD,
    "shop.ts": SHOP.replace(`["b"]`, `["b"].filter(Boolean)`),
  });
  const before = texts(root);
  for (const args of [[], ["--check"]]) {
    const { code, stderr } = await migrate(root, ...args);
    assert.is(code, 2, stderr);
    assert.match(stderr, "format/by-hand");
    assert.match(stderr, "shop.ts:1:45");
    assert.match(stderr, "its value is no list that is written here");
    assert.match(stderr, "nothing was written");
    assert.equal(texts(root), before);
  }
});

test("programs read it as JSON", async () => {
  const root = project({ "ecosystem.config.ts": OLD, "shop.ts": SHOP });
  const { code, stdout } = await migrate(root, "--check", "--reporter", "json");
  const {
    summary: { files, changes },
    diagnostics,
  } = JSON.parse(stdout) as {
    summary: { files: string[]; changes: { change: string; position: { file: string; line: number } }[] };
    diagnostics: unknown[];
  };
  assert.equal([code, files, diagnostics], [1, ["ecosystem.config.ts", "shop.ts"], []]);
  assert.equal(
    changes.map(({ position: { file, line } }) => `${file}:${line}`),
    ["ecosystem.config.ts:3", "ecosystem.config.ts:5", "shop.ts:1", "shop.ts:1"],
  );
});

const REFUSED: readonly [what: string, files: Record<string, string>, code: number, says: RegExp][] = [
  ["a config that does not run", { "ecosystem.config.ts": `throw new Error("no");` }, 1, /load\/threw/],
  ["no config", {}, 1, /load\/config-missing/],
  [
    "a companion that is none",
    { "ecosystem.config.ts": OLD, "shop.ts": SHOP, "ecosystem.tuning.json": "{" },
    1,
    /load\/json/,
  ],
  ["a newer format", { "ecosystem.config.ts": `export default { format: 4, services: {} };` }, 1, /format\/newer/],
  [
    "a format that is computed",
    { "ecosystem.config.ts": `const format = 1;\nexport default { format, services: {} };` },
    2,
    /1:16|2:18/,
  ],
  [
    "what counts on the old form",
    {
      "ecosystem.config.ts": config(
        `web: { ...shop.cart, runAsUser: 10_000 + shop.cart.placement.length }`,
        `import * as shop from "./shop.ts";\n`,
      ),
      "shop.ts": SHOP,
    },
    2,
    /ecosystem\.config\.ts:5:[^]*services\.web\.runAsUser|services\.web\.runAsUser/,
  ],
  [
    "what says something else about the new form",
    {
      "ecosystem.config.ts": config(
        `web: { ...shop.cart, tag: Array.isArray(shop.cart.placement) ? "list" : "none" }`,
        `import * as shop from "./shop.ts";\n`,
      ),
      "shop.ts": SHOP,
    },
    2,
    /once they are rewritten, the config says something else here/,
  ],
  [
    "what the last one of two hides",
    {
      "ecosystem.config.ts": config(
        `web: { ...shop.cart, in: { c: {} } }, api: shop.cart`,
        `import * as shop from "./shop.ts";\n`,
      ),
      "shop.ts": SHOP,
    },
    2,
    /format\/by-hand/,
  ],
];
for (const [what, files, expected, says] of REFUSED)
  test(`${what}: ${expected}, and nothing is written`, async () => {
    const root = project(files);
    const { code, stderr } = await migrate(root);
    assert.is(code, expected, stderr);
    assert.match(unwrapped(stderr), says);
    assert.equal(texts(root), files);
  });

test("a run that was killed between two files is completed by the next", async () => {
  const root = project({ "ecosystem.config.ts": OLD, "shop.ts": SHOP });
  await migrate(root);
  const whole = texts(root);
  writeFileSync(join(root, "shop.ts"), SHOP);
  const { code, stderr } = await migrate(root);
  assert.is(code, 0, stderr);
  assert.match(stderr, "2 changes in 1 file;");
  assert.equal(texts(root), whole);
});

test("an older format becomes the newest, also where no word is old", async () => {
  const root = project({ "ecosystem.config.ts": `export default { format: 1 /* one */, services: {} };` });
  assert.is((await migrate(root)).code, 0);
  assert.equal(texts(root), { "ecosystem.config.ts": `export default { format: 3 /* one */, services: {} };` });
});

test("files outside of the project, of packages and behind links are never written", async () => {
  const outside = project({ "shop.ts": SHOP });
  const packaged = {
    "node_modules/shop/package.json": `{ "name": "shop", "type": "module", "exports": "./shop.ts" }`,
    "node_modules/shop/shop.ts": SHOP,
  };
  const places: [from: string, files: Record<string, string>, link: (root: string) => void, why: string][] = [
    [join(outside, "shop.ts"), {}, () => {}, "the file lies outside of the project"],
    [
      "./shop.ts",
      {},
      (root) => symlinkSync(join(outside, "shop.ts"), join(root, "shop.ts")),
      "the file lies outside of the project",
    ],
    [
      "./teams/shop.ts",
      {},
      (root) => symlinkSync(outside, join(root, "teams")),
      "the file lies outside of the project",
    ],
    ["shop", packaged, () => {}, "running the config does not show where it is written"],
  ];
  for (const [from, files, link, why] of places) {
    const root = project({ "ecosystem.config.ts": OLD.replace("./shop.ts", from), ...files });
    link(root);
    const before = [texts(root), texts(outside)];
    const { code, stderr } = await migrate(root);
    assert.is(code, 2, `${from}: ${stderr}`);
    assert.match(unwrapped(stderr), why);
    assert.equal([texts(root), texts(outside)], before);
  }
});

test("a project may itself be reached by a link, and its config be called otherwise", async () => {
  const root = project({ "platform/main.config.ts": OLD.replace("./shop.ts", "../shop.ts"), "shop.ts": SHOP });
  const link = join(temporaryFolder("link"), "project");
  symlinkSync(root, link);
  chmodSync(join(root, "shop.ts"), 0o600);
  const { code, stderr } = await migrate(dirname(link), "--cwd", "project", "--config", "platform/main.config.ts");
  assert.is(code, 0, stderr);
  assert.match(texts(root)["shop.ts"]!, "clusters");
  assert.is(statSync(join(root, "shop.ts")).mode & 0o777, 0o600);
});

test("all files are replaced or none, and nothing stays beside them", () => {
  const files = { "a.ts": "a", "b.ts": "b", "c.ts": "c" };
  const replacement = (root: string, name: string) => ({ file: join(root, name), before: name[0]!, after: "new" });
  const all = (root: string) => Object.keys(files).map((name) => replacement(root, name));

  const meanwhile = project({ ...files, "c.ts": "other" });
  assert.match(replaceFiles(all(meanwhile))!, "c.ts was changed meanwhile");
  assert.equal(texts(meanwhile), { ...files, "c.ts": "other" });

  const gone = project(files);
  assert.match(replaceFiles([...all(gone), replacement(gone, "d/e.ts")])!, "ENOENT");
  assert.equal(texts(gone), files);

  const done = project({ ...files, "a.ts.migrate": "of a run that was killed" });
  assert.is(replaceFiles(all(done)), undefined);
  assert.equal(Object.values(texts(done)), ["new", "new", "new"]);
});

test.run();
