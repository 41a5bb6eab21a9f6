import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { compile } from "../../compiler/compile.ts";
import type { CompileResult } from "../../compiler/run.ts";
import { consumer } from "../../lab/toolchain/consumer.ts";
import { readTree, temporaryFolder } from "../support/tree.ts";

/**
 * Folders of somebody's own, from the file to the finding. The sample `extra` is sound; each case changes one thing of
 * it.
 */
const test = suite("extra");

const SAMPLES = fileURLToPath(new URL("../samples/", import.meta.url));
const MANIFESTS = "manifests/tools";
const MODULE = "modules/dns";

/** A copy of the sample's project, changed. */
async function compiled(
  change: (put: (path: string, content: string | Uint8Array) => void, root: string) => void = () => {},
): Promise<CompileResult & { root: string }> {
  const folder = temporaryFolder("extra");
  mkdirSync(join(folder, "node_modules")); // where transformed sources are kept
  // The samples only warn of what breaks a policy; here it is refused.
  const base = readFileSync(join(SAMPLES, "base.ts"), "utf8").replace('enforcement: "warn"', 'enforcement: "deny"');
  writeFileSync(join(folder, "base.ts"), base);
  const root = join(folder, "extra");
  cpSync(join(SAMPLES, "extra"), root, { recursive: true, filter: (path) => !path.endsWith("expected") });
  change((path, content) => {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }, root);
  return { ...(await compile({ root, cwd: root })), root };
}

const found = ({ diagnostics }: CompileResult) =>
  diagnostics
    .filter(({ severity }) => severity === "error")
    .map(({ id, position }) => `${id} ${position!.file}:${position!.line}:${position!.column}`);

const POD = {
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "p", namespace: "tools" },
  spec: { hostNetwork: true, containers: [{ name: "c", image: "registry.example/crew/x" }] },
};
const configMap = (name: string, namespace?: string) => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
  data: {},
});
const NEW = `${MANIFESTS}/new.yaml`;
const json = (...objects: unknown[]) => objects.map((object) => JSON.stringify(object)).join("\n---\n");

