/**
 * A test peer for what Gatekeeper's controller does with a ConstraintTemplate: it makes the CRD of the template's
 * constraints, after CreateCRD and CreateSchema in pkg/client/crds of
 * github.com/open-policy-agent/frameworks/constraint. For control planes on which Gatekeeper does not run.
 */
import type { Data, KubernetesObject } from "./client.ts";
import { definition } from "./crds.ts";
import { structuralSchema, type Structural } from "./structural.ts";

export function constraintDefinition(template: KubernetesObject): KubernetesObject {
  const { crd } = template["spec"] as Data;
  const { kind } = crd.spec.names;
  const { properties } = structuralSchema("constraints.gatekeeper.sh/v1beta1/Constraint.json") as {
    properties: { spec: { properties: object } };
  };
  const parameters: Structural = crd.spec.validation?.openAPIV3Schema ?? {
    type: "object",
    "x-kubernetes-preserve-unknown-fields": true,
  };
  const spec = { ...properties.spec, properties: { ...properties.spec.properties, parameters } };
  return definition(
    "constraints.gatekeeper.sh",
    ["v1beta1", "v1alpha1"],
    { kind, plural: kind.toLowerCase(), scope: "Cluster" },
    { type: "object", properties: { spec } },
  );
}
