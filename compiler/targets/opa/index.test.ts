import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { packageLibrary } from "../../1-load/package-library.ts";
import { clusterParameters, type PolicyData } from "../../policy/parameters.ts";
import { everything } from "../../../scripts/everything/everything.ts";
import type { Ecosystem } from "../../config/model/ecosystem.ts";
import { PACKAGE_ROOT } from "../../package-root.ts";
import { withoutAddons } from "../../../test/support/emit.ts";
import { base } from "../../../test/errors/base.ts";
import { projectTopology, topologyOf } from "../../../test/support/topology.ts";
import type { Topology } from "../../topology/index.ts";
import target from "./index.ts";

const library = packageLibrary(PACKAGE_ROOT);
const everywhere: Ecosystem = { ...everything, targets: { "argo-cd": everything.targets!["argo-cd"]! } };

/** What the target writes, by path. */
function emit(topology: Topology): {
  files: Map<string, any>;
  data: PolicyData;
  objects: (cluster: string, file: string) => any[];
} {
  const files = new Map<string, any>(
    target.emit(topology, undefined as never, library).map(({ path, body }) => [path, body]),
  );
  return {
    files,
    data: files.get("generated/policies/data.json").data.eco as PolicyData,
    objects: (cluster, file) =>
      files.get(`generated/clusters/${cluster}/platform/gatekeeper-policies/manifests/${file}.yaml`)?.objects ?? [],
  };
}

for (const [title, topology] of Object.entries({
  "the reference ecosystem": () => projectTopology(),
  "the ecosystem that writes everything": async () => topologyOf(everywhere),
})) {
  test(`${title}: the data have the form that both sides agreed on`, async () => {
    const schema = JSON.parse(
      readFileSync(new URL("../../../schemas/runtime/policy-data.schema.json", import.meta.url), "utf8"),
    ) as object;
    const holds = new Ajv({ allErrors: true, strict: false }).compile(schema);
    const { data } = emit(await topology());
    holds({ eco: data });
    assert.equal(holds.errors ?? [], []);
  });

  test(`${title}: every cluster has each template once, and a constraint of its kind with what the data say of the cluster`, async () => {
    const resolved = await topology();
    const { data, objects } = emit(resolved);
    const shipped = (
      JSON.parse(library.read("policies/dist/constraint-templates.json")) as {
        templates: { policy: string; kind: string; parameters: string[] }[];
      }
    ).templates;
    for (const { name } of resolved.clusters) {
      const [templates, constraints] = [objects(name, "templates"), objects(name, "constraints")];
      assert.equal(
        templates.map(({ spec }) => spec.crd.spec.names.kind),
        shipped.map(({ kind }) => kind),
      );
      assert.equal(
        constraints.map(({ kind, metadata }) => [kind, metadata.name]),
        shipped.map(({ kind, policy }) => [kind, policy]),
      );
      const parameters = clusterParameters(data, name) as Record<string, unknown>;
      for (const [index, { spec }] of constraints.entries()) {
        assert.equal(
          spec.parameters ?? {},
          JSON.parse(
            JSON.stringify(
              Object.fromEntries(shipped[index]!.parameters.map((parameter) => [parameter, parameters[parameter]])),
            ),
          ),
          `${name} ${shipped[index]!.policy}`,
        );
      }
    }
  });
}

test("templates come before the constraints that they make possible, which wait for them", () => {
  const { objects } = emit(topologyOf(everywhere));
  const annotations = (file: string) => objects("gke", file).map(({ metadata }) => metadata.annotations);
  assert.ok(annotations("templates").every((annotation) => annotation["argocd.argoproj.io/sync-wave"] === "0"));
  assert.ok(
    annotations("constraints").every(
      (annotation) =>
        annotation["argocd.argoproj.io/sync-wave"] === "1" &&
        annotation["argocd.argoproj.io/sync-options"] === "SkipDryRunOnMissingResource=true",
    ),
  );
  assert.ok(
    [...annotations("templates"), ...annotations("constraints")].every(
      (annotation) => annotation["eco-compile.dev/source"] === "security.policies",
    ),
  );
});

