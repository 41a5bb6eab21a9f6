import type { Artifact } from "./artifact.ts";
import { hclFile } from "./serialise/hcl-file.ts";
import { header } from "./serialise/header.ts";
import { json } from "./serialise/json.ts";
import { yaml, yamlDocuments } from "./serialise/yaml.ts";

/** The bytes of an artifact. Formats with comments open with the line that says who owns the file. */
export function serialise({ body }: Artifact): string | Uint8Array {
  switch (body.kind) {
    case "kubernetes":
      return header() + yamlDocuments(body.objects);
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
