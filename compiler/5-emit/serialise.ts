import type { Artifact } from "./artifact.ts";
import { hclFile } from "./serialise/hcl-file.ts";
import { header } from "./serialise/header.ts";
import { json } from "./serialise/json.ts";
import { yaml } from "./serialise/yaml.ts";

const HEADER = header();
const HEADER_BYTES = Buffer.from(HEADER);

/** The bytes of an artifact. Formats with comments open with the line that says who owns the file. */
export function serialise({ body }: Artifact): Uint8Array {
  switch (body.kind) {
    case "kubernetes":
      return once(body.objects, () => headed(yaml(body.objects)));
    case "values":
      return once(body.data, () => headed(yaml([body.data])));
    case "yaml":
      return headed(yaml([body.data]));
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

/**
 * The header and a text. The dash in the header would make of every text one of two bytes for a character; without it
 * nearly all are ASCII, and those are copied as they are.
 */
function headed(text: string): Uint8Array {
  const length = Buffer.byteLength(text);
  const bytes = Buffer.allocUnsafeSlow(HEADER_BYTES.length + length);
  bytes.set(HEADER_BYTES);
  bytes.write(text, HEADER_BYTES.length, length === text.length ? "latin1" : "utf8");
  return bytes;
}

const printed = new WeakMap<object, Uint8Array>();

/** Targets hand the same data to several clusters where they are alike: then they are printed once. */
function once(data: object, print: () => Uint8Array): Uint8Array {
  let bytes = printed.get(data);
  if (bytes === undefined) printed.set(data, (bytes = print()));
  return bytes;
}