test("a policy that is a warning denies nothing, and one that is off is not asked", () => {
  const { objects } = emit(
    topologyOf({
      ...everywhere,
      checks: { "policy/probes": "warning", "policy/resources": "off" },
      security: { ...everywhere.security, policies: { enforcement: "deny" } },
    }),
  );
  const actions = new Map(
    objects("gke", "constraints").map(({ metadata, spec }) => [metadata.name, spec.enforcementAction]),
  );
  assert.is(actions.get("probes"), "warn");
  assert.not.ok(actions.has("resources"));
  assert.is(actions.get("host-access"), "deny");
});

test("how strict admission is, is the config's; system namespaces and exempt ones are left alone", () => {
  const strictness = (enforcement: "dryrun" | "warn" | "deny" | undefined) => {
    const { objects } = emit(
      topologyOf({
        ...everywhere,
        checks: {},
        security: { ...everywhere.security, policies: { ...everywhere.security.policies, enforcement } },
      }),
    );
    return [...new Set(objects("gke", "constraints").map(({ spec }) => spec.enforcementAction))];
  };
  assert.equal([strictness(undefined), strictness("warn"), strictness("deny")], [["dryrun"], ["warn"], ["deny"]]);
  const { objects } = emit(topologyOf(everywhere));
  for (const { spec, metadata } of objects("gke", "constraints")) {
    for (const namespace of ["kube-system", "gatekeeper-system", "attic", "legacy"])
      assert.ok(spec.match.excludedNamespaces.includes(namespace), `${metadata.name} ${namespace}`);
    assert.not.ok(spec.match.excludedNamespaces.includes("crew-apps"), metadata.name);
  }
});

test("namespaces of upstream charts are left alone altogether, where the catalogue installs them", () => {
  const { data } = emit(topologyOf(everywhere));
  const exempt = ({ exempt_namespaces }: typeof data) =>
    exempt_namespaces.filter(({ namespace }) => namespace === "chaos-mesh").map(({ policies }) => policies ?? "all");
  const topology = topologyOf(everywhere);
  const without = withoutAddons(topology, (name) => name === "chaos-mesh");
  assert.equal(exempt(data), ["all"]);
  assert.equal(exempt(emit(without).data), [["host-access", "restricted-pods"]]);
});

test("only the last environment demands digests, and only declared endpoints are public", () => {
  const { data } = emit(topologyOf(everywhere));
  assert.equal(
    ["gke", "eks", "aks"].map((cluster) => clusterParameters(data, cluster).digest_required),
    [true, false, false],
  );
  assert.equal(clusterParameters(data, "gke").public_endpoints, [
    { kind: "Cluster", name: "gke" },
    { kind: "Gateway", namespace: "crew-apps", name: "mirrored", hosts: ["mirrored.example"] },
    { kind: "Gateway", namespace: "crew-apps", name: "web", hosts: ["web.example"] },
  ]);
  assert.equal(clusterParameters(data, "eks").public_endpoints, [
    { kind: "Gateway", namespace: "crew-apps", name: "mirrored", hosts: ["trial.mirrored.example"] },
    { kind: "Gateway", namespace: "crew-apps", name: "web", hosts: ["web.example"] },
  ]);
});

test("the accounts that may have a token are those of services that call the API server, where they do", () => {
  const api = { ...base.services.api!, on: { main: { apiAccess: true } } };
  const { data } = emit(topologyOf({ ...base, services: { ...base.services, api } }));
  assert.equal(clusterParameters(data, "main").token_accounts, [{ namespace: "shop", name: "api" }]);
  assert.equal(clusterParameters(data, "test").token_accounts, []);
});

test("a cluster without Gatekeeper gets no objects of it", () => {
  const bare = withoutAddons(topologyOf(everywhere), (_, cluster) => cluster === "eks");
  const { objects } = emit(bare);
  assert.equal([objects("eks", "templates"), objects("eks", "constraints")], [[], []]);
  assert.ok(objects("gke", "constraints").length > 0);
});

test("a vendored library brings the policies along, without their tests; in the repository they stay where they are", () => {
  const paths = (kind: "vendored" | "in-repo") =>
    [...emit(topologyOf({ ...everywhere, library: kind })).files.keys()].filter((path) =>
      path.startsWith("generated/lib/"),
    );
  assert.equal(paths("in-repo"), []);
  const vendored = paths("vendored");
  assert.ok(vendored.some((path) => path.startsWith("generated/lib/policies/") && path.endsWith(".rego")));
  assert.equal(
    vendored.filter((path) => !path.startsWith("generated/lib/policies/") || path.includes("_test.rego")),
    [],
  );
});

test.run();
