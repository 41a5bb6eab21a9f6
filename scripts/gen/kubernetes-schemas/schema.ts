import type { Schema } from "../../../compiler/6-verify/kubernetes/structural/schema.ts";

export type { Schema };

/** Named schemas that others refer to as `#/definitions/<name>`, as Kubernetes' OpenAPI document does. */
export type Definitions = Record<string, Schema>;

export const REF = "#/definitions/";

/** `apps/v1` + `Deployment` → the file that holds its schema, below `schemas/crds/`. */
export function schemaFile(apiVersion: string, kind: string): string {
  return `${apiVersion.includes("/") ? apiVersion : `core/${apiVersion}`}/${kind}.json`;
}
