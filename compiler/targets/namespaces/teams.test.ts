import { suite } from "uvu";
import * as assert from "uvu/assert";
import { topologyOf } from "../../../test/support/topology.ts";
import { base } from "../../../test/errors/base.ts";
import type { Team } from "../../config/model/teams.ts";
import type { KubernetesObject } from "../../5-emit/artifact.ts";
import { createValidator, schemasBelow } from "../../6-verify/kubernetes/index.ts";
import { PACKAGE_ROOT } from "../../package-root.ts";
import namespaces from "./index.ts";

const test = suite("namespaces: what a team may have");
const { validate } = createValidator(schemasBelow(`${PACKAGE_ROOT}schemas/crds`));
const CLUSTERS = ["test", "main"]; // of staging and production

/** The objects of a kind that are written for the team `shop`, by cluster; each fits its schema. */
function written(kind: string, shop: Partial<Team>): (KubernetesObject & { spec: Record<string, unknown> })[][] {
  const topology = topologyOf({ ...base, teams: { ...base.teams, shop: { contact: "#shop", ...shop } } });
  const { contribute, emit } = namespaces;
  const addons = contribute(topology).addons.map((addon) => ({
    ...addon,
    cluster: addon.cluster.name,
    path: `generated/clusters/${addon.cluster.name}/platform/${addon.name}`,
  }));
  const files = emit({ ...topology, platform: { ...topology.platform, addons } } as unknown as typeof topology);
  return CLUSTERS.map((cluster) => {
    const { body } = files.find(({ path }) => path.startsWith(`generated/clusters/${cluster}/`))!;
    const found = body.kind === "kubernetes" ? body.objects.filter((object) => object.kind === kind) : [];
    for (const object of found) assert.equal([validate(object), object.metadata.namespace], [[], "shop"]);
    return found as (KubernetesObject & { spec: Record<string, unknown> })[];
  });
}

const quotas = (shop: Partial<Team>) =>
  written("ResourceQuota", shop).map((all) => all.map(({ spec }) => spec["hard"]));

test("no quota, where none is said or it limits nothing", () => {
  assert.equal(
    [quotas({}), quotas({ quota: {} })],
    [
      [[], []],
      [[], []],
    ],
  );
});

test("every field of a quota, in Kubernetes' words", () => {
  const hard = {
    "requests.cpu": "20",
    "requests.memory": "64Gi",
    pods: "100",
    persistentvolumeclaims: "0",
    "requests.storage": "500Gi",
  };
  const quota = { cpu: "20", memory: "64Gi", pods: 100, volumes: 0, storage: "500Gi" } as const;
  assert.equal(quotas({ quota }), [[hard], [hard]]);
});

test("what differs in an environment and on a cluster, with the place that says so", () => {
  const shop: Partial<Team> = {
    quota: { cpu: "20", pods: 100 },
    in: { staging: { quota: { cpu: null, pods: 50 } } },
    on: { main: { quota: { cpu: "30" } } },
  };
  assert.equal(quotas(shop), [[{ pods: "50" }], [{ "requests.cpu": "30", pods: "100" }]]);
  assert.equal(
    written("ResourceQuota", shop).map(([object]) => object!.metadata.annotations!["eco-compile.dev/source"]),
    ["teams.shop.in.staging.quota", "teams.shop.on.main.quota"],
  );
});

const ranges = (shop: Partial<Team>) =>
  written("LimitRange", shop).map((all) => all.map(({ spec }) => (spec["limits"] as object[])[0]));

test("no limits, where none are said", () => {
  assert.equal(ranges({}), [[], []]);
});

const LIMITS: Record<string, [limits: Team["limits"], max: object | undefined, limit: object, request: object]> = {
  "nothing but that there are some": [
    {},
    undefined,
    { cpu: "200m", memory: "128Mi" },
    { cpu: "100m", memory: "128Mi" },
  ],
  "the most": [
    { max: { cpu: "4", memory: "8Gi" } },
    { cpu: "4", memory: "8Gi" },
    { cpu: "200m", memory: "128Mi" },
    { cpu: "100m", memory: "128Mi" },
  ],
  "less than the default": [
    { max: { cpu: "50m", memory: "64Mi" } },
    { cpu: "50m", memory: "64Mi" },
    { cpu: "50m", memory: "64Mi" },
    { cpu: "50m", memory: "64Mi" },
  ],
  "less than twice the default": [
    { max: { cpu: "1" }, default: { cpu: "750m", memory: "1Gi" } },
    { cpu: "1" },
    { cpu: "1", memory: "1Gi" },
    { cpu: "750m", memory: "1Gi" },
  ],
};
for (const [title, [limits, max, limit, request]] of Object.entries(LIMITS))
  test(`limits: ${title}`, () => {
    const expected = {
      type: "Container",
      ...(max === undefined ? {} : { max }),
      default: limit,
      defaultRequest: request,
    };
    assert.equal(ranges({ limits: limits! }), [[expected], [expected]]);
  });

test("limits that differ", () => {
  const shop: Partial<Team> = { limits: { max: { cpu: "4" } }, in: { staging: { limits: null } } };
  assert.equal(
    ranges(shop).map((all) => all.length),
    [0, 1],
  );
});

test.run();
