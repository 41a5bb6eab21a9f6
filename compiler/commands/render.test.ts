import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import glob from "fast-glob";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { parseAllDocuments } from "yaml";
import { consumer } from "../../lab/toolchain/consumer.ts";
import { runCli, type CliRun } from "../../test/support/cli.ts";
import { copyOfReference } from "../../test/support/project-copy.ts";
import { soundProject } from "../../test/support/sound-project.ts";
import { readTree, temporaryFolder } from "../../test/support/tree.ts";
import { PACKAGE_ROOT } from "../package-root.ts";

/** `eco-compile render` as somebody types it, with the real helm where there is one. */
const test = suite("render");

const SOUND = `export default { ...base, services: { ...base.services, api: { ...base.services.api,
  rollout: { kind: "canary", steps: [{ weight: 20, pause: "5m" }] } } } };\n`;
const helm = consumer("helm");

/** A folder with nothing but node, and what stands for helm there. */
function pathWith(script?: string): string {
  const folder = temporaryFolder("path");
  symlinkSync(process.execPath, join(folder, "node"));
  if (script !== undefined) {
    writeFileSync(join(folder, "helm"), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, "helm"), 0o755);
  }
  return folder;
}

const render = (cwd: string, path: string, ...args: string[]): Promise<CliRun> =>
  runCli(["render", ...args], { cwd, env: { PATH: path } });

const objectsIn = (text: string): any[] =>
  parseAllDocuments(text).flatMap((document) => {
    assert.equal(document.errors, []);
    return (document.toJS() as unknown) ?? [];
  });

const inOrder = (objects: readonly unknown[]): string[] => objects.map((object) => JSON.stringify(object)).sort();

(helm ? test : test.skip)("prints what Argo CD's own sources come to, of each Application of a workload", async () => {
  const folder = soundProject(SOUND);
  const before = readTree(folder);
  const path = `${dirname(helm!)}:${pathWith()}`;
  const all = await render(folder, path);
  assert.is(all.code, 0, all.stderr);
  // Every load keeps what it has transformed.
  const written = [...readTree(folder).keys()].filter((path) => !path.startsWith("node_modules/"));
  assert.equal(written, [...before.keys()], "nothing is written");

  assert.is((await runCli([], { cwd: folder })).code, 0);
  const expected = glob.sync("generated/clusters/*/argocd/applications/*.yaml", { cwd: folder }).flatMap((file) =>
    objectsIn(readFileSync(join(folder, file), "utf8"))
      .filter(({ metadata }) => metadata.labels["eco-compile.dev/team"] !== undefined)
      .flatMap((application) => asArgoCd(application, folder)),
  );
  assert.ok(expected.length > 10);
  assert.ok(expected.some(({ kind }) => kind === "Rollout") && expected.some(({ kind }) => kind === "Deployment"));
  assert.equal(inOrder(objectsIn(all.stdout)), inOrder(expected));

  const { stdout: one } = await render(folder, path, "api");
  assert.equal(
    inOrder(objectsIn(one)),
    inOrder(expected.filter(({ metadata }) => metadata.labels?.["app.kubernetes.io/name"] === "api")),
  );
});

/** What an Application's sources are for Argo CD, of the files on disk. */
function asArgoCd({ spec }: any, folder: string): any[] {
  return spec.sources.flatMap(({ path, helm: release }: any) => {
    const place = join(folder, path);
    if (release === undefined)
      return readdirSync(place).flatMap((name) => objectsIn(readFileSync(join(place, name), "utf8")));
    const run = (...args: string[]): string =>
      execFileSync(helm!, args, {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "pipe"],
        env: { ...process.env, HELM_CACHE_HOME: join(folder, ".helm") },
      });
    run("dependency", "build", place);
    const values = release.valueFiles.flatMap((file: string) => ["--values", join(folder, file)]);
    const where = ["--namespace", spec.destination.namespace, "--kube-version", "1.35"];
    return objectsIn(run("template", release.releaseName, place, ...where, ...values));
  });
}

test("helm is told the release, the namespace and the cluster's version of Kubernetes, outside of the project", async () => {
  const folder = soundProject(SOUND);
  const { code, stdout, stderr } = await render(
    folder,
    `${pathWith('echo "# args: $*"')}:${process.env["PATH"]}`,
    "api",
  );
  assert.is(code, 0, stderr);
  const version = /^# \S+\/api: namespace (\S+), Kubernetes (\S+)$/m.exec(stdout);
  assert.match(stdout, `--name-template api --namespace ${version![1]} --kube-version ${version![2]} --values `);
  const [, chart] = /^# args: template (\S+)/m.exec(stdout)!;
  assert.not.ok(chart!.startsWith(folder));
  assert.not.ok(existsSync(chart!), "it is taken away again");
});

