import { suite } from "uvu";
import * as assert from "uvu/assert";
import { withoutAddons } from "../../../test/support/emit.ts";
import { everything } from "../../../scripts/everything/everything.ts";
import type { Ecosystem } from "../../config/model/ecosystem.ts";
import type { Service } from "../../config/model/services.ts";
import { projectTopology, topologyOf } from "../../../test/support/topology.ts";
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

test("what is outside is told to the mesh where a sidecar calls it", () => {
  const entries = (cluster: string, externals: Ecosystem["externals"], services: Record<string, object>) => {
    const resolved = topologyOf({
      ...everything,
      externals: { ...everything.externals, ...externals },
      services: {
        ...everything.services,
        ...Object.fromEntries(
          Object.entries(services).map(([name, fields]) => [
            name,
            { ...everything.services["inline"]!, placement: "all", ...fields } as Service,
          ]),
        ),
      },
    });
    const file = istio
      .emit(resolved)
      .find(({ path }) => path.endsWith(`${cluster}/platform/istio-policies/manifests/externals.yaml`));
    const objects = file?.body.kind === "kubernetes" ? file.body.objects : [];
    const { validate } = createValidator(schemasBelow(`${PACKAGE_ROOT}schemas/crds`));
    for (const object of objects) assert.equal(validate(object), []);
    return objects.map((object) => ({ name: object.metadata.name, ...(object as unknown as { spec: object }).spec }));
  };
  const added = {
    api: { host: "api.example.org", port: 443, protocol: "https" },
    api2: { host: "api.example.org", port: 8080, protocol: "grpc" },
    named: { host: "db.example.org", port: 5432 },
    mixed: { host: "mixed.example.org", addresses: ["10.1.2.0/24", "10.1.3.4"], port: 5432 },
    mixed2: { host: "mixed.example.org", port: 8443, protocol: "https" },
    bare: { host: "10.1.9.9", port: 443, protocol: "https" },
    unused: { host: "unused.example.org", port: 443, protocol: "https" },
  } as const satisfies Ecosystem["externals"];
  const all = ["api", "api2", "named", "mixed", "mixed2", "bare"].map((external) => ({ external }));
  const found = entries("gke", added, {
    caller: { dependsOn: all },
    other: {
      team: "crew",
      kind: "job",
      ports: {},
      probes: {},
      rollout: undefined,
      slos: [],
      dependsOn: [{ external: "unused" }],
    },
  });
  const own = found.filter(({ name }) => name in added);
  const common = { exportTo: ["crew-apps"], location: "MESH_EXTERNAL" };
  assert.equal(own, [
    {
      name: "api",
      hosts: ["api.example.org"],
      ...common,
      resolution: "DNS",
      ports: [
        { number: 443, name: "tls-443", protocol: "TLS" },
        { number: 8080, name: "grpc-8080", protocol: "GRPC" },
      ],
    },
    {
      name: "bare",
      hosts: ["bare.external"],
      addresses: ["10.1.9.9/32"],
      ...common,
      resolution: "NONE",
      ports: [{ number: 443, name: "tcp-443", protocol: "TCP" }],
    },
    {
      name: "mixed",
      hosts: ["mixed.example.org"],
      addresses: ["10.1.2.0/24", "10.1.3.4/32"],
      ...common,
      resolution: "NONE",
      ports: [
        { number: 5432, name: "tcp-5432", protocol: "TCP" },
        { number: 8443, name: "tls-8443", protocol: "TLS" },
      ],
    },
  ]);
});

test("where nothing is called outside, nothing is told", () =>
  assert.equal(
    istio.emit(topology).filter(({ path }) => path.endsWith("externals.yaml")),
    [],
  ));

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
