import { suite } from "uvu";
import * as assert from "uvu/assert";
import { withoutAddons } from "../../../test/support/emit.ts";
import { projectTopology } from "../../../test/support/topology.ts";
import { UNASKED } from "../../../test/support/unasked.ts";
import type { KubernetesObject } from "../../5-emit/artifact.ts";
import { createValidator, schemasBelow } from "../../6-verify/kubernetes/index.ts";
import type { Security } from "../../topology/security.ts";
import type { Topology } from "../../topology/index.ts";
import type { Workload } from "../../topology/workloads.ts";
import { PACKAGE_ROOT } from "../../package-root.ts";
import istio from "./index.ts";

const test = suite("istio");
const topology = await projectTopology();

const withMesh = (mesh: Partial<Security["mesh"]>): Topology => ({
  ...topology,
  security: { ...topology.security, mesh: { ...topology.security.mesh, ...mesh } },
});
const objectsOf = (given: Topology): KubernetesObject[] =>
  istio.emit(given).flatMap(({ body }) => (body.kind === "kubernetes" ? body.objects : []));

test("every cluster with the mesh has one, in the folder of the add-on after istiod", () => {
  assert.equal(
    istio.emit(topology).map(({ path }) => path),
    topology.clusters.map(
      ({ name }) => `generated/clusters/${name}/platform/istio-policies/manifests/peer-authentication.yaml`,
    ),
  );
  assert.equal(istio.emit(withoutAddons(topology, (name) => name === "istio-policies")), []);
});

const MODES: [Security["mesh"]["mtls"], string][] = [
  ["strict", "STRICT"],
  ["permissive", "PERMISSIVE"],
];
for (const [mtls, mode] of MODES) {
  test(`${mtls}: for the whole mesh, on every port`, () => {
    const { validate } = createValidator(schemasBelow(`${PACKAGE_ROOT}schemas/crds`));
    for (const object of objectsOf(withMesh({ mtls }))) {
      assert.equal(validate(object), []);
      const { name, namespace, annotations } = object.metadata;
      assert.equal(
        [name, namespace, annotations!["eco-compile.dev/source"]],
        ["default", "istio-system", "security.mesh.mtls"],
      );
      assert.equal((object as unknown as { spec: object }).spec, { mtls: { mode } });
    }
  });
}

/** Findings where `caller` depends on `called`, each in the mesh or not. */
function findings(
  caller: Partial<Workload>,
  called: Partial<Workload>,
  given: Topology = withMesh({ mtls: "strict" }),
) {
  const change: Record<string, Partial<Workload>> = { storefront: caller, checkout: called };
  const workloads = given.workloads
    .filter(({ name }) => name in change)
    .map((workload) => ({ ...workload, ...change[workload.name] }));
  return [...istio.checks[0]!.run({ ...given, workloads }, UNASKED)];
}
const storefront = topology.workloads.find(({ name }) => name === "storefront")!;
const elsewhere = storefront.dependsOn.map(({ peer: _, ...dependency }) => dependency);

test("plain-caller: once per dependency, although both run on three clusters", () => {
  const found = findings({ meshed: false, kind: "job" }, { meshed: true });
  assert.equal(
    found.map(({ at }) => at),
    ["services.storefront.dependsOn[0]"],
  );
  assert.match(found[0]!.message, 'storefront is outside the mesh (kind: "job")');
});

const FINE: [string, Partial<Workload>, Partial<Workload>, Topology?][] = [
  ["both are in the mesh", { meshed: true }, { meshed: true }],
  ["the called one is outside: its callers see that", { meshed: true }, { meshed: false }],
  ["both are outside", { meshed: false }, { meshed: false }],
  ["the called one does not run beside it", { meshed: false, dependsOn: elsewhere }, { meshed: true }],
  ["permissive lets plain text in", { meshed: false }, { meshed: true }, withMesh({ mtls: "permissive" })],
];
for (const [what, caller, called, given] of FINE) {
  test(`plain-caller: nothing where ${what}`, () => assert.equal(findings(caller, called, given), []));
}

test.run();
