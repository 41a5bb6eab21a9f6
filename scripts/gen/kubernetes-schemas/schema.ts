/** A node of an OpenAPI or structural schema on its way in, and of a JSON schema on its way out. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  const?: unknown;
  enum?: unknown[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  not?: Schema;
  nullable?: boolean;
  default?: unknown;
  pattern?: string;
  [keyword: string]: unknown;
}

/** A named schema that others refer to as `#/definitions/<name>`. */
export type Definitions = Record<string, Schema>;

export const REF = "#/definitions/";

/** `apps/v1` + `Deployment` → the file that holds its schema, below `schemas/crds/`. */
export function schemaFile(apiVersion: string, kind: string): string {
  return `${apiVersion.includes("/") ? apiVersion : `core/${apiVersion}`}/${kind}.json`;
}
