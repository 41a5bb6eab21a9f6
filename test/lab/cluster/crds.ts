/** The CRDs of every kind that the compiler writes: from the Go modules that schemas/crds/sources.json pins, so that the API server judges by their own schemas and CEL rules. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { loadAll } from "js-yaml";
import { PACKAGE_ROOT } from "../../../compiler/package-root.ts";
import { gitRepository } from "../../../scripts/gen/kubernetes-schemas/hand-written/git-repository.ts";
import { terraform } from "../../../scripts/gen/kubernetes-schemas/hand-written/terraform.ts";
import type { Schema } from "../../../scripts/gen/kubernetes-schemas/schema.ts";
import { moduleFolder } from "../toolchain/index.ts";
import type { Data, KubernetesObject } from "./client.ts";

interface Source {
  module: string;
  files: readonly string[];
  handWritten?: string;
}

/** Marks a CRD of our own writing: what passes it is valid by our reading of the upstream reference, no more. */
export const OUR_OWN = "eco-compile.dev/schema-of-our-own";

export async function customResourceDefinitions(): Promise<KubernetesObject[]> {
  const sources = JSON.parse(readFileSync(join(PACKAGE_ROOT, "schemas/crds/sources.json"), "utf8")) as Source[];
  const upstream = sources.filter(({ handWritten, files }) => handWritten === undefined && files.some((file) => file.endsWith(".yaml"))).flatMap(definitionsIn);
  return [...upstream, ...ownDefinitions()];
}

function definitionsIn({ module, files }: Source): KubernetesObject[] {
  const folder = moduleFolder(module);
  if (folder === undefined) throw new Error(`go is missing: it fetches ${module}, which has CRDs`);
  return files
    .filter((file) => file.endsWith(".yaml"))
    .flatMap((file) => loadAll(readFileSync(join(folder, file), "utf8")) as (Data | null)[])
    .filter((document) => document?.kind === "CustomResourceDefinition")
    .map(({ status: _, ...definition }) => definition as KubernetesObject);
}

/** No registry has these CRDs: https://github.com/flux-iac/tofu-controller and https://github.com/fluxcd/source-controller. */
export const ownDefinitions = (): KubernetesObject[] => [
  definition("infra.contrib.fluxcd.io", "v1alpha2", { kind: "Terraform", plural: "terraforms" }, terraform),
  definition("source.toolkit.fluxcd.io", "v1", { kind: "GitRepository", plural: "gitrepositories" }, gitRepository),
];

/** Our schemas say what an author may write; status belongs to a controller, and stays open. */
function definition(group: string, version: string, { kind, plural }: { kind: string; plural: string }, schema: Schema): KubernetesObject {
  const status = { type: "object", "x-kubernetes-preserve-unknown-fields": true };
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${plural}.${group}`, annotations: { [OUR_OWN]: "true" } },
    spec: {
      group,
      scope: "Namespaced",
      names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` },
      versions: [{ name: version, served: true, storage: true, schema: { openAPIV3Schema: { ...schema, properties: { ...schema.properties, status } } }, subresources: { status: {} } }],
    },
  };
}
