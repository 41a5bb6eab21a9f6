import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { soundProject } from "../../test/support/sound-project.ts";
import { compile } from "../compile.ts";
import { packageVersion } from "../package-root.ts";
import type { CompileOptions } from "../run.ts";
import { MANIFEST_PATH } from "../7-write/index.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { describeChange } from "./changes.ts";
import { LOCK_FILE } from "./file.ts";

/** The lock as a project has it: beside its config, written with its tree. */
const test = suite("lock of a project");

const CONFIG = `
const unversioned = ({ version, ...cluster }: any) => cluster;
export default { ...base, clusters: { main: unversioned(base.clusters.main), test: unversioned(base.clusters.test) } };`;

const run = (root: string, options: Omit<CompileOptions, "root"> = {}) => compile({ root, cwd: root, ...options });
const text = (root: string, path = LOCK_FILE): string => readFileSync(join(root, path), "utf8");
const lockOf = (root: string) => JSON.parse(text(root)) as { choices: Record<string, unknown> };
const edit = (root: string, path: string, change: (text: string) => string): void =>
  writeFileSync(join(root, path), change(text(root, path)));
const said = ({ diagnostics }: Awaited<ReturnType<typeof compile>>) =>
  diagnostics
    .filter(({ severity }) => severity === "error")
    .map(({ id, position }) => `${id} ${position?.file ?? ""}:${position?.line ?? 0}`);

async function compiled(config = CONFIG): Promise<string> {
  const root = soundProject(config);
  const { ok, choices } = await run(root);
  assert.ok(ok);
  assert.ok(choices!.length > 20);
  return root;
}

test("the first compilation writes it, and the next has nothing to do", async () => {
  const root = await compiled();
  const { plan, choices } = await run(root, { mode: "compare" });
  assert.ok(plan!.clean);
  assert.equal(choices, []);
});

test("a check fails while it would change, also where no file would", async () => {
  const root = await compiled();
  edit(root, LOCK_FILE, (lock) => lock.replace('    "": "end"', '    "clusters.gone.version": "1.33",\n    "": "end"'));
  const { ok, plan, choices } = await run(root, { mode: "compare" });
  assert.ok(ok);
  assert.not(plan!.clean);
  assert.equal(choices!.map(describeChange), ['clusters.gone.version: "1.33" → gone']);
});

test("what a merge left of it is settled by the next compilation", async () => {
  const root = await compiled();
  const whole = text(root);
  edit(root, LOCK_FILE, (lock) =>
    lock.replace(/(.*"clusters\.main\.version".*\n)/, "<<<<<<< HEAD\n$1=======\n$1>>>>>>> other\n"),
  );
  assert.ok((await run(root)).ok);
  assert.is(text(root), whole);
});

test("a tree that an earlier compiler wrote has its choices written down, and no byte of it changes", async () => {
  const root = await compiled("export default base;");
  const [lock, values] = [text(root), text(root, "generated/clusters/main/argocd/projects.yaml")];
  rmSync(join(root, LOCK_FILE));
  edit(root, MANIFEST_PATH, (manifest) => manifest.replace('"format_version": 3', '"format_version": 2'));
  const { ok, plan } = await run(root);
  assert.ok(ok);
  assert.equal([...plan!.create, ...plan!.change, ...plan!.delete], []);
  assert.is(text(root), lock);
  assert.is(text(root, "generated/clusters/main/argocd/projects.yaml"), values);
});

test("a newer tree without it is an error, not a new choice", async () => {
  const root = await compiled();
  rmSync(join(root, LOCK_FILE));
  const result = await run(root);
  assert.equal(said(result), [`lock/missing ${LOCK_FILE}:1`]);
  assert.throws(() => text(root));
});

test("a value in the config wins, and leaves the lock", async () => {
  const root = await compiled();
  assert.ok("clusters.main.version" in lockOf(root).choices);
  writeFileSync(
    join(root, "ecosystem.config.ts"),
    `import { base } from "./base.ts";\nexport default { ...base, clusters: { ...base.clusters, main: { ...base.clusters.main, version: "1.35" } } };`,
  );
  const { ok, topology } = await run(root);
  assert.ok(ok);
  assert.is(topology!.clusters.find(({ name }) => name === "main")!.version, "1.35");
  assert.not("clusters.main.version" in lockOf(root).choices);
});

/** The config with a second account of Google Cloud, and these clusters in it. */
const withSecond = (...moved: string[]): string => `
const second = { ...base.clouds.gcp, kind: "gcp", project: "acme-production", network: { name: "second", cidr: "10.9.0.0/16" },
  regions: { "europe-west1": { subnet: { cidr: "10.9.1.0/24" } }, "europe-west4": { subnet: { cidr: "10.9.2.0/24" } } } };
const clusters = Object.fromEntries(Object.entries(base.clusters).map(([name, cluster]) =>
  [name, ${JSON.stringify(moved)}.includes(name) ? { ...cluster, cloud: "gcp-production" } : cluster]));
const secrets = Object.fromEntries(Object.entries(base.secrets!).map(([name, { store, ...secret }]) => [name, secret]));
const identity = { kind: "gcp", provider: "projects/123456789012/locations/global/workloadIdentityPools/platform/providers/management",
  serviceAccount: "terraform@acme-production.iam.gserviceaccount.com" };
const other = { ...identity, serviceAccount: "terraform@acme-platform.iam.gserviceaccount.com" };
export default { ...base, secrets, targets: { "argo-cd": { identities: { "gcp-production": identity, gcp: other } } }, clouds: { ...base.clouds, "gcp-production": second }, clusters };`;
const rewrite = (root: string, config: string): void =>
  writeFileSync(join(root, "ecosystem.config.ts"), `import { base } from "./base.ts";\n${config}`);

