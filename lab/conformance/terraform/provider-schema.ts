/**
 * Provider schemas in the shape of `terraform providers schema -json`
 * (https://developer.hashicorp.com/terraform/cli/commands/providers/schema), so that the same readers serve both
 * sources.
 */
import { readFileSync, readdirSync } from "node:fs";

/**
 * A type constraint as cty writes it in JSON: "string", ["list", "string"], ["object", { name: type }, [optional
 * names]].
 */
export type Type =
  | "string"
  | "number"
  | "bool"
  | "dynamic"
  | ["list" | "set" | "map", Type]
  | ["object", Record<string, Type>, string[]?]
  | ["tuple", Type[]];

export interface AttributeSchema {
  type: Type;
  required?: true;
  optional?: true;
  computed?: true;
}

export interface BlockSchema {
  attributes: Record<string, AttributeSchema>;
  block_types: Record<string, NestedBlockSchema>;
}

export interface NestedBlockSchema {
  nesting_mode: "single" | "list" | "set" | "map";
  min_items?: number;
  max_items?: number;
  block: BlockSchema;
}

export interface ProviderSchema {
  provider: { block: BlockSchema };
  resource_schemas: Record<string, { block: BlockSchema }>;
  data_source_schemas: Record<string, { block: BlockSchema }>;
}

export interface SchemaFile {
  /** Where the facts come from: the npm package, its checksum, and the provider release it was made from. */
  provenance: { package: string; integrity: string; license: string; provider: string; provider_version: string };
  format_version: "1.0";
  provider_schemas: Record<string, ProviderSchema>;
}

export const SCHEMA_FOLDER = new URL("./provider-schemas/", import.meta.url);

/** Every committed schema file, by the provider's local name ("google"). */
export function loadSchemas(): Map<string, SchemaFile> {
  const files = readdirSync(SCHEMA_FOLDER).filter((name) => name.endsWith(".json"));
  return new Map(
    files.map((name) => [
      name.replace(/\.json$/, ""),
      JSON.parse(readFileSync(new URL(name, SCHEMA_FOLDER), "utf8")) as SchemaFile,
    ]),
  );
}

export const providerSchema = (file: SchemaFile): ProviderSchema => Object.values(file.provider_schemas)[0]!;

/** The provider that owns a resource type is its first word: google_compute_network → google. */
export const providerOf = (type: string): string => type.split("_", 1)[0]!;

const optional = (type: Type): AttributeSchema => ({ type, optional: true });
const computed = (type: Type): AttributeSchema => ({ type, computed: true });

/**
 * The resources of Terraform's built-in provider, which no package describes:
 * https://developer.hashicorp.com/terraform/language/resources/terraform-data
 * https://developer.hashicorp.com/terraform/language/state/remote-state-data
 */
export const BUILT_IN: ProviderSchema = {
  provider: { block: { attributes: {}, block_types: {} } },
  resource_schemas: {
    terraform_data: {
      block: {
        attributes: {
          input: optional("dynamic"),
          triggers_replace: optional("dynamic"),
          output: computed("dynamic"),
          id: computed("string"),
        },
        block_types: {},
      },
    },
  },
  data_source_schemas: {
    terraform_remote_state: {
      block: {
        attributes: {
          backend: { type: "string", required: true },
          workspace: optional("string"),
          config: optional("dynamic"),
          defaults: optional("dynamic"),
          outputs: computed("dynamic"),
        },
        block_types: {},
      },
    },
  },
};

/** The resource types and data sources of a provider that somebody names. */
export interface TypesInUse {
  resources: string[];
  dataSources: string[];
}
