import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { KubernetesObject } from "../../5-emit/artifact.ts";
import type { JsonSchema, RootSchema } from "./json-schema.ts";
import { close } from "./structural/close.ts";
import { customResources, objectSchema, type CustomResourceDefinition } from "./structural/custom-resource.ts";
import type { Schema } from "./structural/schema.ts";

/** Finds the schema of a kind, or says that there is none. */
export type SchemaLookup = (apiVersion: string, kind: string) => RootSchema | undefined;

const CONSTRAINTS = "constraints.gatekeeper.sh/";
const API_VERSION = /^([a-z0-9][-a-z0-9.]*\/)?v\d+((alpha|beta)\d+)?$/;
const KIND = /^[A-Z][A-Za-z0-9]*$/;

/**
 * The pinned schemas in a folder, `<package>/schemas/crds`, each read when its kind is first met. Every constraint has
 * the schema of Constraint.json, which leaves the parameters open; see {@link withConstraintTemplates}.
 */
export function schemasBelow(schemaRoot: string): SchemaLookup {
  const files = new Map<string, RootSchema | undefined>(); // all constraints share one
  const schemaIn = (file: string): RootSchema | undefined => {
    if (!files.has(file)) files.set(file, read(file));
    return files.get(file);
  };
  return (apiVersion, kind) => {
    if (!API_VERSION.test(apiVersion) || !KIND.test(kind)) return undefined; // names that come from patches never become paths
    const isConstraint = apiVersion.startsWith(CONSTRAINTS);
    const file = join(
      schemaRoot,
      apiVersion.includes("/") ? apiVersion : join("core", apiVersion),
      `${isConstraint ? "Constraint" : kind}.json`,
    );
    const schema = schemaIn(file);
    return schema && isConstraint ? withProperty(schema, ["kind"], { enum: [kind] }) : schema;
  };
}

function read(file: string): RootSchema | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as RootSchema;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/**
 * Closes the parameters of each constraint with its template's own schema; a constraint without a template has no
 * schema then.
 */
export function withConstraintTemplates(schemas: SchemaLookup, templates: readonly KubernetesObject[]): SchemaLookup {
  const parameters = new Map(templates.map(parametersOf));
  return (apiVersion, kind) => {
    if (!apiVersion.startsWith(CONSTRAINTS)) return schemas(apiVersion, kind);
    const schema = schemas(apiVersion, kind);
    const own = parameters.get(kind);
    return schema && own && withProperty(schema, ["spec", "parameters"], own);
  };
}

/**
 * The schemas of kinds that the output itself defines, where none is pinned: a target of another package brings its own.
 * Their metadata is that of every object.
 */
export function withDefinitions(schemas: SchemaLookup, definitions: readonly KubernetesObject[]): SchemaLookup {
  const defined = new Map(definitions.flatMap((object) => customResources(object as CustomResourceDefinition)));
  if (defined.size === 0) return schemas;
  return (apiVersion, kind) => {
    const pinned = schemas(apiVersion, kind);
    const own = defined.get(`${apiVersion} ${kind}`);
    if (pinned !== undefined || own === undefined) return pinned;
    const any = schemas("v1", "ConfigMap")!;
    const closed = close(objectSchema(apiVersion, kind, own.schema, {})) as RootSchema;
    return {
      ...withProperty(closed, ["metadata"], any.properties!["metadata"]!),
      $defs: any.$defs!,
      "x-eco-scope": own.scope,
    };
  };
}

/** The part of a ConstraintTemplate that matters here. */
interface Template {
  spec?: { crd?: { spec?: { names?: { kind?: string }; validation?: { openAPIV3Schema?: Schema } } } };
}

function parametersOf(object: KubernetesObject): [kind: string, parameters: JsonSchema] {
  const spec = (object as Template).spec?.crd?.spec;
  return [spec?.names?.kind ?? "", close(spec?.validation?.openAPIV3Schema ?? { type: "object" }) as JsonSchema];
}

function withProperty<S extends JsonSchema>(schema: S, [name, ...rest]: readonly string[], value: JsonSchema): S {
  if (name === undefined) return value as S;
  return {
    ...schema,
    properties: { ...schema.properties, [name]: withProperty(schema.properties?.[name] ?? {}, rest, value) },
  };
}
