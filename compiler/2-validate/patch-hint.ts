import { valueAt, type PathSegment } from "../diagnostics/config-path.ts";
import { fieldOf } from "./field-tree.ts";
import { patchable } from "./generated/patchable.ts";
import type { Patchable } from "./patchable.ts";
import { redact } from "./secrets/index.ts";

/** A longer value is not repeated. */
const LONGEST = 300;

/** How a patch would set what an unknown key of a definition asks for; undefined where no object has it. */
export function patchFor(path: readonly PathSegment[], config: unknown): string | undefined {
  const key = String(path.at(-1));
  const definition = path.slice(0, -1);
  const value = valueAt(config, path);
  const section = definition.length === 2 ? fieldOf(definition) : undefined;
  const names = [key, inSnakeCase(key)];
  for (const row of patchable.filter((one) => one.section === section)) {
    const known = names.find((name) => Object.hasOwn(row.keys, name));
    const object = nameIn(row, definition, config);
    if (known === undefined || object === undefined || row.keys[known] !== typeOf(value)) continue;
    if (isOff(row.target, config)) continue;
    return `the config has no word for it, and a patch can set it: patches: [${patchText(row, object, known, value)}]`;
  }
  return undefined;
}

/** The name of the object that a definition makes; undefined where it makes none. */
function nameIn({ only, name }: Patchable, definition: readonly PathSegment[], config: unknown): string | undefined {
  const fields = valueAt(config, definition) as Record<string, unknown>;
  if (only !== undefined && (fields[only.field] ?? only.otherwise) !== only.value) return undefined;
  const parts = name.map((part) => (part === "*" ? definition.at(-1) : fields[part]));
  return parts.every((part) => typeof part === "string") ? parts.join("/") : undefined;
}

const isOff = (target: string, config: unknown): boolean => valueAt(config, ["targets", target]) === false;

function patchText({ target, kind, under }: Patchable, name: string, key: string, value: unknown): string {
  const patch = (inner: string) =>
    `{ target: "${target}", kind: "${kind}", name: ${JSON.stringify(name)}, merge: ${[...under, key].reduceRight((text, step) => `{ ${keyText(step)}: ${text} }`, inner)} }`;
  const written = source(value);
  return patch(written.length <= LONGEST && redact(written) === written ? written : "/* what stands here */");
}

/** As it would be written in a config. */
function source(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(source).join(", ")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "undefined";
  const members = Object.entries(value).map(([key, inner]) => `${keyText(key)}: ${source(inner)}`);
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}

const keyText = (key: string): string => (/^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key));

/** As Terraform writes names. */
const inSnakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function typeOf(value: unknown): string {
  return Array.isArray(value) ? "array" : value === null ? "null" : typeof value;
}
