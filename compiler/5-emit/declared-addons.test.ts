import { suite } from "uvu";
import * as assert from "uvu/assert";
import { base } from "../../test/errors/base.ts";
import { validate } from "../2-validate/index.ts";
import type { Addon } from "../config/model/addons.ts";
import type { Ecosystem } from "../config/model/ecosystem.ts";
import type { Locked } from "../lock/choices.ts";
import { policyData } from "../policy/data.ts";
import { targets } from "../targets/registry.ts";
import { resolve } from "./contribute.ts";

const test = suite("add-ons of the config, beside those of targets");

const least: Addon = {
  chart: { repository: "https://strimzi.io/charts", name: "strimzi-kafka-operator" },
  version: "0.46.0",
  images: ["quay.io/strimzi"],
  network: {},
};
const resolved = (addon: Partial<Addon> = {}, change: Partial<Ecosystem> = {}, choices?: Locked["choices"]) =>
  resolve(
    {
      ...validate({
        config: { ...base, ...change, addons: { strimzi: { ...least, ...addon } } },
        images: {},
        tuning: undefined,
      }),
      ...(choices && { locked: { choices: { compiler: "0.1.0", ...choices }, origin: "lock" } }),
    },
    targets,
  );
const found = ({ diagnostics }: ReturnType<typeof resolved>) =>
  diagnostics.map(({ id, severity, at }) => `${severity} ${id} at ${at}`);
const placed = ({ topology }: ReturnType<typeof resolved>) =>
  topology.platform.addons.filter(({ name }) => name === "strimzi");

test("it is on its clusters, in its wave, and leads back to its entry", () => {
  const all = placed(resolved());
  assert.equal(
    all.map(({ cluster, source, target, serverSideApply, path }) => [cluster, source, target, serverSideApply, path]),
    ["main", "test"].map((cluster) => [
      cluster,
      "addons.strimzi",
      "addons",
      true,
      `generated/clusters/${cluster}/platform/strimzi`,
    ]),
  );
  assert.equal(
    placed(resolved({ clusters: ["test"], stage: "crds" })).map(({ cluster, wave }) => [cluster, wave]),
    [["test", -39]],
  );
});

test("without a word about its network it stays closed, and is found once at its entry", () => {
  const { network: _, ...silent } = least;
  const answer = resolve(
    validate({ config: { ...base, addons: { strimzi: silent } }, images: {}, tuning: undefined }),
    targets,
  );
  assert.equal(found(answer), ["warning targets/network-unsaid at addons.strimzi"]);
  assert.equal(found(resolved()), []);
});

test("what asks Prometheus needs the target that brings it", () => {
  const network: Addon["network"] = { operator: { pods: { app: "a" }, reaches: [{ to: "prometheus" }] } };
  assert.equal(found(resolved({ network })), []);
  const off = resolved({ network }, { targets: { prometheus: false } });
  assert.ok(found(off).includes("error targets/not-provided at addons.strimzi"), String(found(off)));
});

const AT = "environments.production.charts.strimzi";
const LOCKED: [what: string, addon: Partial<Addon>, locked: string | undefined, version: string, findings: string[]][] =
  [
    ["a cluster that has none", { version: "0.47.0", since: "0.46.0" }, undefined, "0.47.0", []],
    ["one that waits for its upgrade", { version: "0.47.0", since: "0.46.0" }, "0.46.0", "0.46.0", []],
    ["values that do not fit what it has", { version: "0.47.0" }, "0.46.0", "0.47.0", [`error lock/value at ${AT}`]],
    ["a version that was taken back", { version: "0.46.0" }, "0.47.0", "0.46.0", [`error lock/value at ${AT}`]],
  ];
for (const [what, addon, locked, version, findings] of LOCKED)
  test(`the version of ${what}`, () => {
    const answer = resolved(addon, {}, locked === undefined ? {} : { [AT]: locked });
    assert.is(placed(answer).find(({ cluster }) => cluster === "main")!.chart!.version, version);
    assert.equal(
      found(answer).filter((each) => each.includes("lock/value")),
      findings,
    );
    const said = answer.diagnostics.find(({ id }) => id === "lock/value")?.message;
    if (said !== undefined) assert.match(said, /for which addons\.strimzi has the values of strimzi-kafka-operator$/);
  });

const MIRRORS: Partial<Ecosystem> = {
  registries: { mirror: { "quay.io": "m.example/quay" }, on: { test: { mirror: { "quay.io": "t.example:5000/q" } } } },
};
const NAMED: [what: string, images: Addon["images"], values: object, on: [string, string[], object][]][] = [
  [
    "registry and repository",
    [{ name: "quay.io/strimzi", registry: "defaultImageRegistry", repository: "defaultImageRepository" }],
    { watchAnyNamespace: true },
    [
      [
        "main",
        ["m.example/quay/strimzi"],
        { watchAnyNamespace: true, defaultImageRegistry: "m.example", defaultImageRepository: "quay/strimzi" },
      ],
      [
        "test",
        ["t.example:5000/q/strimzi"],
        { watchAnyNamespace: true, defaultImageRegistry: "t.example:5000", defaultImageRepository: "q/strimzi" },
      ],
    ],
  ],
  [
    "all of a name, beside what else stands there, and another one that has no mirror",
    [
      { name: "ghcr.io/acme/init", repository: "init.image" },
      { name: "quay.io/strimzi/operator", repository: "image.repository" },
    ],
    { image: { tag: "v1" } },
    [
      [
        "main",
        ["ghcr.io/acme/init", "m.example/quay/strimzi/operator"],
        { image: { tag: "v1", repository: "m.example/quay/strimzi/operator" } },
      ],
    ],
  ],
  ["no value", ["quay.io/strimzi"], { a: 1 }, [["main", ["quay.io/strimzi"], { a: 1 }]]],
];
for (const [what, images, values, on] of NAMED)
  test(`with a mirror, its chart is told of ${what}`, () => {
    const all = placed(resolved({ images, values: { ...values } }, MIRRORS));
    for (const [cluster, pulled, told] of on) {
      const addon = all.find((one) => one.cluster === cluster)!;
      assert.equal(addon.images, pulled);
      assert.equal(addon.values, told);
    }
  });

/** The level of its namespace, and the policies that leave it alone there. */
const LEFT_ALONE = [
  ["restricted", ["probes"]],
  ["baseline", ["probes", "restricted-pods"]],
  ["privileged", ["host-access", "probes", "restricted-pods"]],
] as const;
for (const [level, policies] of LEFT_ALONE) {
  test(`the policies leave it alone, but for where its images are from and the level ${level}`, () => {
    const podSecurity = level === "restricted" ? {} : { podSecurity: { level, reason: "it mounts volumes of nodes" } };
    const { topology } = resolved({ namespace: "kafka-operator", ...podSecurity });
    const all = ["allowed-registries", "host-access", "probes", "restricted-pods"];
    assert.equal(
      policyData(topology, [], all).exempt_namespaces.find(({ namespace }) => namespace === "kafka-operator"),
      { namespace: "kafka-operator", reason: "pinned upstream charts of the project's own run here", policies },
    );
  });
}

test.run();
