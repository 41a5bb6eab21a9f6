import { loadAll } from "js-yaml";
import { REF, type Schema } from "./schema.ts";

type Scope = "Cluster" | "Namespaced";

/** What a source says of one kind. */
export interface Resource {
  schema: Schema;
  scope: Scope;
}

interface CustomResourceDefinition {
  kind?: string;
  spec: {
    group: string;
    scope: Scope;
    names: { kind: string };
    versions: { name: string; served: boolean; schema?: { openAPIV3Schema?: Schema } }[];
  };
}

/** The kinds in a file of CustomResourceDefinitions, by `<apiVersion> <Kind>`. */
export function customResources(yaml: string): Map<string, Resource> {
  const resources = new Map<string, Resource>();
  for (const document of loadAll(yaml) as (CustomResourceDefinition | null)[]) {
    if (document?.kind !== "CustomResourceDefinition") continue;
    const { group, names, scope, versions } = document.spec;
    for (const { name, served, schema } of versions) {
      if (!served || !schema?.openAPIV3Schema) continue;
      resources.set(`${group}/${name} ${names.kind}`, { schema: schema.openAPIV3Schema, scope });
    }
  }
  return resources;
}

const OBJECT_META = `${REF}io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta`;

/**
 * The root of every object, native or custom: apiVersion and kind are fixed, metadata is ObjectMeta whatever a CRD says
 * of it, and status belongs to the controller, so that an author who writes one is told.
 */
export function objectSchema(apiVersion: string, kind: string, schema: Schema): Schema {
  const { status: _, ...fields } = schema.properties ?? {};
  return {
    ...schema,
    type: "object",
    required: [
      ...new Set(["apiVersion", "kind", "metadata", ...(schema.required ?? []).filter((name) => name !== "status")]),
    ],
    properties: {
      ...fields,
      apiVersion: { enum: [apiVersion] },
      kind: { enum: [kind] },
      metadata: { $ref: OBJECT_META },
    },
  };
}