const JUDGED: readonly [
  name: string,
  path: string,
  content: string | Uint8Array,
  findings: readonly string[] | RegExp,
][] = [
  [
    "a misspelt field",
    NEW,
    "# first\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: tools }\ndaat: {}\n",
    [`verify/kubernetes-object ${NEW}:2:1`],
  ],
  [
    "the second document of a file",
    NEW,
    `${json(configMap("a", "tools"))}\n---\n${json({ ...configMap("b", "tools"), daat: {} })}\n`,
    [`verify/kubernetes-object ${NEW}:3:1`],
  ],
  ["an object without its namespace", NEW, json(configMap("a")), [`verify/kubernetes-object ${NEW}:1:1`]],
  ["what a policy refuses", NEW, json(POD), /^policy\/[a-z-]+ manifests\/tools\/new\.yaml:1:1$/],
  [
    "an image from elsewhere",
    NEW,
    json({ ...POD, spec: { containers: [{ name: "c", image: "evil.example/x" }] } }),
    /^policy\//,
  ],
  [
    "an object that is compiled already",
    NEW,
    json({ ...configMap("x"), apiVersion: "v1", kind: "Namespace", metadata: { name: "crew-apps" }, data: undefined }),
    [`verify/duplicate-object ${NEW}:1:1`],
  ],
  [
    "an object twice",
    NEW,
    json(configMap("a", "tools"), configMap("a", "tools")),
    [`verify/duplicate-object ${NEW}:3:1`],
  ],
  ["no object", NEW, "- a\n- b\n", [`verify/kubernetes-object ${NEW}:1:1`]],
  ["a text", NEW, "hello\n", [`verify/kubernetes-object ${NEW}:1:1`]],
  [
    "a list with nothing in it",
    NEW,
    json({ apiVersion: "v1", kind: "List", items: [null] }),
    [`verify/kubernetes-object ${NEW}:1:1`],
  ],
  ["a secret", NEW, `# ${["AKIA", "QWERTYUIOPASDFGH"].join("")}\n${json(configMap("a", "tools"))}`, /^verify\/secret/],
  [
    "the data of a Secret",
    NEW,
    json({
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "s", namespace: "tools" },
      data: { a: "aHVudGVyMg==" },
    }),
    /^verify\/secret manifests\/tools\/new\.yaml:1:1$/,
  ],
  [
    "a password by its name",
    NEW,
    json({ ...configMap("a", "tools"), data: { DB_PASSWORD: ["corr", "ect horse 9"].join("") } }),
    /^verify\/secret/,
  ],
  ["YAML that does not parse", NEW, "a: b\nc: [1\n", /^load\/extra manifests\/tools\/new\.yaml:[23]:\d+$/],
  [
    "a key twice",
    NEW,
    "apiVersion: v1\nkind: ConfigMap\nkind: Secret\n",
    /^load\/extra manifests\/tools\/new\.yaml:3:1$/,
  ],
  [
    "aliases that grow without end",
    NEW,
    `a: &a [x,x,x,x,x,x,x,x,x]\n${[..."bcdefgh"].map((key, index) => `${key}: &${key} [${Array(9).fill(`*${"abcdefg"[index]}`).join(",")}]`).join("\n")}\n`,
    /^load\/extra manifests\/tools\/new\.yaml/,
  ],
  ["Latin-1", NEW, Buffer.from("a: \xe9\n", "latin1"), [`load/extra ${NEW}:1:1`]],
  ["Kustomize", `${MANIFESTS}/kustomization.yaml`, "resources: []\n", /^load\/extra ecosystem\.config\.ts:9:15$/],
  ["a chart", `${MANIFESTS}/below/Chart.yaml`, "name: x\n", /^load\/extra ecosystem/],
  ["Jsonnet", `${MANIFESTS}/x.jsonnet`, "{}\n", /^load\/extra ecosystem/],
  ["parameters for Argo CD", `${MANIFESTS}/.argocd-source.yaml`, "helm: {}\n", /^load\/extra ecosystem/],
  ["HCL that does not parse", `${MODULE}/more.tf`, "locals {\n  a = \n}\n", /^load\/extra modules\/dns\/more\.tf:2:7$/],
  [
    "Terraform's JSON that does not parse",
    `${MODULE}/more.tf.json`,
    "{",
    /^load\/extra modules\/dns\/more\.tf\.json:1:1$/,
  ],
  [
    "a region that is not allowed",
    `${MODULE}/more.tf`,
    'resource "google_compute_network" "x" {\n  region = "us-east1"\n}\n',
    /^policy\/allowed-regions modules\/dns\/more\.tf:1:1$/,
  ],
  [
    "a machine type and region in a root of a cluster",
    "modules/alarms/more.tf",
    'resource "google_compute_instance" "x" {\n  region = "us-east1"\n}\n',
    /^policy\/allowed-regions modules\/alarms\/more\.tf:1:1$/,
  ],
  ["OpenTofu's own files", `${MODULE}/more.tofu`, "", /^load\/extra ecosystem/],
];
for (const [name, path, content, expected] of JUDGED) {
  test(`${name} is found, and nothing is written`, async () => {
    const result = await compiled((put) => put(path, content));
    const findings = found(result);
    if (expected instanceof RegExp)
      assert.ok(findings.length > 0 && findings.every((finding) => expected.test(finding)), findings.join("\n"));
    else assert.equal(findings, expected, result.diagnostics.map(({ message }) => message).join("\n"));
    assert.not.ok([...readTree(result.root).keys()].some((file) => file.startsWith("generated/")));
  });
}

