import { loadAll } from "js-yaml";
import { REF, type Schema } from "./schema.ts";

interface CustomResourceDefinition {
  kind?: string;
  spec: {
    group: string;
    names: { kind: string };
    versions: { name: string; served: boolean; schema?: { openAPIV3Schema?: Schema } }[];
  };
}

/** The schemas in a file of CustomResourceDefinitions, by `<apiVersion> <Kind>`. */
export function customResourceSchemas(yaml: string): Map<string, Schema> {
  const schemas = new Map<string, Schema>();
  for (const document of loadAll(yaml) as (CustomResourceDefinition | null)[]) {
    if (document?.kind !== "CustomResourceDefinition") continue;
    const { group, names, versions } = document.spec;
    for (const { name, served, schema } of versions) {
      if (served && schema?.openAPIV3Schema) schemas.set(`${group}/${name} ${names.kind}`, schema.openAPIV3Schema);
    }
  }
  return schemas;
}

const OBJECT_META = `${REF}io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta`;

/**
 * The root of every object, native or custom: apiVersion and kind are fixed, metadata is ObjectMeta whatever a CRD says of it, and
 * status belongs to the controller, so that an author who writes one is told.
 */
export function objectSchema(apiVersion: string, kind: string, schema: Schema): Schema {
  const { status: _, ...fields } = schema.properties ?? {};
  return {
    ...schema,
    type: "object",
    required: [...new Set(["apiVersion", "kind", "metadata", ...(schema.required ?? []).filter((name) => name !== "status")])],
    properties: { ...fields, apiVersion: { enum: [apiVersion] }, kind: { enum: [kind] }, metadata: { $ref: OBJECT_META } },
  };
}
