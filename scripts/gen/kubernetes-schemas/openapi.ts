import type { Definitions, Schema } from "./schema.ts";
import { REF } from "./schema.ts";

/** The parts of Kubernetes' published OpenAPI v2 document that matter here. */
interface OpenApiDocument {
  definitions: Definitions;
}

interface GroupVersionKind {
  group: string;
  version: string;
  kind: string;
}

/** The definitions of api/openapi-spec/swagger.json, with the values of enumerations put in (see go-enums.ts). */
export function kubernetesDefinitions(swagger: string, enums: ReadonlyMap<string, readonly string[]>): Definitions {
  const { definitions } = JSON.parse(swagger) as OpenApiDocument;
  for (const [field, values] of enums) {
    const [definition, name] = field.split("#") as [string, string];
    const property = definitions[definition]?.properties?.[name];
    if (!property) continue;
    if (property.items) property.items = { ...property.items, enum: [...values] };
    else property.enum = [...values];
  }
  return { ...definitions, ...SPECIAL };
}

/** Types whose Go marshalling says more than their published schema. */
const SPECIAL: Definitions = {
  "io.k8s.apimachinery.pkg.api.resource.Quantity": { type: ["string", "number"], format: "quantity" },
  "io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1": { type: "object", "x-kubernetes-preserve-unknown-fields": true },
  "io.k8s.apimachinery.pkg.runtime.RawExtension": { type: "object", "x-kubernetes-preserve-unknown-fields": true },
  // "JSON represents any valid JSON value": defaults, examples and enums of a CRD's own schema.
  "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON": {},
  // A schema or a boolean, or for items a schema or a list; the published type is empty.
  "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrBool": {},
  "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrArray": {},
  "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrStringArray": {},
};

/** The definition of each kind that has one, by `<apiVersion> <Kind>`. */
export function kubernetesKinds(definitions: Definitions): Map<string, Schema> {
  const kinds = new Map<string, Schema>();
  for (const [name, definition] of Object.entries(definitions)) {
    const [only, ...more] = (definition["x-kubernetes-group-version-kind"] ?? []) as GroupVersionKind[];
    if (!only || more.length > 0) continue; // DeleteOptions and the like belong to every group
    const apiVersion = only.group ? `${only.group}/${only.version}` : only.version;
    kinds.set(`${apiVersion} ${only.kind}`, definitions[name]!);
  }
  return kinds;
}

export const definition = (name: string): Schema => ({ $ref: `${REF}io.k8s.api.${name}` });
