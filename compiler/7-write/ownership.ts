import type { Journal } from "./journal.ts";
import type { Manifest, ManifestEntry, ReadManifest } from "./manifest.ts";

/** What earlier runs wrote, as far as it is known: by it, our own bytes are told from those of a person. */
export interface Ownership {
  /** The valid manifest on disk. */
  manifest?: Manifest;
  /** Files that may be deleted when nothing wants them any more. */
  files: ReadonlyMap<string, ManifestEntry>;
  /** Other bytes that a run of ours wrote to a path: either side of a merge, or a run that was interrupted. */
  alsoWritten: ReadonlyMap<string, readonly string[]>;
}

/** `interrupted` are steps of which nobody knows how far they got. */
export function ownership({ manifest, conflicting }: ReadManifest, interrupted: Journal["steps"] = []): Ownership {
  const files = new Map(manifest?.files);
  const alsoWritten = new Map(conflicting);
  for (const { path, target, before, after } of interrupted) {
    const hashes = [before, after].filter((sha256) => sha256 !== null);
    alsoWritten.set(path, [...(alsoWritten.get(path) ?? []), ...hashes]);
    if (after !== null && !files.has(path)) files.set(path, { sha256: after, target, sources: [] });
  }
  return { manifest, files, alsoWritten };
}

export const isOurs = ({ files, alsoWritten }: Ownership, path: string, sha256: string): boolean =>
  files.get(path)?.sha256 === sha256 || (alsoWritten.get(path)?.includes(sha256) ?? false);
