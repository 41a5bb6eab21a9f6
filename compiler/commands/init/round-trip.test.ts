import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import glob from "fast-glob";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { CLI } from "../../../test/support/build.ts";
import { temporaryFolder } from "../../../test/support/tree.ts";
import { compile } from "../../compile.ts";
import { PACKAGE_ROOT } from "../../package-root.ts";

/** What is compiled and committed is what a clone has, whatever git is told to do to files on their way. */
const test = suite("init: commit, clone and --check");

interface World {
  /** Of the person or the machine: lines of a global git configuration. */
  config?: string;
  /** Files that the repository has before. */
  files?: Record<string, string>;
  /** The repository's folder, and the project's in it. */
  top?: string;
  folder?: string;
  /** Instead of what init makes of `.gitattributes` and `.gitignore`. */
  instead?: Record<string, (text: string) => string>;
}

/** Stores a pointer, as LFS does, and leaves it where nobody asks for more. */
const LFS = `[filter "lfs"]\n\tclean = "git hash-object --stdin"\n\tsmudge = cat\n\trequired = true\n`;
const LFS_LINES = "*.wasm filter=lfs diff=lfs merge=lfs -text\n*.json filter=lfs diff=lfs merge=lfs -text\n";
const PYTHON = "build/\ndist/\nlib/\n*.log\n*.egg\n";
const TERRAFORM =
  "**/.terraform/*\n*.tfstate\n*.tfstate.*\ncrash.log\n*.tfvars\noverride.tf.json\n*_override.tf\n*_override.tf.json\n.terraform.lock.hcl\n";

const WORLDS: Record<string, World> = {
  "core.autocrlf=true": { config: "[core]\n\tautocrlf = true\n" },
  "core.autocrlf=input": { config: "[core]\n\tautocrlf = input\n" },
  "core.autocrlf=false": { config: "[core]\n\tautocrlf = false\n" },
  "core.eol=crlf, and text=auto for all": {
    config: "[core]\n\teol = crlf\n",
    files: { ".gitattributes": "* text=auto\n" },
  },
  "attributes of a person": {
    config: "[core]\n\tattributesFile = ATTRIBUTES\n",
    files: { "../attributes": "* text eol=crlf\n*.wasm text\n" },
  },
  "an attributes file that has lines, and no last line end": {
    files: { ".gitattributes": "* text eol=crlf\r\n*.wasm text" },
  },
  "LFS for what a pattern catches": { config: LFS, files: { ".gitattributes": LFS_LINES } },
  "another encoding for YAML": { files: { ".gitattributes": "*.yaml text working-tree-encoding=UTF-16LE-BOM\n" } },
  "a list for Python": { files: { ".gitignore": PYTHON } },
  "a list for Terraform": { files: { ".gitignore": TERRAFORM } },
  "a list that leaves out generated files": { files: { ".gitignore": "generated/\n/generated/*\n*.wasm\n" } },
  "a list of a person": {
    config: "[core]\n\texcludesFile = ATTRIBUTES\n",
    files: { "../attributes": "dist\nlib\n*.wasm\n" },
  },
  "below the top, beside attributes and lists of the top": {
    folder: "teams/platform",
    config: `[core]\n\tautocrlf = true\n${LFS}`,
    files: { ".gitattributes": `* text eol=crlf\n${LFS_LINES}`, ".gitignore": `${PYTHON}${TERRAFORM}generated/\n` },
  },
  "below a top whose own path has a space": {
    top: "all of it",
    folder: "platform",
    config: "[core]\n\tautocrlf = true\n",
    files: { ".gitattributes": "* text=auto\n" },
  },
};

