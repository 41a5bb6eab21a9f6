import { suite } from "uvu";
import * as assert from "uvu/assert";
import { base } from "../../test/errors/base.ts";
import { compile } from "../compile.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { patchable } from "./generated/patchable.ts";

/** Unknown keys that a patch could set: the hint holds the patch, and what it says compiles. */
const test = suite("patches for unknown keys");

/** A config that tests change as they like. */
type Config = any;

const STORAGE = [{ name: "data", path: "/data", size: "1Gi" }];

/** A definition of each section, by what the rows tell apart. */
const DEFINITIONS: Record<string, (config: Config) => [family: string, name: string]> = {
  "services.* job": ({ services }) => {
    const { ports: _, probes: __, slos: ___, scaling: ____, ...job } = services.api;
    services.nightly = { ...job, kind: "job", schedule: "0 3 * * *" };
    return ["services", "nightly"];
  },
  "services.* daemon": ({ services }) => {
    const { scaling: _, slos: __, ...agent } = services.api;
    services.agent = { ...agent, kind: "daemon" };
    return ["services", "agent"];
  },
  "services.* stateful": ({ services }) => {
    const { slos: _, ...store } = services.api;
    services.store = { ...store, kind: "stateful", storage: STORAGE };
    return ["services", "store"];
  },
  "externals.* ": (config) => {
    config.externals = { orders: { host: "orders.example.com", port: 443, protocol: "https" } };
    config.services.api.dependsOn = [{ external: "orders" }];
    return ["externals", "orders"];
  },
  "teams.* ": ({ teams }) => ["teams", Object.keys(teams)[0]!],
  "clusters.* false": ({ clusters }) => ["clusters", Object.keys(clusters)[0]!],
};

/** A good value of each key, as its object takes it. */
const VALUES: Record<string, unknown> = {
  clusterResourceBlacklist: [{ group: "*", kind: "Namespace" }],
  completions: 3,
  destinationServiceAccounts: [{ server: "*", defaultServiceAccount: "deployer" }],
  endpoints: [{ address: "orders-2.example.com" }],
  failedJobsHistoryLimit: 2,
  fieldEnv: { POD_IP: "status.podIP" },
  log_retention_days: 30,
  namespaceResourceBlacklist: [{ group: "", kind: "ResourceQuota" }],
  orphanedResources: { warn: true },
  parallelism: 2,
  permitOnlyProjectScopedClusters: false,
  persistentVolumeClaimRetentionPolicy: { whenDeleted: "Retain", whenScaled: "Retain" },
  publishNotReadyAddresses: true,
  roles: [{ name: "reader", policies: ["p, proj:crew:reader, applications, get, crew/*, allow"] }],
  signatureKeys: [{ keyID: "4AEE18F83AFDEB23" }],
  sourceNamespaces: ["argocd"],
  subjectAltNames: ["orders.example.com"],
  successfulJobsHistoryLimit: 2,
  suspend: true,
  syncWindows: [{ kind: "deny", schedule: "0 22 * * *", duration: "8h", applications: ["*"] }],
  updateStrategy: { type: "OnDelete" },
  workloadSelector: { labels: { app: "orders" } },
  workload_identities: {},
};

const copy = (): Config => JSON.parse(JSON.stringify(base));

async function findings(config: Config): Promise<readonly Diagnostic[]> {
  const digests = Object.fromEntries(
    Object.keys(config.environments).map((name) => [name, `sha256:${"1".repeat(64)}`]),
  );
  const images = Object.fromEntries(Object.keys(config.services).map((name) => [name, digests]));
  const { diagnostics } = await compile({ root: "/nowhere", mode: "emit", inputs: { config, images } });
  return diagnostics.filter(({ severity }) => severity === "error");
}

/** The patches that a hint holds, as somebody pastes them. */
const pasted = (hint: string): unknown[] =>
  new Function(`return { ${/patches: \[.*\]$/s.exec(hint)![0]} }.patches`)() as unknown[];

test("the configs that the patches are tried on are sound", async () => {
  for (const prepare of Object.values(DEFINITIONS)) {
    const config = copy();
    prepare(config);
    assert.equal(
      (await findings(config)).map(({ id, message }) => `${id} ${message}`),
      [],
    );
  }
});

test("every key of every row has a definition and a value to try it with", () => {
  assert.equal(
    [
      ...new Set(patchable.map(({ section, only }) => `${section} ${only === undefined ? "" : String(only.value)}`)),
    ].sort(),
    Object.keys(DEFINITIONS).sort(),
  );
  assert.equal([...new Set(patchable.flatMap(({ keys }) => Object.keys(keys)))].sort(), Object.keys(VALUES).sort());
});

