import { suite } from "uvu";
import * as assert from "uvu/assert";
import { everything } from "../../../scripts/everything/everything.ts";
import { topologyOf } from "../../../test/support/topology.ts";
import { canary, rolling } from "../../config/define.ts";
import type { Service } from "../../config/model/services.ts";
import { createValidator, schemasBelow } from "../../6-verify/kubernetes/index.ts";
import { PACKAGE_ROOT } from "../../package-root.ts";
import target from "./index.ts";

const test = suite("vertical-pod-autoscaler");
const { validate } = createValidator(schemasBelow(`${PACKAGE_ROOT}schemas/crds`));

const served: Service = { ...everything.services["inline-swap"]!, slos: [], rollout: rolling(), placement: "all" };
const { ports: _, probes: __, scaling: ___, rollout: ____, ...bare } = served;
const asked = { resources: { recommend: true } };

/** What is emitted and contributed where these services, and no others, are asked to be recommended for. */
function outputOf(services: Record<string, object>) {
  const silent = Object.fromEntries(
    Object.entries(everything.services).map(([name, service]) => [
      name,
      { ...service, resources: { ...service.resources, recommend: false } },
    ]),
  );
  const topology = topologyOf({ ...everything, services: { ...silent, ...services } as typeof everything.services });
  const objects = target.emit(topology).flatMap(({ path, body }) =>
    (body.kind === "kubernetes" ? body.objects : []).map((object) => {
      assert.equal(validate(object), []);
      return { path, ...(object as unknown as { metadata: { name: string }; spec: { targetRef: object } }) };
    }),
  );
  return { objects, addons: target.contribute(topology).addons ?? [], topology };
}

const TARGETS: [string, object, object][] = [
  ["a service", served, { apiVersion: "apps/v1", kind: "Deployment", name: "one" }],
  [
    "a progressive one",
    { ...served, rollout: canary({ steps: [{ weight: 20, pause: "1m" }] }) },
    { apiVersion: "argoproj.io/v1alpha1", kind: "Rollout", name: "one" },
  ],
  [
    "a stateful one",
    { ...served, kind: "stateful", scaling: { min: 1, max: 1 } },
    { apiVersion: "apps/v1", kind: "StatefulSet", name: "one" },
  ],
  [
    "a daemon",
    { ...served, kind: "daemon", scaling: undefined },
    { apiVersion: "apps/v1", kind: "DaemonSet", name: "one" },
  ],
  ["a job", { ...bare, kind: "job", schedule: "0 3 * * *" }, { apiVersion: "batch/v1", kind: "CronJob", name: "one" }],
];
for (const [what, service, targetRef] of TARGETS) {
  test(`${what}: recommended for what its pods belong to, and never applied`, () => {
    const { objects } = outputOf({ one: { ...service, ...asked } });
    const here = objects.filter(
      ({ path }) => path === "generated/clusters/gke/services/one/manifests/recommendation.yaml",
    );
    assert.equal(
      here.map(({ spec }) => spec),
      [{ targetRef, updatePolicy: { updateMode: "Off" } }],
    );
  });
}

test("nobody asks: no object, no add-on", () => {
  const { objects, addons } = outputOf({ one: served });
  assert.equal([objects, addons], [[], []]);
});

test("a job that runs once has none", () =>
  assert.equal(outputOf({ one: { ...bare, kind: "job", ...asked } }).objects, []));

test("the recommender comes to the clusters of AWS alone, and to those where it is asked", () => {
  const clusters = (services: Record<string, object>) => {
    const { addons, topology } = outputOf(services);
    return addons.map(({ cluster, values }) => {
      const { admissionController, updater } = values as Record<string, { enabled?: boolean }>;
      assert.equal([admissionController!.enabled, updater!.enabled], [false, false], "nothing that changes pods");
      return topology.clusters.find(({ name }) => name === cluster.name)!.cloudKind;
    });
  };
  assert.equal(clusters({ one: { ...served, ...asked } }), ["aws"]);
  assert.equal(clusters({ one: { ...served, ...asked, placement: { clusters: ["gke"] } } }), []);
});

test.run();
