import type { Artifact } from "./artifact.ts";
import { hclFile } from "./serialise/hcl-file.ts";
import { header } from "./serialise/header.ts";
import { json } from "./serialise/json.ts";
import { yaml } from "./serialise/yaml.ts";

const HEADER = header();

/** The bytes of an artifact. Formats with comments open with the line that says who owns the file. */
export function serialise({ body }: Artifact): Uint8Array {
  switch (body.kind) {
    case "kubernetes":
      return once(body.objects, () => Buffer.from(yaml(body.objects, HEADER)));
    case "values":
      return once(body.data, () => Buffer.from(yaml([body.data], HEADER)));
    case "yaml":
      return Buffer.from(yaml([body.data], HEADER));
    case "json":
      return Buffer.from(json(body.data));
    case "hcl":
      return Buffer.from(hclFile(body.parts, HEADER));
    case "text":
      return Buffer.from(body.text);
    case "bytes":
      return body.bytes;
  }
}

const printed = new WeakMap<object, Uint8Array>();

/** Targets hand the same data to several clusters where they are alike: then they are printed once. */
function once(data: object, print: () => Uint8Array): Uint8Array {
  let bytes = printed.get(data);
  if (bytes === undefined) printed.set(data, (bytes = print()));
  return bytes;
}
