import { spawnSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { parseAllDocuments } from "yaml";
import { packageLibrary } from "../../compiler/1-load/package-library.ts";
import { createValidator, schemasBelow } from "../../compiler/6-verify/kubernetes/index.ts";
import { PACKAGE_ROOT } from "../../compiler/package-root.ts";
import { consumer } from "../../lab/toolchain/consumer.ts";
import { must, Stranger } from "./stranger.ts";

/** The way of somebody who only has the published package; each step stands on the one before. */
const test = suite("package");
let stranger: Stranger;
test.before(() => {
  stranger = new Stranger();
});
test.after(() => stranger?.leave());

const CONFIG = "ecosystem.config.ts";
const TEAM = "ecosystem/shop.ts";
const edit = (from: string, to: string, file = CONFIG): void => {
  const text = stranger.read(file);
  assert.is(text.split(from).length, 2, `${from} stands in ${file} once`);
  writeFileSync(join(stranger.folder, file), text.replace(from, to));
};

test("it installs into an empty folder, and init makes a project of it", () => {
  const [install, init, rest] = stranger.quickStart();
  for (const line of [install!, init!, rest!]) must(stranger.shell("shop", line));
});

test("it carries what it reads, byte for byte, and nothing of this machine", () => {
  const installed = join(stranger.folder, "node_modules/eco-compile/");
  for (const folder of ["terraform-modules", "helm-library", "policies", "argocd", "data", "schemas"]) {
    const theirs = packageLibrary(installed).folder(folder);
    // What the charts' schemas are composed of is not read any more.
    const ours = [...packageLibrary(PACKAGE_ROOT).folder(folder)].filter(
      ([path]) => folder !== "helm-library" || !path.startsWith("schema/"),
    );
    assert.equal(
      [...theirs.keys()],
      ours.map(([path]) => path),
      folder,
    );
    for (const [path, bytes] of ours) assert.ok(Buffer.from(bytes).equals(theirs.get(path)!), `${folder}/${path}`);
  }
  for (const path of ["CHANGELOG.md", "LICENSE", "NOTICE", "README.md"])
    assert.is(stranger.read(`node_modules/eco-compile/${path}`), readFileSync(join(PACKAGE_ROOT, path), "utf8"));
  const files = stranger.files("node_modules/eco-compile/**/*");
  assert.equal(
    files.filter((path) =>
      /\.test\.|_test\.rego$|\.tftest\.hcl$|\.tgz$|\/\.terraform|\/runtime\/slo-gate\//.test(path),
    ),
    [],
  );
  const ours = PACKAGE_ROOT.replace(/\/$/, "");
  for (const path of files.filter((path) => /\.(js|json|ts|md|hbs)$/.test(path)))
    assert.not(stranger.read(path).includes(`${ours}/`), path);
});

test("its examples are configs without an error, and bring none of their output along", () => {
  const folder = join(stranger.folder, "node_modules/eco-compile/examples");
  assert.equal(stranger.files("node_modules/eco-compile/examples/*/generated/**"), []);
  const names = readdirSync(folder);
  assert.ok(names.length > 0);
  for (const name of names) {
    const copy = join(stranger.folder, name);
    cpSync(join(folder, name), copy, { recursive: true });
    assert.match(must(stranger.eco("check", "-C", copy)).stderr, "the config is sound");
    rmSync(copy, { recursive: true });
  }
});

test("it compiles without a remark; a second time nothing changes, and --check agrees", () => {
  const { stderr } = must(stranger.eco());
  assert.not.match(stderr, /error|warning/i);
  const first = stranger.output();
  assert.ok(first.size > 50, `${first.size} files`);
  assert.match(must(stranger.eco()).stderr, / up to date/);
  assert.equal(stranger.output(), first);
  assert.is(stranger.eco("--check").status, 0);
});

test("the output is the same as that of the sources", () => {
  const output = join(stranger.folder, "from-sources");
  const { status, stderr } = spawnSync(
    process.execPath,
    ["--import", "tsx", "compiler/cli.ts", "-C", stranger.folder, "--output", output],
    { cwd: PACKAGE_ROOT, encoding: "utf8" },
  );
  assert.is(status, 0, stderr);
  const expected = stranger.output();
  assert.equal(
    stranger
      .files("from-sources/**/*")
      .filter((path) => path.startsWith("from-sources/generated/"))
      .map((path) => path.slice("from-sources/".length)),
    [...expected.keys()],
  );
  for (const [path, content] of expected) assert.is(stranger.read(`from-sources/${path}`), content, path);
  rmSync(output, { recursive: true });
});

test("the editor's types know the project, and name a misspelt service at its literal", () => {
  assert.is(must(stranger.run("npx", "--no-install", "tsc", "--noEmit")).stdout, "");
  const line =
    stranger
      .read(TEAM)
      .split("\n")
      .findIndex((text) => text.includes('service: "api"')) + 1;
  const column = stranger.read(TEAM).split("\n")[line - 1]!.indexOf("service:") + 1;
  edit('service: "api"', 'service: "apj"', TEAM);
  const { status, stdout } = stranger.run("npx", "--no-install", "tsc", "--noEmit", "--pretty", "false");
  edit('service: "apj"', 'service: "api"', TEAM);
  assert.is.not(status, 0);
  assert.match(stdout, `${TEAM}(${line},${column}): error TS`);
  assert.match(stdout, `Type '"apj"' is not assignable to type '"api" | "web"'`);
});

test("a changed canary is a difference for --check, and the next compilation changes what follows from it alone", () => {
  const before = stranger.output();
  edit("{ weight: 10,", "{ weight: 20,");
  assert.is(stranger.eco("--check").status, 2);
  assert.equal(stranger.output(), before, "--check writes nothing");
  must(stranger.eco());
  const changed = [...stranger.output()]
    .filter(([path, content]) => before.get(path) !== content)
    .map(([path]) => path);
  const follows = ["production", "staging"].flatMap((cluster) => [
    `generated/clusters/${cluster}/README.md`,
    `generated/clusters/${cluster}/services/web/manifests/rollout.yaml`,
  ]);
  assert.equal(changed, [...follows, "generated/manifest.json"]);
  edit("{ weight: 20,", "{ weight: 10,");
  must(stranger.eco());
  assert.equal(stranger.output(), before);
});

test("a mistake is an error with its place, and leaves the output alone", () => {
  const before = stranger.output();
  edit('pause: "5m"', 'pause: "5 minutes"');
  const { status, stderr } = stranger.eco();
  edit('pause: "5 minutes"', 'pause: "5m"');
  assert.is(status, 1);
  assert.match(stderr, /ecosystem\.config\.ts:\d+:\d+/);
  assert.equal(stranger.output(), before);
});

test("doctor finds the project in order", () => {
  must(stranger.run("git", "init", "-q"));
  const { stdout } = must(stranger.eco("doctor"));
  for (const about of ["config", "generated", "last run", ".gitattributes", "eco-compile"])
    assert.match(stdout, new RegExp(`^ok +${about.replace(".", "\\.")} `, "m"));
});

const terraform = consumer("terraform");
(terraform ? test : test.skip)("terraform finds every root and every module formatted", () => {
  assert.ok(stranger.files("generated/**/*.tf").length > 20);
  must(stranger.run(terraform!, "fmt", "-check", "-recursive", "-diff", "generated"));
});

const opa = consumer("opa");
(opa ? test : test.skip)("opa takes the policies strictly, and they find nothing in the tree", () => {
  const policies = "generated/lib/policies";
  must(stranger.run(opa!, "check", "--strict", "--ignore", "*.json", policies));
  const files = stranger.files("generated/{clusters/**/*.yaml,manifest.json}").map((path) => ({
    path,
    contents: path.endsWith(".json")
      ? JSON.parse(stranger.read(path))
      : parseAllDocuments(stranger.read(path)).map((document) => document.toJS()),
  }));
  assert.equal(denied(files), []);
  const bad = files.map(({ path, contents }) => ({
    path,
    contents: JSON.parse(JSON.stringify(contents).replaceAll("ghcr.io/stefanprodan/podinfo", "docker.io/evil/podinfo")),
  }));
  assert.equal(
    new Set(denied(bad).map(({ policy }) => policy)),
    new Set(["allowed-registries"]),
    "another registry is seen",
  );
});

/** What the pull request's policies say, asked as policies/README.md has it. */
function denied(files: unknown): { policy: string; msg: string }[] {
  const args = [
    "eval",
    "--data",
    "generated/lib/policies",
    "--data",
    "generated/policies/data.json",
    "--stdin-input",
    "--format",
    "raw",
    "data.eco.pull_request.deny",
  ];
  return JSON.parse(must(stranger.runWith(JSON.stringify(files), opa!, ...args)).stdout);
}

const helm = consumer("helm");
(helm ? test : test.skip)(
  "helm lints and renders every workload with its vendored chart; the objects fit their schemas",
  () => {
    const { validate } = createValidator(schemasBelow(join(PACKAGE_ROOT, "schemas/crds")));
    const applications = stranger
      .files("generated/clusters/*/argocd/applications/*.yaml")
      .flatMap((path) => parseAllDocuments(stranger.read(path)).map((document) => document.toJS()));
    const sources = applications.flatMap(({ metadata, spec }) =>
      (spec.sources ?? [spec.source])
        .filter(({ helm, path }: any) => helm && path)
        .map((source: any) => ({ name: metadata.name, namespace: spec.destination.namespace, ...source })),
    );
    const workloads = sources.filter(({ path }) => path.startsWith("generated/lib/helm-library/"));
    assert.equal(workloads.filter(({ name }) => name === "web" || name === "api").length, 4);
    for (const chart of new Set(workloads.map(({ path }) => path)))
      must(stranger.run(helm!, "dependency", "build", chart));
    for (const {
      name,
      namespace,
      path,
      helm: { releaseName, valueFiles },
    } of workloads) {
      const values = valueFiles.flatMap((file: string) => ["--values", file.replace(/^\//, "")]);
      must(stranger.run(helm!, "lint", "--strict", "--kube-version", "1.34.0", path, ...values));
      const { stdout } = must(
        stranger.run(
          helm!,
          "template",
          releaseName,
          path,
          "--namespace",
          namespace,
          "--kube-version",
          "1.34.0",
          ...values,
        ),
      );
      const objects = parseAllDocuments(stdout)
        .map((document) => document.toJS())
        .filter(Boolean);
      assert.ok(objects.length > 2, `${name}: ${objects.length} objects`);
      assert.equal(
        objects.flatMap((object) => validate(object)),
        [],
        name,
      );
    }
  },
);

test.run();
