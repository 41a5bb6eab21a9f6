import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import glob from "fast-glob";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { parse } from "yaml";
import { CLI } from "../../test/support/build.ts";
import { compile } from "../compile.ts";
import { onePerForm } from "../facts/placement.ts";
import { PACKAGE_ROOT } from "../package-root.ts";
import { NAME, nameOf, repositoryUrl } from "./init/facts.ts";
import { placeOf, workflowOf } from "./init/repository.ts";
import { standing } from "./init/standing.ts";

const test = suite("init");
const folders: string[] = [];
const emptyFolder = (name = "shop"): string => {
  const parent = mkdtempSync(join(tmpdir(), "eco-init-"));
  folders.push(parent);
  mkdirSync(join(parent, name));
  return join(parent, name);
};
test.after(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

const cli = (cwd: string, ...args: string[]) => spawnSync(process.execPath, [CLI, ...args], { cwd, encoding: "utf8" });
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
  "ecosystem/eco.ts",
  "ecosystem/shop.ts",
  "package.json",
  "tsconfig.json",
];

test("an empty folder becomes a project that compiles without a remark", async () => {
  const folder = emptyFolder();
  const { status, stderr } = cli(folder, "init");
  assert.is(status, 0, stderr);
  assert.equal(filesIn(folder), FILES);

  const { diagnostics, topology, plan } = await compile({ root: folder });
  assert.equal(
    diagnostics
      .filter(({ severity }) => severity !== "info")
      .map(({ id, at, message }) => `${id} at ${at}: ${message}`),
    [],
  );
  assert.is(topology!.name, "shop");
  assert.equal(
    topology!.environments.map(({ name }) => name),
    ["staging", "production"],
  );
  assert.equal(
    onePerForm(topology!)
      .map(({ name, strategy }) => [name, strategy.kind])
      .sort(),
    [
      ["api", "rolling"],
      ["web", "canary"],
    ],
  );
  assert.ok(plan!.create.length > 0);
  assert.is(cli(folder, "--check").status, 0);
});

test("package.json pins this version, and the TypeScript and Node's types that we test with", () => {
  const folder = emptyFolder();
  cli(folder, "init", "--name", "acme");
  const ours = JSON.parse(text(PACKAGE_ROOT, "package.json"));
  const { name, devDependencies } = JSON.parse(text(folder, "package.json"));
  assert.is(name, "acme");
  assert.equal(devDependencies, {
    "@types/node": ours.devDependencies["@types/node"],
    "eco-compile": ours.version,
    typescript: ours.devDependencies.typescript,
  });
});

test("what a config reads is read, from wherever it is compiled, and the project's own tsc agrees", () => {
  const folder = emptyFolder();
  cli(folder, "init");
  // What `npm install` brings, and nothing else.
  for (const name of Object.keys(JSON.parse(text(folder, "package.json")).devDependencies)) {
    mkdirSync(dirname(join(folder, "node_modules", name)), { recursive: true });
    symlinkSync(
      name === "eco-compile" ? PACKAGE_ROOT : join(PACKAGE_ROOT, "node_modules", name),
      join(folder, "node_modules", name),
    );
  }
  writeFileSync(join(folder, "ecosystem/motd.txt"), "hello");
  writeFileSync(
    join(folder, "ecosystem/motd.ts"),
    'import { readFileSync } from "node:fs";\n\nexport const motd = readFileSync(new URL("./motd.txt", import.meta.url), "utf8") + readFileSync("ecosystem/motd.txt", "utf8");\n',
  );
  const config = text(folder, "ecosystem.config.ts").replace(
    /^(import .*)$/m,
    '$1\nimport { readFileSync } from "node:fs";\nimport { motd } from "./ecosystem/motd.ts";\n\nif (motd !== "hellohello" || readFileSync(new URL("./ecosystem/motd.txt", import.meta.url), "utf8") !== "hello") throw new Error(motd);',
  );
  writeFileSync(join(folder, "ecosystem.config.ts"), config);
  const types = spawnSync(process.execPath, [join(folder, "node_modules/typescript/bin/tsc"), "--noEmit"], {
    cwd: folder,
    encoding: "utf8",
  });
  assert.is(types.status, 0, types.stdout);
  for (const [cwd, ...args] of [[folder], [PACKAGE_ROOT, "-C", folder]] as const) {
    const { status, stderr } = cli(cwd, "check", ...args);
    assert.is(status, 0, stderr);
  }
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
    assert.is(
      job.steps.find(({ uses }: any) => uses?.startsWith("actions/checkout@")).with["persist-credentials"],
      false,
    );
    assert.ok(job.steps.some(({ run }: any) => run?.includes("eco-compile --check --reporter github")));
  }
});

