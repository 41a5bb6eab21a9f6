import type { Topology } from "../topology/index.ts";
import { VENDORED_LIBRARY } from "../facts/names.ts";
import type { Library } from "../1-load/package-library.ts";
import type { Artifact } from "./artifact.ts";

/**
 * The folders of the library that the output refers to, as artifacts under `generated/lib/`; none with
 * `library: "in-repo"`.
 */
export function vendor({ library: { vendored } }: Topology, library: Library, folders: readonly string[]): Artifact[] {
  if (!vendored) return [];
  return folders.flatMap((folder) =>
    [...library.folder(folder)].map(([path, bytes]): Artifact => ({
      path: `${VENDORED_LIBRARY}/${folder}/${path}`,
      body: { kind: "bytes", bytes },
      source: "library",
    })),
  );
}