for (const row of patchable) {
  const { section, only, kind, keys } = row;
  for (const key of Object.keys(keys)) {
    test(`${section}${only === undefined ? "" : ` (${only.field} ${String(only.value)})`}: ${key} of ${kind}`, async () => {
      const config = copy();
      const [family, name] = DEFINITIONS[`${section} ${only === undefined ? "" : String(only.value)}`]!(config);
      config[family][name][key] = VALUES[key];
      const [finding, ...others] = await findings(config);
      assert.equal(others, []);
      assert.is(finding!.id, "schema/unknown-key");
      assert.match(finding!.hint!, "the config has no word for it, and a patch can set it: patches: [{ target: ");
      delete config[family][name][key];
      const patches = pasted(finding!.hint!);
      assert.is(JSON.stringify(patches).includes(JSON.stringify(VALUES[key])), true, "it sets what was asked for");
      assert.equal(
        (await findings({ ...config, patches })).map(({ id, message }) => `${id} ${message}`),
        [],
      );
    });
  }
}

/** A stateful service, which is added. */
function storeIn(config: Config): Config {
  DEFINITIONS["services.* stateful"]!(config);
  return config.services.store;
}

/** Unknown keys, and the hint that they get. */
const CASES: [what: string, change: (config: Config) => void, hint: string | RegExp | undefined][] = [
  [
    "as an object writes it",
    (config) => (storeIn(config).updateStrategy = { type: "OnDelete" }),
    'the config has no word for it, and a patch can set it: patches: [{ target: "helm", kind: "Values", name: "store", merge: { updateStrategy: { type: "OnDelete" } } }]',
  ],
  [
    "as the config would write what Terraform has",
    ({ clusters }) => (Object.values<Config>(clusters)[0].logRetentionDays = 30),
    /kind: "Terraform", name: "\w+\/\w+", merge: \{ module: \{ cluster: \{ log_retention_days: 30 \} \} \} \}\]$/,
  ],
  [
    "keys that are no names are quoted",
    (config) => (storeIn(config).updateStrategy = { "a.b/c": "x" }),
    /updateStrategy: \{ "a\.b\/c": "x" \}/,
  ],
  ["of another type than the object takes", (config) => (storeIn(config).updateStrategy = "ssd"), /^known here: /],
  ["of another kind of service", ({ services }) => (services.api.parallelism = 2), /^known here: /],
  ["what has another word", ({ services }) => (services.api.replicas = 3), "here that is said by `scaling`"],
  ["what no object has", ({ services }) => (services.api.updateStrategies = { type: "OnDelete" }), /^known here: /],
  [
    "a misspelt key of the config",
    ({ services }) => (services.api.scalling = { min: 2, max: 3 }),
    'did you mean "scaling"?',
  ],
  [
    "deeper than a definition",
    ({ services }) => (services.api.scaling = { min: 2, max: 3, updateStrategy: {} }),
    /^known here: |^did you mean/,
  ],
  ["beside the definitions", (config) => (config.updateStrategy = { type: "OnDelete" }), /^known here: /],
  [
    "of a target that is off",
    (config) => {
      config.targets = { helm: false };
      storeIn(config).updateStrategy = { type: "OnDelete" };
    },
    /^known here: /,
  ],
  [
    "of a cluster that was there before",
    ({ clusters }) => Object.assign(Object.values<Config>(clusters)[0], { existing: true, log_retention_days: 30 }),
    /^known here: /,
  ],
  [
    "a long value is not repeated",
    (config) => (storeIn(config).updateStrategy = { disk: "x".repeat(400) }),
    /updateStrategy: \/\* what stands here \*\/ \} \}\]$/,
  ],
  [
    "nor is a secret",
    (config) => (storeIn(config).updateStrategy = { token: "ghp_aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5" }),
    /updateStrategy: \/\* what stands here \*\/ \} \}\]$/,
  ],
];
for (const [what, change, hint] of CASES) {
  test(`a hint for ${what}`, async () => {
    const config = copy();
    change(config);
    const found = (await findings(config)).filter(({ id }) => id === "schema/unknown-key");
    assert.is(found.length, 1);
    if (typeof hint === "string") assert.is(found[0]!.hint, hint);
    else assert.match(found[0]!.hint!, hint!);
  });
}

test.run();
