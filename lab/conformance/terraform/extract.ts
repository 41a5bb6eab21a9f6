/**
 * Writes provider-schemas/<provider>.json: the schemas of the resource types that terraform-modules/ uses.
 *
 *   node --import tsx lab/conformance/terraform/extract.ts [provider...]
 *
 * The provider's binary cannot be had from a package registry, but `@cdktf/provider-*` was generated from
 * `terraform providers schema -json` of one release and still carries it: see cdktf-package.ts.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fastGlob from "fast-glob";
import { PACKAGES, readPackage } from "./cdktf-package.ts";
import { readBody } from "./hcl.ts";
import { SCHEMA_FOLDER, providerOf, type SchemaFile, type TypesInUse } from "./provider-schema.ts";

const REPOSITORY = fileURLToPath(new URL("../../../", import.meta.url));

/** The resource types of a provider that the modules name, sorted. */
export function typesInUse(provider: string): TypesInUse {
  const blocks = fastGlob
    .sync("terraform-modules/**/*.tf", { cwd: REPOSITORY, absolute: true, ignore: ["**/.terraform/**"] })
    .flatMap((file) => readBody(readFileSync(file, "utf8")).blocks);
  const typesOf = (kind: string) => [
    ...new Set(
      blocks
        .filter((block) => block.type === kind)
        .map((block) => block.labels[0]!)
        .filter((type) => providerOf(type) === provider),
    ),
  ];
  return { resources: typesOf("resource").sort(), dataSources: typesOf("data").sort() };
}

export function extract(provider: string): string {
  const source = PACKAGES[provider];
  if (!source) throw new Error(`no package is pinned for provider ${provider}: add it to PACKAGES`);
  return serialise(readPackage(source, typesInUse(provider)));
}

/** JSON with one line per attribute: a diff then shows which argument changed. */
function serialise(file: SchemaFile): string {
  return `${lines(file, "")}\n`;
}

function lines(value: unknown, indent: string): string {
  const flat = JSON.stringify(value);
  if (typeof value !== "object" || value === null || Array.isArray(value) || flat === "{}" || isAttribute(value))
    return flat;
  const inner = indent + "  ";
  return `{\n${Object.entries(value)
    .map(([key, child]) => `${inner}${JSON.stringify(key)}: ${lines(child, inner)}`)
    .join(",\n")}\n${indent}}`;
}

/** An attribute's schema, not a table of attributes that has one called "type". */
const isAttribute = (value: object): boolean =>
  "type" in value && (typeof value.type === "string" || Array.isArray(value.type));

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const providers = process.argv.slice(2);
  mkdirSync(SCHEMA_FOLDER, { recursive: true });
  for (const provider of providers.length > 0 ? providers : Object.keys(PACKAGES)) {
    writeFileSync(new URL(`${provider}.json`, SCHEMA_FOLDER), extract(provider));
  }
}