test("no chart of the library asks which kinds a cluster has: none are named to helm", () => {
  const templates = glob.sync("helm-library/*/templates/**", { cwd: PACKAGE_ROOT });
  assert.ok(templates.length > 10);
  for (const file of templates) assert.not.match(readFileSync(join(PACKAGE_ROOT, file), "utf8"), "APIVersions");
});

test("without helm: what needs none is printed, the values in place of the rest, and it is said", async () => {
  const { code, stdout, stderr } = await render(soundProject(SOUND), pathWith(), "api");
  assert.is(code, 1);
  assert.is(
    stderr,
    "helm is not on PATH: the values of charts are printed in place of their objects; install it (https://helm.sh/docs/intro/install/)\n",
  );
  const [values, ...objects] = objectsIn(stdout);
  assert.is(values.name, "api");
  assert.is(values.kind, undefined, "kubectl takes it for no object");
  assert.ok(objects.some(({ kind }) => kind === "Rollout"));
});

test("what helm refuses is said in its words, and the rest is printed", async () => {
  const path = `${pathWith('echo "Error: no" >&2; exit 3')}:${process.env["PATH"]}`;
  const { code, stdout, stderr } = await render(soundProject(SOUND), path, "api");
  assert.is(code, 1);
  assert.match(stderr, /^\S+\/api: helm: Error: no$/m);
  assert.ok(objectsIn(stdout).some(({ kind }) => kind === "Rollout"));
});

test("a repository without the library that it names", async () => {
  const folder = copyOfReference();
  const { code, stderr } = await render(folder, process.env["PATH"]!, "cluster-paris/storefront");
  assert.is(code, 1);
  assert.is(stderr, 'cluster-paris/storefront: there is no helm-library/service, which library: "in-repo" asks for\n');
  mkdirSync(join(folder, "helm-library"));
  for (const name of ["service", "eco-library"])
    symlinkSync(join(PACKAGE_ROOT, "helm-library", name), join(folder, "helm-library", name));
  const again = await render(
    folder,
    `${pathWith("echo '{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}'")}:${process.env["PATH"]}`,
    "storefront",
  );
  assert.is(again.code, 0, again.stderr);
  assert.equal(
    [...again.stdout.matchAll(/^# (\S+)\/storefront:/gm)].map(([, cluster]) => cluster),
    ["cluster-amsterdam", "cluster-paris", "cluster-ultimate"],
  );
});

test("a name that none has", async () => {
  const folder = soundProject(SOUND);
  const close = await render(folder, pathWith(), "apii");
  assert.equal(
    [close.code, close.stdout, close.stderr],
    [1, "", 'no workload or add-on is called "apii"; did you mean "api"?\n'],
  );
  const far = await render(folder, pathWith(), "nothing/like/it");
  assert.match(
    far.stderr,
    /^no workload or add-on is called "nothing\/like\/it"; write a name, or CLUSTER\/NAME, of .*\bapi\b/,
  );
});

const ADDONS = `export default { ...base,
  security: { ...base.security, allowedRegistries: [...base.security.allowedRegistries, "quay.io/strimzi"] },
  addons: {
    strimzi: {
      chart: { repository: "https://strimzi.io/charts", name: "strimzi-kafka-operator" }, version: "0.46.0",
      clusterKinds: ["scheduling.k8s.io/PriorityClass"], images: ["quay.io/strimzi"], network: {},
    },
    seal: {
      chart: { repository: "oci://quay.io/strimzi/charts/", name: "sealed" }, version: "1.2.3",
      images: ["quay.io/strimzi"], network: {},
    },
  } };\n`;

/** A project with add-ons of its own, and a helm that makes the objects of whatever is asked. */
async function renderedAddon(name: string, objects: readonly unknown[]): Promise<CliRun> {
  const folder = soundProject(ADDONS);
  const made = join(temporaryFolder("made"), "objects.yaml");
  writeFileSync(made, objects.map((object) => `---\n${JSON.stringify(object)}\n`).join(""));
  return render(folder, `${pathWith(`echo "# args: $*"; cat ${made}`)}:${process.env["PATH"]}`, name);
}

const podOf = ({ image, ...others }: { image: string; hostNetwork?: true }) => ({
  ...others,
  securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
  containers: [
    {
      name: "operator",
      image,
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
    },
  ],
});
const DEPLOYMENT = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "operator" },
  spec: {
    selector: { matchLabels: { app: "operator" } },
    template: {
      metadata: { labels: { app: "operator" } },
      spec: podOf({ image: "quay.io/strimzi/operator:0.46.0" }),
    },
  },
};
const withPod = (spec: object) => ({
  ...DEPLOYMENT,
  spec: { ...DEPLOYMENT.spec, template: { ...DEPLOYMENT.spec.template, spec } },
});
const ofKind = (apiVersion: string, kind: string, more: object = {}, metadata: object = {}) => ({
  apiVersion,
  kind,
  metadata: { name: "operator", ...metadata },
  ...more,
});

