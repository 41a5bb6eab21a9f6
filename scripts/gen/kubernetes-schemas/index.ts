/**
 * Derives `schemas/crds/` from the sources that `schemas/crds/sources.json` pins: CustomResourceDefinitions in Go
 * modules, Kubernetes' own OpenAPI document, and three schemas written by hand because no registry has their CRD.
 *
 * To move to a newer version: change `version` in sources.json, run `npm run gen`, and copy the sum it reports after
 * comparing it with https://sum.golang.org/lookup/<module>@<version>.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { close, mapValues } from "../../../compiler/6-verify/kubernetes/structural/close.ts";
import { withKnownFormats } from "../../../compiler/6-verify/kubernetes/structural/known-fields.ts";
import { customResources, objectSchema, type Resource } from "./custom-resources.ts";
import { deduplicate } from "./deduplicate.ts";
import { enumFields } from "./go-enums.ts";
import { downloadModules, type ModulePin } from "./go-modules.ts";
import { constraint } from "./hand-written/constraint.ts";
import { gitRepository } from "./hand-written/git-repository.ts";
import { terraform } from "./hand-written/terraform.ts";
import { kubernetesResources, openApi } from "./openapi.ts";
import { type Definitions, schemaFile, type Schema } from "./schema.ts";

/** An entry of sources.json. `kinds` are written `<apiVersion> <Kind>`. */
interface Source extends ModulePin {
  files: string[];
  kinds: string[];
  /**
   * Set where no Go module has the CRD: the file here that restates `files` of the upstream repository; `version` is
   * its commit then, and there is no sum.
   */
  handWritten?: string;
}

const FOLDER = "schemas/crds";
const ROOT = join(import.meta.dirname, "../../..");

const HAND_WRITTEN = new Map<string, Resource>([
  ["constraints.gatekeeper.sh/v1beta1 Constraint", { schema: constraint, scope: "Cluster" }],
  ["infra.contrib.fluxcd.io/v1alpha2 Terraform", { schema: terraform, scope: "Namespaced" }],
  ["source.toolkit.fluxcd.io/v1 GitRepository", { schema: gitRepository, scope: "Namespaced" }],
]);

/** Every file below `schemas/crds/` but sources.json itself: repository-relative path → content. */
export async function generate(): Promise<Map<string, string>> {
  const sources = JSON.parse(readFileSync(join(ROOT, FOLDER, "sources.json"), "utf8")) as Source[];
  const modules = sources.filter(({ handWritten }) => !handWritten);
  const folders = await downloadModules(modules);
  const read = (source: Source, file: string): string => readFileSync(join(folders.get(source.module)!, file), "utf8");

  const { definitions, resources } = readKubernetes(modules, read);
  const files = new Map<string, string>();
  for (const source of sources) {
    const found = source.handWritten
      ? HAND_WRITTEN
      : source.module === KUBERNETES
        ? resources
        : readCustomResources(source, read);
    for (const name of source.kinds) {
      const resource = found.get(name);
      if (!resource) throw new Error(`${source.module}@${source.version} has no ${name} in ${source.files.join(", ")}`);
      const [apiVersion, kind] = name.split(" ") as [string, string];
      const schema = deduplicate(close(objectSchema(apiVersion, kind, resource.schema)), definitions);
      const head = { title: name, "x-eco-origin": origin(source), "x-eco-scope": resource.scope };
      files.set(`${FOLDER}/${schemaFile(apiVersion, kind)}`, render({ ...head, ...schema }));
    }
  }
  return files;
}

const KUBERNETES = "k8s.io/kubernetes";
const OBJECT_META = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";

type Read = (source: Source, file: string) => string;

function readKubernetes(
  modules: readonly Source[],
  read: Read,
): { definitions: Definitions; resources: Map<string, Resource> } {
  const kubernetes = modules.find(({ module }) => module === KUBERNETES)!;
  const api = modules.find(({ module }) => module === "k8s.io/api")!;
  const packages = api.files.map((file) => ({ path: file.replace("/types.go", ""), source: read(api, file) }));
  const document = openApi(read(kubernetes, kubernetes.files[0]!), enumFields(packages));
  const definitions = mapValues(document.definitions, (schema, name) =>
    withKnownFormats(name === OBJECT_META ? "metadata" : "", close(schema)),
  );
  return { definitions, resources: kubernetesResources(document) };
}

function readCustomResources(source: Source, read: Read): Map<string, Resource> {
  return new Map(
    source.files.filter((file) => file.endsWith(".yaml")).flatMap((file) => [...customResources(read(source, file))]),
  );
}

function origin({ module, version, files, handWritten }: Source): string {
  return handWritten ? `hand-written from ${module}@${version} ${files.join(", ")}` : `${module}@${version}`;
}

/** One line per field and per shared definition: small, and a diff still shows what changed. */
function render({ $defs, ...schema }: Schema): string {
  const line = (key: string, value: unknown): string => `${JSON.stringify(key)}: ${JSON.stringify(value)}`;
  const defs = Object.entries($defs as Record<string, Schema>).map(([name, def]) => `\n    ${line(name, def)}`);
  const fields = Object.entries({ $schema: "http://json-schema.org/draft-07/schema#", ...schema }).map(
    ([key, value]) => `\n  ${line(key, value)}`,
  );
  return `{${[...fields, `\n  "$defs": {${defs.join(",")}\n  }`].join(",")}\n}\n`;
}