test("an account beside the first moves nothing of it", async () => {
  const root = await compiled("export default base;");
  const before = lockOf(root).choices;
  rewrite(root, withSecond());
  assert.ok((await run(root)).ok);
  const { choices } = lockOf(root);
  assert.equal({ ...choices, ...before }, choices);
  assert.equal(
    Object.keys(choices)
      .filter((path) => !(path in before))
      .sort(),
    [
      "clouds.gcp-production.foundation.environment",
      "clouds.gcp-production.provider",
      "clouds.gcp-production.regions.europe-west1.subnet.pods",
      "clouds.gcp-production.regions.europe-west1.subnet.services",
      "clouds.gcp-production.regions.europe-west4.subnet.pods",
      "clouds.gcp-production.regions.europe-west4.subnet.services",
      "clouds.gcp-production.stateStore.region",
    ],
  );
});

for (const [title, moved] of [
  ["a cluster", ["test"]],
  ["an environment, which is all of its clusters", ["main"]],
  ["everything", ["main", "test"]],
] as const) {
  test(`${title} does not move to another account: the lock alone says where it was`, async () => {
    const root = await compiled(withSecond());
    rmSync(join(root, "generated"), { recursive: true });
    const before = text(root);
    rewrite(root, withSecond(...moved));
    const result = await run(root);
    assert.equal(
      result.diagnostics
        .filter(({ id }) => id === "lock/moved")
        .map(({ at }) => at)
        .sort(),
      moved.map((name) => `clusters.${name}.cloud`),
    );
    assert.is(text(root), before);
    const [{ message, hint, position }] = result.diagnostics as [Diagnostic];
    assert.match(message, `${moved[0]} was in gcp, and cannot move to gcp-production`);
    assert.match(hint!, "add a cluster with another name in gcp-production");
    assert.ok(position);
  });
}

test("who has moved the state by hand says so, and a cluster that is new may be anywhere", async () => {
  const root = await compiled(withSecond());
  rewrite(root, withSecond("test"));
  assert.ok((await run(root, { rechoose: ["clusters.test.cloud"] })).ok);
  assert.is(lockOf(root).choices["clusters.test.cloud"], "gcp-production");
});

test("a part of the output is written with the whole of it", async () => {
  const root = soundProject(CONFIG);
  assert.ok((await run(root, { target: "helm" })).ok);
  assert.ok(Object.keys(lockOf(root).choices).length > 20);
});

test("it goes where the output goes", async () => {
  const root = soundProject(CONFIG);
  const output = join(root, "elsewhere");
  assert.ok((await run(root, { output })).ok);
  assert.throws(() => text(root));
  assert.ok(Object.keys(lockOf(output).choices).length > 20);
});

const BROKEN: readonly (readonly [title: string, change: (lock: string) => string, ids: RegExp])[] = [
  [
    "two values for one choice",
    (lock) => lock.replace(/(.*"clusters\.main\.version": )(".*")(,\n)/, '$1$2$3$1"1.32"$3'),
    /^lock\/two-choices ecosystem\.lock\.json:\d\d$/,
  ],
  ["what is no line", (lock) => lock.replace('"clusters.main', "clusters.main"), /^lock\/unreadable eco.*:\d\d$/],
  ["no version", (lock) => lock.replace(/version": ".*"/, 'version": "latest"'), /^lock\/value eco.*:\d\d$/],
  ["a number for a network", (lock) => lock.replace(/(\.services": )".*"/, "$1 7"), /^lock\/value eco.*:\d\d?$/],
  ["a chart that nobody wrote values for", (lock) => lock.replace("88.5.3", "12.0.0"), /^lock\/value eco.*:\d\d$/],
  [
    "another compiler",
    (lock) => lock.replace(`"compiler": "${packageVersion()}"`, '"compiler": "9.0.0"'),
    /^lock\/compiler eco.*:\d\d$/,
  ],
  ["nothing", () => "", /^load\/json eco.*:1$|^lock\/unreadable eco.*:1$/],
];
for (const [title, change, expected] of BROKEN) {
  test(`refused at its line: ${title}`, async () => {
    const root = await compiled();
    edit(root, LOCK_FILE, change);
    const before = text(root);
    const found = said(await run(root));
    assert.is(found.length, 1, found.join());
    assert.match(found[0]!, expected);
    assert.is(text(root), before);
  });
}

test("a link in its place is not followed", async () => {
  const root = await compiled();
  const { symlinkSync } = await import("node:fs");
  const elsewhere = join(root, "elsewhere.json");
  writeFileSync(elsewhere, text(root).replace('"clusters.main.version": "1.33",\n', ""));
  rmSync(join(root, LOCK_FILE));
  symlinkSync(elsewhere, join(root, LOCK_FILE));
  const before = readFileSync(elsewhere, "utf8");
  assert.equal(
    said(await run(root)).map((one) => one.split(" ")[0]),
    ["write/symlink"],
  );
  assert.is(readFileSync(elsewhere, "utf8"), before);
});

test.run();
