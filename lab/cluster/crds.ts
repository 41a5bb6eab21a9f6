/**
 * The CRDs of every kind that the compiler writes: from the Go modules that schemas/crds/sources.json pins, so that the
 * API server judges by their own schemas and CEL rules.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { loadAll } from "js-yaml";
import { PACKAGE_ROOT } from "../../compiler/package-root.ts";
import { moduleFolder } from "../toolchain/index.ts";
import { referenceTo, Refused, type Client, type Data, type KubernetesObject } from "./client.ts";
import { structuralSchema, type Structural } from "./structural.ts";

interface Source {
  module: string;
  files: readonly string[];
  /** Where no module has the CRD, our schema of it. */
  handWritten?: string;
}

/** Marks a CRD of our own writing: what passes it is valid by our reading of the upstream reference, no more. */
const OUR_OWN = "eco-compile.dev/schema-of-our-own";

/** Those of some modules of sources.json, or of all. */
export function customResourceDefinitions(modules?: readonly string[]): KubernetesObject[] {
  const sources = JSON.parse(readFileSync(join(PACKAGE_ROOT, "schemas/crds/sources.json"), "utf8")) as Source[];
  return sources
    .filter(({ module }) => modules === undefined || modules.includes(module))
    .flatMap((source) => (source.handWritten === undefined ? definitionsIn(source) : (OWN[source.module]?.() ?? [])));
}

const read = new Map<string, KubernetesObject[]>();

/** Those of a module; to read them takes longer than most of what is done with them. */
function definitionsIn(source: Source): KubernetesObject[] {
  const known = read.get(source.module) ?? readDefinitions(source);
  read.set(source.module, known);
  return known;
}

function readDefinitions({ module, files }: Source): KubernetesObject[] {
  const yaml = files.filter((file) => file.endsWith(".yaml"));
  if (yaml.length === 0) return [];
  const folder = moduleFolder(module);
  if (folder === undefined) throw new Error(`go is missing: it fetches ${module}, which has CRDs`);
  return yaml
    .flatMap((file) => loadAll(readFileSync(join(folder, file), "utf8")) as (Data | null)[])
    .filter((document) => document?.kind === "CustomResourceDefinition")
    .map(({ status: _, ...definition }) => withoutDescriptions(definition));
}

export const definitionsAmong = (objects: readonly KubernetesObject[]): KubernetesObject[] =>
  objects.filter(({ kind }) => kind === "CustomResourceDefinition");

/**
 * What judges nothing is most of a CRD, and makes servers and controllers busy that read the schemas of all kinds
 * whenever one changes.
 */
export const withoutDescriptions = (definition: Data): KubernetesObject =>
  JSON.parse(
    JSON.stringify(definition, (key, value) =>
      key === "description" && typeof value === "string" ? undefined : value,
    ),
  );

/** No registry has these CRDs. */
const OWN: Readonly<Record<string, () => KubernetesObject[]>> = {
  "github.com/flux-iac/tofu-controller": () => [
    definition(
      "infra.contrib.fluxcd.io",
      ["v1alpha2"],
      { kind: "Terraform", plural: "terraforms", scope: "Namespaced" },
      structuralSchema("infra.contrib.fluxcd.io/v1alpha2/Terraform.json"),
    ),
  ],
  "github.com/fluxcd/source-controller": () => [
    definition(
      "source.toolkit.fluxcd.io",
      ["v1"],
      { kind: "GitRepository", plural: "gitrepositories", scope: "Namespaced" },
      structuralSchema("source.toolkit.fluxcd.io/v1/GitRepository.json"),
    ),
  ],
};

interface Names {
  kind: string;
  plural: string;
  scope: "Cluster" | "Namespaced";
}

/**
 * A CRD around a schema that we wrote; the first version is the stored one. Such a schema says what an author may
 * write: status belongs to a controller, and stays open.
 */
export function definition(
  group: string,
  versions: readonly string[],
  { kind, plural, scope }: Names,
  schema: Structural,
): KubernetesObject {
  const status = { type: "object", "x-kubernetes-preserve-unknown-fields": true };
  const openAPIV3Schema = { ...schema, properties: { ...(schema["properties"] as object), status } };
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${plural}.${group}`, annotations: { [OUR_OWN]: "true" } },
    spec: {
      group,
      scope,
      names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` },
      versions: versions.map((name, index) => ({
        name,
        served: true,
        storage: index === 0,
        schema: { openAPIV3Schema },
        subresources: { status: {} },
      })),
    },
  };
}

/**
 * Makes the CRDs that are not there yet, and waits until the server serves them. Created rather than applied: with
 * documents as large as these it costs the server a quarter less.
 */
export async function installDefinitions(client: Client, definitions: readonly KubernetesObject[]): Promise<void> {
  await Promise.all(
    definitions.map(
      async (definition) => (await client.get(referenceTo(definition))) ?? createPatiently(client, definition),
    ),
  );
  await served(client, definitions);
}

/** Waits until the server serves them. */
export async function served(client: Client, definitions: readonly KubernetesObject[]): Promise<void> {
  for (const { metadata, kind, apiVersion } of definitions) {
    const isServed = ({ status }: { status?: { conditions?: { type: string; status: string }[] } }): boolean =>
      status?.conditions?.some(({ type, status }) => type === "Established" && status === "True") ?? false;
    await client.waitFor({ apiVersion, kind, name: metadata.name }, isServed, "established", { seconds: 180 });
  }
}

/** The largest CRDs take the server long on a busy machine: Chaos Mesh's Schedule repeats every kind of chaos. */
async function createPatiently(client: Client, definition: KubernetesObject, tries = 3): Promise<void> {
  try {
    await client.create(definition);
  } catch (error) {
    if (error instanceof Refused && error.reason === "AlreadyExists") return; // the try that timed out went through
    if (tries === 1 || !(error instanceof Refused) || error.reason !== "Timeout") throw error;
    await createPatiently(client, definition, tries - 1);
  }
}