test("git is asked where the project lives; what a remote says stays text", () => {
  const folder = emptyFolder();
  git(folder, "init", "-q", "-b", "trunk");
  git(folder, "remote", "add", "origin", 'git@git.example:team/a"b${process.exit(9)}.git');
  mkdirSync(join(folder, "deploy"));
  assert.is(cli(folder, "init", "deploy").status, 0);
  const config = text(folder, "deploy/ecosystem.config.ts");
  assert.match(
    config,
    `repository: { url: ${JSON.stringify('https://git.example/team/a"b${process.exit(9)}.git')}, revision: "trunk", path: "deploy" },`,
  );
});

/** Ways in which a folder comes to be in a repository, and where its workflow is then. */
const PLACES: [what: string, project: string, workflow: string, prepare: (top: string) => void][] = [
  ["no repository", "platform", "platform/.github/workflows/ecosystem.yml", () => {}],
  ["the top of one", ".", ".github/workflows/ecosystem.yml", (top) => git(top, "init", "-q")],
  ["a folder of one", "platform", ".github/workflows/ecosystem-platform.yml", (top) => git(top, "init", "-q")],
  [
    "a folder further down",
    "teams/shop/platform",
    ".github/workflows/ecosystem-teams--shop--platform.yml",
    (top) => git(top, "init", "-q"),
  ],
  [
    "one repository in another",
    "inner/platform",
    "inner/.github/workflows/ecosystem-platform.yml",
    (top) => [top, join(top, "inner")].forEach((folder) => git(top, "init", "-q", folder)),
  ],
  [
    "a worktree",
    "tree/platform",
    "tree/.github/workflows/ecosystem-platform.yml",
    (top) => {
      git(top, "init", "-q", "other");
      git(
        join(top, "other"),
        "-c",
        "user.name=a",
        "-c",
        "user.email=a@example.com",
        "commit",
        "-q",
        "--allow-empty",
        "-m",
        "one",
      );
      git(join(top, "other"), "worktree", "add", "-q", "../tree");
    },
  ],
  [
    "a submodule",
    "top/sub/platform",
    "top/sub/.github/workflows/ecosystem-platform.yml",
    (top) => {
      git(top, "init", "-q", "other");
      git(
        join(top, "other"),
        "-c",
        "user.name=a",
        "-c",
        "user.email=a@example.com",
        "commit",
        "-q",
        "--allow-empty",
        "-m",
        "one",
      );
      git(top, "init", "-q", "top");
      // As a submodule lies there: `git submodule` itself is a script that needs more than git and coreutils.
      mkdirSync(join(top, "top/.git/modules"));
      git(join(top, "top"), "clone", "-q", "--separate-git-dir=.git/modules/sub", "../other", "sub");
    },
  ],
  [
    "a link to a folder of one",
    "link",
    "mono/.github/workflows/ecosystem-platform.yml",
    (top) => {
      git(top, "init", "-q", "mono");
      mkdirSync(join(top, "mono/platform"));
      symlinkSync(join(top, "mono/platform"), join(top, "link"));
    },
  ],
  [
    "a folder called .git that is none",
    "platform",
    "platform/.github/workflows/ecosystem.yml",
    (top) => mkdirSync(join(top, ".git")),
  ],
];
for (const [what, project, workflow, prepare] of PLACES) {
  test(`${what}: GitHub finds the workflow, which finds the project`, () => {
    const top = emptyFolder();
    prepare(top);
    const { status, stderr } = cli(top, "init", project);
    assert.is(status, 0, stderr);
    assert.equal(glob.sync("**/.github/workflows/*", { cwd: top, dot: true, followSymbolicLinks: false }), [workflow]);
    const folder = /ecosystem-(.*)\.yml$/.exec(workflow)?.[1]!.replaceAll("--", "/");
    const { name, on, jobs } = parse(text(top, workflow));
    assert.is(name, folder === undefined ? "ecosystem" : `ecosystem in ${folder}`);
    assert.equal(jobs.check.defaults, folder === undefined ? undefined : { run: { "working-directory": folder } });
    assert.equal(
      on.pull_request,
      folder === undefined
        ? null
        : { paths: [`${folder}/**`, `.github/workflows/${workflow.split("/").at(-1)}`, "package-lock.json"] },
    );
    assert.match(
      text(top, `${project}/ecosystem.config.ts`),
      folder === undefined ? /repository: \{[^}]*" \}/ : `path: ${JSON.stringify(folder)} }`,
    );
    const [, link] = /\]\(<([^>]*)>\)/.exec(text(top, `${project}/README.md`))!;
    assert.ok(existsSync(join(realpathSync(join(top, project)), link!)), link);
  });
}

