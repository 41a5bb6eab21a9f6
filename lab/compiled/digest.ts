/** The digest of an answer: the same for the same data, whatever the order of keys and whatever shares an object. */
import { createHash } from "node:crypto";
import type { Answer } from "./questions.ts";

/** 16 hexadecimal digits. */
export function digestOf({ topology, files }: Answer): string {
  const hash = createHash("sha256").update(JSON.stringify(topology, keysInOrder));
  for (const [path, bytes] of [...files].sort(([a], [b]) => (a < b ? -1 : 1)))
    hash.update(`\0${path}\0${bytes.byteLength}\0`).update(bytes);
  return hash.digest("hex").slice(0, 16);
}

function keysInOrder(_: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
