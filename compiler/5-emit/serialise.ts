import type { Artifact, KubernetesObject } from "./artifact.ts";
import { hclFile } from "./serialise/hcl-file.ts";
import { header } from "./serialise/header.ts";
import { json } from "./serialise/json.ts";
import { yaml, yamlDocuments } from "./serialise/yaml.ts";

/** The bytes of an artifact. Formats with comments open with the line that says who owns the file. */
export function serialise({ body }: Artifact): string | Uint8Array {
  switch (body.kind) {
    case "kubernetes":
      return printed(body.objects);
    case "values":
      return header() + yaml(body.data);
    case "yaml":
      return header() + yaml(body.data);
    case "json":
      return json(body.data);
    case "hcl":
      return hclFile(body.parts, header());
    case "text":
      return body.text;
    case "bytes":
      return body.bytes;
  }
}

const texts = new WeakMap<readonly KubernetesObject[], string>();

/** Targets hand the same list to several clusters where it is alike: then it is printed once. */
function printed(objects: readonly KubernetesObject[]): string {
  let text = texts.get(objects);
  if (text === undefined) texts.set(objects, (text = header() + yamlDocuments(objects)));
  return text;
}
