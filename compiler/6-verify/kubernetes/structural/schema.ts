/** A node of an OpenAPI or structural schema on its way in, and of a JSON schema on its way out. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
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