const PLACES: readonly [name: string, change: (root: string) => void, message: RegExp][] = [
  [
    "a folder that is not there",
    (root) => rmSync(join(root, MANIFESTS), { recursive: true }),
    /there is no folder manifests\/tools/,
  ],
  [
    "a folder with nothing in it",
    (root) => [rmSync(join(root, MODULE), { recursive: true }), mkdirSync(join(root, MODULE))],
    /modules\/dns has nothing to apply/,
  ],
  ["a link to a file", (root) => symlinkSync("/etc/hostname", join(root, MANIFESTS, "x.yaml")), /symbolic link/],
  ["a link to a folder", (root) => symlinkSync("/etc", join(root, MANIFESTS, "x")), /symbolic link/],
  [
    "a pipe, which would hold the run up",
    (root) => execFileSync("mkfifo", [join(root, MANIFESTS, "x.yaml")]),
    /no ordinary file/,
  ],
  [
    "a folder that is a file",
    (root) => [rmSync(join(root, MODULE), { recursive: true }), writeFileSync(join(root, MODULE), "")],
    /modules\/dns cannot be read: ENOTDIR/,
  ],
];
for (const [name, change, message] of PLACES) {
  test(`${name} is said at its entry`, async () => {
    const { ok, diagnostics } = await compiled((_put, root) => change(root));
    assert.is(ok, false);
    const [finding] = diagnostics.filter(({ id }) => id === "load/extra");
    assert.match(finding!.message, message);
    assert.match(finding!.position!.file, "ecosystem.config.ts");
  });
}

test("what reaches for more changes its project, and nothing else", async () => {
  const [before, after] = await Promise.all([
    compiled(),
    compiled((put) => put(NEW, json(configMap("a", "elsewhere")))),
  ]);
  const [one, other] = [before, after].map(({ root }) => readTree(join(root, "generated"))) as [
    Map<string, Buffer>,
    Map<string, Buffer>,
  ];
  assert.equal(
    [...other].filter(([path, bytes]) => !bytes.equals(one.get(path)!)).map(([path]) => path),
    ["clusters/one/argocd/applications/extra-manifests-tools.yaml", "manifest.json"],
  );
  const added = other.get("clusters/one/argocd/applications/extra-manifests-tools.yaml")!.toString("utf8");
  assert.match(added, "namespace: elsewhere");
  assert.match(added, 'group: ""\n      kind: ConfigMap');
});

test("a folder of cluster-wide objects alone admits nothing that has a namespace", async () => {
  const { root, ok } = await compiled((put, root) => {
    rmSync(join(root, MANIFESTS), { recursive: true });
    put(
      NEW,
      json({ apiVersion: "scheduling.k8s.io/v1", kind: "PriorityClass", metadata: { name: "high" }, value: 10 }),
    );
  });
  assert.ok(ok);
  const file = readTree(root)
    .get("generated/clusters/one/argocd/applications/extra-manifests-tools.yaml")!
    .toString("utf8");
  assert.match(
    file,
    /destinations:\n\s+- server: \S+\n\s+namespace: default\n\s+clusterResourceWhitelist:\n\s+- group: scheduling\.k8s\.io\n\s+kind: PriorityClass\n\s+namespaceResourceWhitelist: \[\]\n/,
  );
});

const terraform = consumer("terraform");
(terraform ? test : test.skip)("terraform finds the module where the root says", async () => {
  const { root } = await compiled();
  const modules = (path: string) => {
    const folder = join(root, path);
    // The library's own modules are beside, and no part of this.
    rmSync(join(folder, "main.tf"));
    rmSync(join(folder, "outputs.tf"), { force: true });
    return execFileSync(terraform!, ["get", "-no-color"], { cwd: folder, encoding: "utf8" });
  };
  assert.match(modules("generated/terraform/gcp/foundation"), "extra-modules-dns in ../../../../modules/dns");
  assert.match(modules("generated/terraform/gcp/one"), "extra-modules-alarms in ../../../../modules/alarms");
});

test.run();