/** Sets a project up, compiles it, commits all of it, clones that, and compares the clone with what it compiles to. */
async function roundTrip({
  config = "",
  files = {},
  top: name = "origin",
  folder = "",
  instead = {},
}: World): Promise<{ differs: string[]; committed: string[]; said: string }> {
  const home = temporaryFolder("round-trip");
  const top = join(home, name);
  const project = join(top, folder);
  mkdirSync(project, { recursive: true });
  mkdirSync(join(home, "node_modules")); // where transformed sources are kept
  writeFileSync(
    join(home, "gitconfig"),
    `[user]\n\tname = A\n\temail = a@example.com\n${config.replace("ATTRIBUTES", JSON.stringify(join(home, "attributes")))}`,
  );
  const run = (cwd: string, command: string, ...args: string[]): string => {
    const { status, stdout, stderr } = spawnSync(command, args, {
      cwd,
      encoding: "utf8",
      env: { ...process.env, GIT_CONFIG_GLOBAL: join(home, "gitconfig"), GIT_CONFIG_NOSYSTEM: "1" },
    });
    assert.is(status, 0, `${command} ${args.join(" ")}\n${stdout}${stderr}`);
    return stdout + stderr;
  };
  run(top, "git", "init", "-q", "-b", "main");
  for (const [path, text] of Object.entries(files)) writeFileSync(join(top, path), text);
  const said = run(project, process.execPath, CLI, "init");
  for (const [path, edit] of Object.entries(instead))
    writeFileSync(join(project, path), edit(readFileSync(join(project, path), "utf8")));
  const text = readFileSync(join(project, "ecosystem/shop.ts"), "utf8");
  // Text over several lines, which a checkout with other line ends changes in the source and not in what it means.
  writeFileSync(
    join(project, "ecosystem/shop.ts"),
    text.replace(
      'config: { env: { PODINFO_BACKEND_URL: url("api", "http", "/echo") } }',
      'config: { env: { PODINFO_BACKEND_URL: url("api", "http", "/echo") }, files: { "notes.txt": `one\ntwo\n` }, mountPath: "/notes" }',
    ),
  );
  assert.is.not(readFileSync(join(project, "ecosystem/shop.ts"), "utf8"), text);

  const { diagnostics } = await compile({ root: project });
  assert.equal(
    diagnostics.filter(({ severity }) => severity === "error"),
    [],
  );
  mkdirSync(join(project, "generated/terraform/gcp/foundation/.terraform"));
  for (const left of ["terraform.tfstate", ".terraform/environment", ".terraform.lock.hcl"])
    writeFileSync(join(project, "generated/terraform/gcp/foundation", left), "\n");
  run(top, "git", "add", ".");
  run(top, "git", "commit", "-q", "-m", "one");
  run(home, "git", "clone", "-q", top, `clone of ${name}`);
  const clone = await compile({ root: join(home, `clone of ${name}`, folder), mode: "compare", force: true });
  assert.equal(
    clone.diagnostics.filter(({ severity }) => severity === "error"),
    [],
  );
  const { create, change, delete: gone } = clone.plan!;
  const committed = run(project, "git", "ls-files").split("\n");
  return { differs: [...create, ...change, ...gone].map(({ path }) => path), committed, said };
}

for (const [name, world] of Object.entries(WORLDS)) {
  test(name, async () => {
    const { differs, committed, said } = await roundTrip(world);
    assert.equal(differs, []);
    assert.not.match(said, /^ {2}!/m);
    assert.equal(
      committed.filter((path) => path.includes("foundation/")).filter((path) => /\.terraform|tfstate/.test(path)),
      ["generated/terraform/gcp/foundation/.terraform.lock.hcl"],
    );
  });
}

/** What a line is for shows without it. */
const MUTANTS: Record<string, World & { found: string }> = {
  "line ends by name, without a look at what is no text": {
    ...WORLDS["core.autocrlf=false"],
    instead: { ".gitattributes": () => "generated/** linguist-generated=true text eol=lf\n" },
    found: "policy.wasm",
  },
  "no word of text": {
    ...WORLDS["core.autocrlf=true"],
    instead: { ".gitattributes": (text) => text.replaceAll(" -text", "") },
    found: ".yaml",
  },
  "no word of filters": {
    ...WORLDS["LFS for what a pattern catches"],
    instead: { ".gitattributes": (text) => text.replace(" !filter", "") },
    found: "policy.wasm",
  },
  "the list alone": { ...WORLDS["a list for Python"], instead: { ".gitignore": () => PYTHON }, found: "policy.wasm" },
};

for (const [name, { found, ...world }] of Object.entries(MUTANTS)) {
  test(`caught: ${name}`, async () => {
    const { differs } = await roundTrip(world);
    assert.ok(
      differs.some((path) => path.endsWith(found)),
      differs.join("\n"),
    );
  });
}

/**
 * Which of this repository's files that are compared byte for byte a clone on Windows has with other bytes, with these
 * attributes.
 */
function changedHere(attributes: string): string[] {
  const home = temporaryFolder("round-trip");
  const paths = glob.sync(
    [
      "generated/**",
      "examples/*/generated/**",
      "compiler/1-load/samples/windows/**",
      "argocd/health/*",
      "policies/dist/*",
      "helm-library/*/templates/*",
      "test/samples/chaos/expected/**",
    ],
    { cwd: PACKAGE_ROOT, dot: true },
  );
  assert.ok(paths.length > 400);
  for (const path of paths) cpSync(join(PACKAGE_ROOT, path), join(home, "origin", path));
  writeFileSync(join(home, "origin/.gitattributes"), attributes);
  const git = (...args: string[]) =>
    assert.is(
      spawnSync("git", ["-c", "user.name=A", "-c", "user.email=a@example.com", ...args], { cwd: join(home, "origin") })
        .status,
      0,
      args.join(" "),
    );
  git("init", "-q");
  git("add", "--force", ".");
  git("commit", "-q", "-m", "one");
  git("clone", "-q", "-c", "core.autocrlf=true", ".", "../clone");
  return paths.filter(
    (path) => !readFileSync(join(home, "clone", path)).equals(readFileSync(join(PACKAGE_ROOT, path))),
  );
}

test("this repository's own files, on Windows", () => {
  assert.equal(changedHere(readFileSync(join(PACKAGE_ROOT, ".gitattributes"), "utf8")), []);
  assert.ok(changedHere("").length > 400, "caught: no attributes");
  assert.equal(
    changedHere("* text eol=lf\n").filter((path) => path.endsWith(".wasm")).length,
    1 + ["online-boutique", "astronomy-shop"].length, // each has a copy of its own
    "caught: line ends by name",
  );
});

test.run();
