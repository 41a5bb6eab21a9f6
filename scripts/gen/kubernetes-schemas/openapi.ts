import type { Resource } from "./custom-resources.ts";
import type { Definitions, Schema } from "./schema.ts";
import { REF } from "./schema.ts";

/** The parts of Kubernetes' published OpenAPI v2 document that matter here. */
interface OpenApiDocument {
  definitions: Definitions;
  paths: Record<string, { post?: { "x-kubernetes-group-version-kind"?: GroupVersionKind } }>;
}

interface GroupVersionKind {
  group: string;
  version: string;
  kind: string;
}

/** Kubernetes' api/openapi-spec/swagger.json, with the values of enumerations put in (see go-enums.ts). */
export function openApi(swagger: string, enums: ReadonlyMap<string, readonly string[]>): OpenApiDocument {
  const { definitions, paths } = JSON.parse(swagger) as OpenApiDocument;
  for (const [field, values] of enums) {
    const [definition, name] = field.split("#") as [string, string];
    const property = definitions[definition]?.properties?.[name];
    if (!property) continue;
    if (property.items) property.items = { ...property.items, enum: [...values] };
    else property.enum = [...values];
  }
  return { definitions: { ...definitions, ...SPECIAL }, paths };
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

/** Each kind that has a schema of its own, by `<apiVersion> <Kind>`. */
export function kubernetesResources({ definitions, paths }: OpenApiDocument): Map<string, Resource> {
  const namespaced = new Set<string>();
  for (const [path, { post }] of Object.entries(paths)) {
    const kind = post?.["x-kubernetes-group-version-kind"];
    if (kind && path.includes("/namespaces/{namespace}/")) namespaced.add(nameOf(kind));
  }
  const resources = new Map<string, Resource>();
  for (const schema of Object.values(definitions)) {
    const [only, ...more] = (schema["x-kubernetes-group-version-kind"] ?? []) as GroupVersionKind[];
    if (!only || more.length > 0) continue; // DeleteOptions and the like belong to every group
    resources.set(nameOf(only), { schema, scope: namespaced.has(nameOf(only)) ? "Namespaced" : "Cluster" });
  }
  return resources;
}

const nameOf = ({ group, version, kind }: GroupVersionKind): string => `${group ? `${group}/` : ""}${version} ${kind}`;

/** A reference to a type of k8s.io/api, as `core.v1.Affinity`. */
export const definition = (name: string): Schema => ({ $ref: `${REF}io.k8s.api.${name}` });
