import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import glob from "fast-glob";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { parse } from "yaml";
import { compile } from "../compile.ts";
import { PACKAGE_ROOT } from "../package-root.ts";
import { standing } from "./init/conflicts.ts";
import { NAME, nameOf, repositoryUrl } from "./init/facts.ts";

const test = suite("init");
const folders: string[] = [];
const emptyFolder = (name = "shop"): string => {
  const parent = mkdtempSync(join(tmpdir(), "eco-init-"));
  folders.push(parent);
  mkdirSync(join(parent, name));
  return join(parent, name);
};
test.after(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

const cli = (cwd: string, ...args: string[]) =>
  spawnSync(process.execPath, ["--import", import.meta.resolve("tsx"), join(PACKAGE_ROOT, "compiler/cli.ts"), ...args], { cwd, encoding: "utf8" });
const git = (cwd: string, ...args: string[]) => assert.is(spawnSync("git", args, { cwd }).status, 0);
const filesIn = (folder: string) => glob.sync("**/*", { cwd: folder, dot: true, ignore: [".git/**"] }).sort();
const text = (folder: string, path: string) => readFileSync(join(folder, path), "utf8");

const FILES = [
  ".gitattributes",
  ".github/workflows/ecosystem.yml",
  ".gitignore",
  ".vscode/extensions.json",
  ".vscode/settings.json",
  "README.md",
  "ecosystem.config.ts",
  "ecosystem.images.json",
  "ecosystem.tuning.json",
  "package.json",
  "tsconfig.json",
];

test("an empty folder becomes a project that compiles without a remark", async () => {
  const folder = emptyFolder();
  const { status, stderr } = cli(folder, "init");
  assert.is(status, 0, stderr);
  assert.equal(filesIn(folder), FILES);

  const { diagnostics, topology, plan } = await compile({ root: folder });
  assert.equal(diagnostics.filter(({ severity }) => severity !== "info").map(({ id, at, message }) => `${id} at ${at}: ${message}`), []);
  assert.is(topology!.name, "shop");
  assert.equal(topology!.environments.map(({ name }) => name), ["staging", "production"]);
  assert.equal(topology!.services.map(({ name, strategy }) => [name, strategy.kind]).sort(), [["api", "rolling"], ["web", "canary"]]);
  assert.ok(plan!.create.length > 0);
  assert.is(cli(folder, "--check").status, 0);
});

test("package.json pins this version, and the TypeScript that we test with", () => {
  const folder = emptyFolder();
  cli(folder, "init", "--name", "acme");
  const ours = JSON.parse(text(PACKAGE_ROOT, "package.json"));
  const { name, devDependencies } = JSON.parse(text(folder, "package.json"));
  assert.is(name, "acme");
  assert.equal(devDependencies, { "eco-compile": ours.version, typescript: ours.devDependencies.typescript });
});

test("the workflow reads and no more, pins what it uses, and ends", () => {
  const folder = emptyFolder();
  cli(folder, "init");
  const { on, permissions, jobs } = parse(text(folder, ".github/workflows/ecosystem.yml"));
  assert.equal(Object.keys(on), ["pull_request"]);
  assert.equal(permissions, {});
  for (const job of Object.values<any>(jobs)) {
    assert.equal(job.permissions, { contents: "read" });
    assert.type(job["timeout-minutes"], "number");
    for (const { uses } of job.steps) assert.match(uses ?? `a@${"0".repeat(40)}`, /@[0-9a-f]{40}$/);
    assert.is(job.steps.find(({ uses }: any) => uses?.startsWith("actions/checkout@")).with["persist-credentials"], false);
    assert.ok(job.steps.some(({ run }: any) => run?.includes("eco-compile --check --reporter github")));
  }
});

test("git is asked where the project lives; what a remote says stays text", () => {
  const folder = emptyFolder();
  git(folder, "init", "-q", "-b", 'trunk');
  git(folder, "remote", "add", "origin", 'git@git.example:team/a"b${process.exit(9)}.git');
  mkdirSync(join(folder, "deploy"));
  assert.is(cli(folder, "init", "deploy").status, 0);
  const config = text(folder, "deploy/ecosystem.config.ts");
  assert.match(config, `repository: { url: ${JSON.stringify('https://git.example/team/a"b${process.exit(9)}.git')}, revision: "trunk", path: "deploy" },`);
});

test("git sees the output as generated", () => {
  const folder = emptyFolder();
  git(folder, "init", "-q");
  cli(folder, "init");
  const { stdout } = spawnSync("git", ["check-attr", "linguist-generated", "eol", "--", "generated/clusters/a/b.yaml", ".github/workflows/eco-a.yml"], { cwd: folder, encoding: "utf8" });
  assert.equal(stdout.trim().split("\n").map((line) => line.split(": ")[2]), ["true", "lf", "true", "lf"]);
});

for (const path of FILES.filter((path) => path !== "README.md")) {
  test(`an existing ${path} stops it before anything is written`, () => {
    const folder = emptyFolder();
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), "mine\n");
    const { status, stderr } = cli(folder, "init");
    assert.is(status, 1);
    assert.match(stderr, `  ${path} `);
    assert.equal(filesIn(folder), [path]);
    assert.is(text(folder, path), "mine\n");
  });
}

