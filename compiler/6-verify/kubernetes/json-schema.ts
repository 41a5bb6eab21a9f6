/**
 * The JSON schema subset that `schemas/crds/` is written in; everything else is dropped or refused when they are
 * generated (scripts/gen/kubernetes-schemas/close.ts).
 */
export interface JsonSchema {
  $ref?: string;
  type?: string | readonly string[];
  format?: string;
  enum?: readonly unknown[];
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  multipleOf?: number;
  required?: readonly string[];
  properties?: Readonly<Record<string, JsonSchema>>;
  additionalProperties?: boolean | JsonSchema;
  minProperties?: number;
  maxProperties?: number;
  items?: JsonSchema;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;
  /** The fields that together name an entry of a list; the API server takes each combination once. */
  "x-kubernetes-list-map-keys"?: readonly string[];
  allOf?: readonly JsonSchema[];
  anyOf?: readonly JsonSchema[];
  oneOf?: readonly JsonSchema[];
  not?: JsonSchema;
  "x-kubernetes-validations"?: readonly ValidationRule[];
}

/**
 * A rule in CEL that the API server asks of a value:
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation-rules
 */
export interface ValidationRule {
  rule: string;
  message?: string;
}

/** One file of `schemas/crds/`. */
export interface RootSchema extends JsonSchema {
  "x-eco-scope"?: "Cluster" | "Namespaced";
  $defs?: Readonly<Record<string, JsonSchema>>;
}
