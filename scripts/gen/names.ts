import { families, type Family } from "../../compiler/config/names.ts";
import type { Schema } from "./config-schema.ts";

/**
 * Throws where the table of families and the model do not speak of the same records: one that has no family would be
 * neither inferred nor checked, and a family without a record has no names.
 */
export function checkFamilies(root: Schema): void {
  const declared = Object.values(families).map(({ declaredIn }): string => declaredIn);
  const records = recordsOfDefinitions(root);
  const problems = [
    ...records
      .filter((path) => !declared.includes(path))
      .map((path) => `${path} declares names: give them a family in compiler/config/names.ts`),
    ...declared
      .filter((path) => !records.includes(path))
      .map((path) => `the model has no record of definitions at ${path}, which compiler/config/names.ts speaks of`),
  ];
  if (problems.length > 0) throw new Error(problems.join("\n"));
}

/**
 * The records whose keys are names and whose values define what is called so; not those within a definition, which are
 * parts of it, but those of entries that the schema names one by one.
 */
function recordsOfDefinitions(root: Schema): string[] {
  const found = new Set<string>();
  const resolved = (schema: Schema): Schema =>
    schema.$ref ? resolved(root.definitions![schema.$ref.slice("#/definitions/".length)]!) : schema;
  const isDefinition = (schema: Schema): boolean =>
    schema.properties !== undefined ||
    [...(schema.oneOf ?? []), schema.then, schema.else].some(
      (branch) => branch !== undefined && isDefinition(resolved(branch)),
    );
  const visit = (schema: Schema, path: string): void => {
    const { properties = {}, additionalProperties } = resolved(schema);
    const isRecord = typeof additionalProperties === "object" && isDefinition(resolved(additionalProperties));
    if (isRecord) found.add(path);
    for (const [key, child] of Object.entries(properties))
      visit(child, path === "" ? key : `${path}.${isRecord ? "*" : key}`);
  };
  visit(root, "");
  return [...found].sort();
}

const typeParameter = (family: Family): string => `${family[0]!.toUpperCase()}${family.slice(1)}Name`;

/** Families whose names are the keys of records that are inferred as a whole (`TypedEcosystem`). */
const RECORDS: Partial<Record<Family, string>> = {
  cloud: "keyof Regions & string",
  region: "RegionsOf<Regions>",
  runner: "keyof Runners & string",
};

/**
 * The types of `defineEcosystem` and `defineService`. TypeScript infers a name from a key only into a type parameter of
 * its own, so there is one for each family: all of them for an ecosystem, but for those of records that are inferred as
 * a whole, and for a service those that it refers to.
 */
export function inferenceTypes(referredToByServices: ReadonlySet<Family>): string {
  const all = Object.keys(families) as Family[];
  const ofServices = all.filter((family) => referredToByServices.has(family));
  const byName = all.filter((family) => RECORDS[family] === undefined);
  const parameters = (some: readonly Family[]) =>
    some.map((family) => `  const ${typeParameter(family)} extends string = never,\n`).join("");
  const names = (some: readonly Family[], inferred: (family: Family) => string) =>
    some.map((family) => `    ${family}: ${inferred(family)};\n`).join("");
  return `import type { Only, TypedEcosystem } from "../literal-names.ts";
import type { Service } from "../model/services.ts";

type RegionsOf<Regions> = { [C in keyof Regions]: keyof Regions[C] & string }[keyof Regions];

/** Infers each family of names from the keys that declare it. */
export type DefineEcosystem = <
${parameters(byName)}  const Regions extends { [cloud: string]: object } = {},
  const Kinds = {},
  const Clusters = {},
  const Runners = {},
>(
  ecosystem: TypedEcosystem<{
${names(all, (family) => RECORDS[family] ?? typeParameter(family))}  }, Regions, Kinds, Clusters, Runners>,
) => typeof ecosystem;

/** Infers the names that a service refers to from where it refers to them. */
export type DefineService = <
${parameters(ofServices)}>(
  service: Service<Only<{
${names(ofServices, typeParameter)}  }>>,
) => typeof service;
`;
}