test("the chart of an add-on is fetched from its repository, and printed", async () => {
  const { code, stdout, stderr } = await renderedAddon("strimzi", [DEPLOYMENT, ofKind("v1", "ServiceAccount")]);
  assert.is(code, 0, stderr);
  assert.match(
    stdout,
    /^# args: template strimzi-kafka-operator --repo https:\/\/strimzi\.io\/charts --version 0\.46\.0 /m,
  );
  assert.match(
    stdout,
    /^# https:\/\/strimzi\.io\/charts\/strimzi-kafka-operator 0\.46\.0 with \S+\/strimzi\/values\.yaml$/m,
  );
  const registry = await renderedAddon("seal", []);
  assert.match(registry.stdout, /^# args: template oci:\/\/quay\.io\/strimzi\/charts\/sealed --version 1\.2\.3 /m);
});

test("an add-on of a target, by its cluster", async () => {
  const { code, stdout, stderr } = await renderedAddon("main/gatekeeper", []);
  assert.is(code, 0, stderr);
  assert.equal(stdout.match(/^# main\/gatekeeper: namespace gatekeeper-system/gm)?.length, 1);
});

/** Objects that a chart makes, and what is said of them, if anything. */
const JUDGED: Readonly<Record<string, readonly [object, RegExp?]>> = {
  "a kind that the add-on names": [ofKind("scheduling.k8s.io/v1", "PriorityClass", { value: 1 })],
  "kinds without a namespace that every add-on may bring": [ofKind("rbac.authorization.k8s.io/v1", "ClusterRole")],
  "a kind that nobody knows": [ofKind("kafka.strimzi.io/v1", "Kafka", { spec: { any: 1 } })],
  "its own namespace": [ofKind("v1", "ConfigMap", {}, { namespace: "strimzi" })],
  "a field that does not exist": [
    { ...DEPLOYMENT, spec: { ...DEPLOYMENT.spec, replica: 1 } },
    /verify\/kubernetes-object[^]*spec\.replica unknown field "replica"/,
  ],
  "a kind that the project does not admit": [
    ofKind("v1", "PersistentVolume"),
    /verify\/refused-by-project[^]*admits no PersistentVolume, which is of no namespace/,
  ],
  "another namespace": [
    ofKind("v1", "ConfigMap", {}, { namespace: "elsewhere" }),
    /verify\/refused-by-project[^]*has no namespace elsewhere/,
  ],
  "pods beyond the level of its namespace": [
    withPod({ containers: [{ name: "operator", image: "quay.io/strimzi/operator:1" }] }),
    /policy\/restricted-pods/,
  ],
  "pods on the node's network": [
    withPod(podOf({ image: "quay.io/strimzi/operator:1", hostNetwork: true })),
    /policy\/host-access[^]*hostNetwork/,
  ],
  "an image that it does not name": [
    withPod(podOf({ image: "quay.io/strimzi-else/operator:1" })),
    /policy\/allowed-registries[^]*verify\/undeclared-image[^]*runs quay\.io\/strimzi-else\/operator:1[^]*images: \["quay\.io\/strimzi"\]/,
  ],
};
for (const [title, [object, said]] of Object.entries(JUDGED)) {
  test(`what a chart makes is judged: ${title}`, async () => {
    const { code, stderr } = await renderedAddon("strimzi", [object]);
    if (said === undefined) assert.equal([code, stderr], [0, ""]);
    else {
      assert.match(stderr.replace(/\n +│ */g, " "), said);
      assert.is(code, 1);
    }
  });
}

test("a config with an error is said and not rendered", async () => {
  const { code, stdout, stderr } = await render(soundProject(`${SOUND.replace('"5m"', '"5x"')}`), pathWith());
  assert.is(code, 1);
  assert.is(stdout, "");
  assert.match(stderr, "schema/");
});

test.run();
