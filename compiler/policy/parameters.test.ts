import { suite } from "uvu";
import * as assert from "uvu/assert";
import { DATA } from "../../lab/conformance/opa/cases.ts";
import { constraintSpec } from "./constraint.ts";
import { clusterParameters } from "./parameters.ts";

const test = suite("parameters of policies");

const entry = (policy: string, parameters: string[]) => ({
  policy,
  kind: "Eco",
  match: [{ apiGroups: [""], kinds: ["Pod"] }],
  parameters,
  template: { apiVersion: "templates.gatekeeper.sh/v1", kind: "ConstraintTemplate", metadata: { name: "eco" } },
});

test("a layer overrides the more general ones", () => {
  assert.is(clusterParameters(DATA, "live").digest_required, true);
  assert.is(clusterParameters(DATA, "try").digest_required, false);
  assert.equal(clusterParameters(DATA, "try").allowed_regions, ["eu-west-3"]);
  assert.is(clusterParameters(DATA, "live").public_endpoints?.length, 2);
});

test("an unknown cluster is a mistake of the caller", () => {
  assert.throws(() => clusterParameters(DATA, "elsewhere"), /no cluster elsewhere/);
});

test("a constraint gets the policy's own parameters and exemptions", () => {
  assert.equal(constraintSpec(DATA, "live", entry("allowed-registries", ["allowed_registries"]), "dryrun"), {
    enforcementAction: "dryrun",
    match: { kinds: [{ apiGroups: [""], kinds: ["Pod"] }], excludedNamespaces: ["kube-*"] },
    parameters: { allowed_registries: ["ghcr.io/acme/", "docker.io/library/redis"] },
  });
  assert.equal(constraintSpec(DATA, "live", entry("host-access", []), "deny"), {
    enforcementAction: "deny",
    match: { kinds: [{ apiGroups: [""], kinds: ["Pod"] }], excludedNamespaces: ["chaos-mesh", "kube-*"] },
  });
});

test("no exemptions are no field", () => {
  assert.not(
    "excludedNamespaces" in
      constraintSpec({ ...DATA, exempt_namespaces: [] }, "live", entry("host-access", []), "deny").match,
  );
});

test.run();
