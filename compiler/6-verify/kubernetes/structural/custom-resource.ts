import type { Schema } from "./schema.ts";

type Scope = "Cluster" | "Namespaced";

/** What a definition says of one kind. */
export interface Resource {
  schema: Schema;
  scope: Scope;
}

/** As much of a CustomResourceDefinition as says what its objects look like. */
export interface CustomResourceDefinition {
  kind?: string;
  spec?: {
    group: string;
    scope: Scope;
    names: { kind: string };
    versions?: readonly { name: string; served?: boolean; schema?: { openAPIV3Schema?: Schema } }[];
  };
}

/** The kinds of a definition, by `<apiVersion> <Kind>`. */
export function customResources({ kind, spec }: CustomResourceDefinition): [name: string, resource: Resource][] {
  if (kind !== "CustomResourceDefinition" || spec === undefined) return [];
  const { group, names, scope, versions = [] } = spec;
  return versions.flatMap(({ name, served, schema }): [string, Resource][] =>
    served && schema?.openAPIV3Schema !== undefined
      ? [[`${group}/${name} ${names.kind}`, { schema: schema.openAPIV3Schema, scope }]]
      : [],
  );
}

/**
 * The root of every object, native or custom: apiVersion and kind are fixed, metadata is ObjectMeta whatever a CRD says
 * of it, and status belongs to the controller, so that an author who writes one is told.
 */
export function objectSchema(apiVersion: string, kind: string, schema: Schema, metadata: Schema): Schema {
  const { status: _, ...fields } = schema.properties ?? {};
  return {
    ...schema,
    type: "object",
    required: [
      ...new Set(["apiVersion", "kind", "metadata", ...(schema.required ?? []).filter((name) => name !== "status")]),
    ],
    properties: { ...fields, apiVersion: { enum: [apiVersion] }, kind: { enum: [kind] }, metadata },
  };
}
