import { sha256, type Journal } from "./journal.ts";
import type { Manifest, ManifestEntry, ReadManifest } from "./manifest.ts";

/** What earlier runs wrote, as far as it is known: by it, our own bytes are told from those of a person. */
export interface Ownership {
  /** The valid manifest on disk. */
  manifest?: Manifest;
  /** Files that may be deleted when nothing wants them any more. */
  files: ReadonlyMap<string, ManifestEntry>;
  /** Other bytes that a run of ours wrote to a path: either side of a merge, or a run that was interrupted. */
  alsoWritten: ReadonlyMap<string, readonly string[]>;
  /** Files that both sides of a merge had changed: what stands there now, git has made of the two. */
  merged: ReadonlySet<string>;
}

/** `interrupted` are steps of which nobody knows how far they got. */
export function ownership(
  { state, manifest, conflicting }: ReadManifest,
  interrupted: Journal["steps"] = [],
): Ownership {
  const known = state === "valid" ? manifest : undefined;
  const files = new Map(known?.files);
  const alsoWritten = new Map([...conflicting].map(([path, { hashes }]) => [path, hashes]));
  for (const { path, target, before, after } of interrupted) {
    const hashes = [before, after].filter((sha256) => sha256 !== null);
    alsoWritten.set(path, [...(alsoWritten.get(path) ?? []), ...hashes]);
    if (after !== null && !files.has(path)) files.set(path, { hashes: [after], target });
  }
  const merged = [...files, ...conflicting].filter(([, { hashes }]) => hashes.length > 1).map(([path]) => path);
  return { manifest: known, files, alsoWritten, merged: new Set(merged) };
}

/** Whose bytes stand at a path: the compiler's as it wrote them, what git made of two outputs, or somebody else's. */
export function authorOf(
  { files, alsoWritten, merged }: Ownership,
  path: string,
  bytes: Uint8Array,
): "compiler" | "merge" | "other" {
  const written = [...(files.get(path)?.hashes ?? []), ...(alsoWritten.get(path) ?? [])];
  if (written.includes(sha256(bytes))) return "compiler";
  return merged.has(path) || (written.length > 0 && hasConflictMarkers(bytes)) ? "merge" : "other";
}

/** Whether git has left the marks of a merge conflict. */
function hasConflictMarkers(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes).toString("latin1");
  return [/^<{7} /m, /^={7}\r?$/m, /^>{7} /m].every((mark) => mark.test(text));
}