test("what already says the right thing is kept", () => {
  const folder = emptyFolder();
  writeFileSync(join(folder, "README.md"), "# mine\n");
  writeFileSync(join(folder, "package.json"), '{ "devDependencies": { "eco-compile": "file:../eco.tgz" } }');
  writeFileSync(join(folder, ".gitignore"), "dist/\r\n*.tfplan\r\n.terraform/\r\nnode_modules/\r\n");
  const { status, stderr } = cli(folder, "init");
  assert.is(status, 0, stderr);
  assert.is(text(folder, "README.md"), "# mine\n");
  assert.match(text(folder, "package.json"), "file:../eco.tgz");
  assert.match(text(folder, ".gitignore"), "dist/");
  assert.equal(filesIn(folder), FILES);
});

test("a second init changes nothing", () => {
  const folder = emptyFolder();
  cli(folder, "init");
  const before = FILES.map((path) => text(folder, path));
  assert.is(cli(folder, "init").status, 0);
  assert.equal(FILES.map((path) => text(folder, path)), before);
});

test("a link in the way is a conflict, even one that leads nowhere", () => {
  const folder = emptyFolder();
  symlinkSync(join(folder, "nowhere"), join(folder, "tsconfig.json"));
  assert.equal(standing(folder, { path: "tsconfig.json", content: "" }), { kind: "conflict", why: "is no ordinary file" });
});

test("a file where the folder should be is said, without a trace", () => {
  const folder = emptyFolder();
  writeFileSync(join(folder, "taken"), "");
  const { status, stderr } = cli(folder, "init", "taken/deeper");
  assert.is(status, 1);
  assert.match(stderr, "cannot write");
  assert.not.match(stderr, "    at ");
});

test("names fit the schema", () => {
  assert.is(NAME.source, JSON.parse(text(PACKAGE_ROOT, "schemas/ecosystem.schema.json")).definitions.EcosystemName.pattern);
  assert.is(cli(emptyFolder(), "init", "--name", "Nope").status, 1);
  const table = {
    "/home/me/shop": "shop",
    "/home/me/My Shop": "my-shop",
    "/home/me/2-fast": "fast",
    "/home/me/a-name-that-is-far-too-long-for-clouds": "a-name-that-is-far-too",
    "/home/me/twenty-two-characters--x": "twenty-two-characters",
    "/": "platform",
    "/home/me/日本": "platform",
  };
  for (const [folder, name] of Object.entries(table)) {
    assert.is(nameOf(folder), name);
    assert.match(name, NAME);
  }
});

test("remotes become URLs that a cluster can clone, without credentials", () => {
  const table = {
    "https://github.com/acme/shop.git": "https://github.com/acme/shop.git",
    "https://github.com/acme/shop": "https://github.com/acme/shop.git",
    "https://me:secret@github.com/acme/shop.git": "https://github.com/acme/shop.git",
    "http://token@git.example/acme/shop/": "https://git.example/acme/shop.git",
    "git@github.com:acme/shop.git": "https://github.com/acme/shop.git",
    "ssh://git@git.example:2222/acme/group/shop.git": "https://git.example/acme/group/shop.git",
    "../local/folder": undefined,
    "/srv/git/shop.git": undefined,
  };
  for (const [remote, url] of Object.entries(table)) assert.is(repositoryUrl(remote), url, remote);
  assert.is(repositoryUrl(undefined), undefined);
});

test.run();
