import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { must, Stranger } from "./stranger.ts";

/** A target of another package, in the project of somebody who only has the published packages. */
const test = suite("a target of another package");
let stranger: Stranger;
test.before(() => {
  stranger = new Stranger();
  for (const line of stranger.quickStart().slice(0, 2)) must(stranger.shell("shop", line));
  cpSync(join(import.meta.dirname, "extension"), join(stranger.home, "extension"), { recursive: true });
  must(stranger.shell("extension", "npm pack"));
  must(stranger.run("npm", "install", "--save-dev", "../extension/acme-eco-cert-manager-1.0.0.tgz"));
});
test.after(() => stranger?.leave());

const CONFIG = "ecosystem.config.ts";
const PACKAGE = "@acme/eco-cert-manager";
const MODULE = `node_modules/${PACKAGE}/index.js`;
const put = (path: string, text: string): void => writeFileSync(join(stranger.folder, path), text);

/** Does something with a file changed, and puts it back. */
function changed<T>(path: string, from: RegExp | string, to: string, act: () => T): T {
  const before = stranger.read(path);
  const after = before.replace(from, to);
  assert.is.not(after, before, `${String(from)} stands in ${path}`);
  put(path, after);
  try {
    return act();
  } finally {
    put(path, before);
  }
}

test("it is named in the config, and its add-on, its kinds and a file for each workload are there", () => {
  const before = must(stranger.eco()).stderr;
  assert.not.match(before, /cert-manager/);
  const without = stranger.output();
  const config = stranger.read(CONFIG);
  put(
    CONFIG,
    config
      .replace(
        /defineEcosystem\(\{\n/,
        `defineEcosystem({\n  extensions: { "cert-manager": { from: "${PACKAGE}", options: { issuer: "acme" } } },\n`,
      )
      .replace("allowedRegistries: [", 'allowedRegistries: ["quay.io/jetstack", '),
  );
  must(stranger.run("npx", "--no-install", "tsc", "--noEmit", "-p", "."));
  const { stderr } = must(stranger.eco());
  assert.not.match(stderr, /error|warning/i);
  const output = stranger.output();
  const added = [...output.keys()].filter((path) => !without.has(path));
  const clusters = [...new Set(added.flatMap((path) => /^generated\/clusters\/([^/]+)\//.exec(path)?.[1] ?? []))];
  assert.ok(clusters.length > 0);
  for (const cluster of clusters) {
    const folder = `generated/clusters/${cluster}`;
    assert.ok(added.includes(`${folder}/platform/cert-manager/values.yaml`));
    assert.ok(added.includes(`${folder}/platform/cert-manager/manifests/kinds.yaml`));
    assert.match(output.get(`${folder}/argocd/applications/platform-cert-manager.yaml`)!, /charts\.jetstack\.io/);
    assert.match(output.get(`${folder}/platform/namespaces/manifests/namespaces.yaml`)!, /name: cert-manager/);
    const services = added.filter((path) => path.startsWith(`${folder}/services/`));
    assert.ok(services.length > 0);
    for (const path of services) {
      assert.match(path, /\/manifests\/certificate\.yaml$/);
      assert.match(output.get(path)!, /issuer: acme/);
      const [, service] = /services\/([^/]+)\//.exec(path)!;
      const application = output.get(`${folder}/argocd/applications/${service}.yaml`)!;
      assert.match(application, new RegExp(`path: generated/clusters/${cluster}/services/${service}/manifests`));
    }
    assert.match(output.get(`${folder}/argocd/projects.yaml`)!, /kind: Wish/);
  }
});

test("what its pods talk with is open, and closed with a warning where it does not say", () => {
  const [path] = stranger.files("generated/clusters/*/platform/namespaces/manifests/namespaces.yaml");
  assert.match(stranger.read(path!), /name: cert-manager-webhook\n {2}namespace: cert-manager/);
  const { stderr } = changed(MODULE, "      network: NETWORK,\n", "", () => stranger.eco("--check"));
  assert.match(stderr.replace(/\s+/g, " "), /targets\/network-unsaid.*in cert-manager they reach DNS alone/);
});

test("explain knows it", () => {
  const [path] = stranger.files("generated/clusters/*/services/*/manifests/certificate.yaml");
  assert.match(must(stranger.eco("explain", path!)).stdout, /is made by the cert-manager target/);
  const { stdout } = must(stranger.eco("explain", 'extensions["cert-manager"].options.issuer'));
  assert.match(stdout, /certificate\.yaml {2}\(cert-manager\)/);
});

test("what its own kind does not allow is found before anything is written", () => {
  const { status, stderr } = changed(MODULE, "spec: { issuer, names:", "spec: { issuer: 1, names:", () =>
    stranger.eco(),
  );
  assert.is(status, 1);
  assert.match(stderr.replace(/[\s│]+/g, " "), /Wish\/?.*spec\.issuer/);
});

const BROKEN: [what: string, path: string, from: RegExp | string, to: string, says: RegExp][] = [
  [
    "a package that is not there",
    CONFIG,
    PACKAGE,
    "@acme/eco-other",
    /@acme\/eco-other cannot be loaded: .*npm install --save-dev/s,
  ],
  [
    "a module that throws",
    MODULE,
    "const ADDON",
    "throw new Error('no licence');\nconst ADDON",
    /cannot be loaded: no licence/,
  ],
  ["no target", MODULE, /export default defineTarget\(/, "export default String(", /exports no target by default/],
  [
    "another contract",
    MODULE,
    /defineTarget\(\{/,
    "((t) => ({ ...t, contract: 7 }))({",
    /was made for version 7 of the contract/,
  ],
  ["another name", CONFIG, '"cert-manager": {', "certificates: {", /exports the target cert-manager, not certificates/],
  [
    "a taken name",
    MODULE,
    'name: "cert-manager",\n  summary',
    'name: "helm",\n  summary',
    /exports the target helm, not cert-manager/,
  ],
  [
    "an error in emit",
    MODULE,
    "...topology.workloads.map",
    "...topology.nothing.map",
    /@acme\/eco-cert-manager failed in emit: /,
  ],
  ["an error in contribute", MODULE, "clusters.map((cluster)", "clusters.none.map((cluster)", /failed in contribute: /],
  [
    "an add-on that there is",
    MODULE,
    'const ADDON = "cert-manager"',
    'const ADDON = "prometheus"',
    /both have an add-on prometheus/,
  ],
  [
    "a need that nothing meets",
    MODULE,
    "  }),\n  emit:",
    '    needs: [{ word: "gateway-api", at: "name", what: "the gateway" }],\n  }),\n  emit:',
    /the gateway needs gateway-api, which nothing provides/,
  ],
];
for (const [what, path, from, to, says] of BROKEN) {
  test(`${what} is a finding`, () => {
    const { status, stderr } = changed(path, from, to, () => stranger.eco("--check"));
    assert.is(status, 1);
    assert.match(stderr.replace(/\s+/g, " "), says);
    assert.not.match(stderr, /eco-compile has a bug|^\s+at /m);
  });
}

test.run();