test("two projects of one repository have two workflows, neither of which ends the other's runs", () => {
  const top = emptyFolder();
  git(top, "init", "-q");
  for (const folder of ["teams/a", "teams-a", "teams--a"]) assert.is(cli(top, "init", folder).status, 0);
  const files = glob.sync(".github/workflows/*", { cwd: top, dot: true });
  assert.is(files.length, 3, files.join());
  const workflows = files.map((file) => parse(text(top, file)));
  assert.is(new Set(workflows.map(({ name }) => name)).size, 3);
  assert.ok(workflows.every(({ concurrency }) => concurrency.group === "${{ github.workflow }}-${{ github.ref }}"));
  assert.match(cli(top, "init", "teams/a").stderr, "as it would be written");
  writeFileSync(join(top, workflowOf({ path: "later" }).file), "mine\n");
  const { status, stderr } = cli(top, "init", "later");
  assert.is(status, 1);
  assert.match(stderr, "../.github/workflows/ecosystem-later.yml differs");
  assert.not.ok(existsSync(join(top, "later/package.json")));
});

test("a folder that clusters could not be told of is refused before anything is written", () => {
  const top = emptyFolder();
  git(top, "init", "-q");
  const { status, stderr } = cli(top, "init", "my platform");
  assert.is(status, 1);
  assert.match(stderr, '"my platform" in its repository');
  assert.equal(filesIn(top), []);
  assert.is(placeOf(realpathSync(top)).path, "");
});

test("git sees the output as generated", () => {
  const folder = emptyFolder();
  git(folder, "init", "-q");
  cli(folder, "init");
  const { stdout } = spawnSync(
    "git",
    [
      "check-attr",
      "linguist-generated",
      "text",
      "diff",
      "--",
      "generated/clusters/a/b.yaml",
      ".github/workflows/eco-a.yml",
    ],
    { cwd: folder, encoding: "utf8" },
  );
  // No word of diff: git shows what is text, and says of bytes that they differ.
  assert.equal(
    stdout
      .trim()
      .split("\n")
      .map((line) => line.split(": ")[2]),
    ["true", "unset", "unspecified", "true", "unset", "unspecified"],
  );
});

