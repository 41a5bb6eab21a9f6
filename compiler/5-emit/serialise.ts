import type { Artifact } from "./artifact.ts";
import { hclFile } from "./serialise/hcl-file.ts";
import { header } from "./serialise/header.ts";
import { json } from "./serialise/json.ts";
import { yaml, yamlDocuments } from "./serialise/yaml.ts";

const HEADER = header();

/** The bytes of an artifact. Formats with comments open with the line that says who owns the file. */
export function serialise({ body }: Artifact): string | Uint8Array {
  switch (body.kind) {
    case "kubernetes":
      return once(body.objects, () => HEADER + yamlDocuments(body.objects));
    case "values":
      return once(body.data, () => HEADER + yaml(body.data));
    case "yaml":
      return HEADER + yaml(body.data);
    case "json":
      return json(body.data);
    case "hcl":
      return hclFile(body.parts, HEADER);
    case "text":
      return body.text;
    case "bytes":
      return body.bytes;
  }
}

const texts = new WeakMap<object, string>();

/** Targets hand the same data to several clusters where they are alike: then they are printed once. */
function once(data: object, print: () => string): string {
  let text = texts.get(data);
  if (text === undefined) texts.set(data, (text = print()));
  return text;
}