const SHARED = ["README.md", ".gitattributes", ".gitignore", ".vscode/extensions.json", ".vscode/settings.json"];
for (const path of FILES.filter((path) => !SHARED.includes(path))) {
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

test("what is a person's own is kept, and what many tools share gets what it lacks", () => {
  const folder = emptyFolder();
  mkdirSync(join(folder, ".vscode"));
  const own = { "README.md": "# mine\n", ".vscode/settings.json": "{}\n", ".vscode/extensions.json": "{}\n" };
  for (const [path, content] of Object.entries(own)) writeFileSync(join(folder, path), content);
  const shared = {
    "package.json": '{ "devDependencies": { "eco-compile": "file:../eco.tgz" } }',
    ".gitignore": "out/\r\n*.tfplan\r\n",
    ".gitattributes": "*.sh eol=lf",
  };
  for (const [path, content] of Object.entries(shared)) writeFileSync(join(folder, path), content);
  const { status, stderr } = cli(folder, "init");
  assert.is(status, 0, stderr);
  for (const [path, content] of Object.entries(own)) assert.is(text(folder, path), content);
  assert.match(
    text(folder, "package.json"),
    /^\{ "devDependencies": \{ "eco-compile": "file:\.\.\/eco\.tgz", "@types\/node": "[^"]*", "typescript": "[^"]*" \}, "name": "shop", "private": true, "type": "module", .* \}$/,
  );
  assert.match(
    text(folder, ".gitignore"),
    /^out\/\r\n\*\.tfplan\r\n\r\n# What eco-compile needs\.\r\n!\/generated\/\r\n/,
  );
  assert.not.match(text(folder, ".gitignore"), /[^\r]\n/);
  assert.match(text(folder, ".gitattributes"), /^\*\.sh eol=lf\n\n# What eco-compile needs\.\ngenerated\//);
  assert.match(
    stderr,
    /^ {2}~ package\.json, which now also has\n {6}name\n {6}private\n {6}type\n[^]*^ {6}devDependencies\.typescript$/m,
  );
  assert.match(stderr, /^ {2}~ \.gitignore, which now also has\n {6}!\/generated\/$/m);
  assert.equal(filesIn(folder), FILES);
  const after = FILES.map((path) => text(folder, path));
  assert.is(cli(folder, "init").status, 0);
  assert.equal(
    FILES.map((path) => text(folder, path)),
    after,
    "a second time nothing is missing",
  );
});

test("a list that lacks one line gets that line", () => {
  const folder = emptyFolder();
  cli(folder, "init");
  const lines = text(folder, ".gitignore");
  writeFileSync(join(folder, ".gitignore"), lines.replace("*.tfplan\n", ""));
  cli(folder, "init");
  assert.is(text(folder, ".gitignore"), `${lines.replace("*.tfplan\n", "")}\n# What eco-compile needs.\n*.tfplan\n`);
});

test("a later line of a person that undoes one of ours is said, and stays", () => {
  const folder = emptyFolder();
  git(folder, "init", "-q");
  cli(folder, "init");
  for (const [path, line, said] of [
    [".gitignore", "!*.tfstate*", "git would take generated/terraform/gcp/a/terraform.tfstate, and 3 other files"],
    [
      ".gitignore",
      "lib/",
      ".gitignore:LAST (lib/) keeps generated/lib/policies/dist/policy.wasm out of git, and 1 other file",
    ],
    [".gitignore", "package-lock.json", ".gitignore:LAST (package-lock.json) keeps package-lock.json out of git"],
    [
      ".gitattributes",
      "*.wasm filter=lfs",
      "git may check generated/lib/policies/dist/policy.wasm out with other bytes (filter: lfs)",
    ],
    [".gitattributes", "* text=auto", "git may check generated/manifest.json out with other bytes (text: auto)"],
  ] as const) {
    const before = text(folder, path);
    writeFileSync(join(folder, path), `${before}\n${line}\n`);
    const { status, stderr } = cli(folder, "init");
    assert.is(status, 0);
    assert.match(stderr, `  ! ${path}: ${said.replace("LAST", String(before.split("\n").length + 1))}`);
    assert.is(text(folder, path), `${before}\n${line}\n`);
    writeFileSync(join(folder, path), before);
  }
  assert.not.match(cli(folder, "init").stderr, "!");
});

test("a second init changes nothing", () => {
  const folder = emptyFolder();
  cli(folder, "init");
  const before = FILES.map((path) => text(folder, path));
  assert.is(cli(folder, "init").status, 0);
  assert.equal(
    FILES.map((path) => text(folder, path)),
    before,
  );
});

test("a link in the way is a conflict, even one that leads nowhere", () => {
  const folder = emptyFolder();
  symlinkSync(join(folder, "nowhere"), join(folder, "tsconfig.json"));
  assert.equal(standing(folder, { path: "tsconfig.json", content: "" }), {
    kind: "conflict",
    why: "is no ordinary file",
  });
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
  assert.is(
    NAME.source,
    JSON.parse(text(PACKAGE_ROOT, "schemas/ecosystem.schema.json")).definitions.EcosystemName.pattern,
  );
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
