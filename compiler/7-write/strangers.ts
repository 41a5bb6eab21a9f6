import { FOLDER_READERS, type FolderReader } from "../5-emit/read-folders.ts";
import type { Manifest } from "./manifest.ts";
import type { Project } from "./state-folder.ts";

/** A file that no target wrote, where an applier reads it. */
export interface Stranger {
  path: string;
  folder: string;
  reader: FolderReader;
}

/**
 * Looks through the folders that appliers read whole; `known` are the files that are written there, or about to be
 * deleted.
 */
export function strangersIn(
  project: Project,
  { folders }: Pick<Manifest, "folders">,
  known: ReadonlySet<string>,
): Stranger[] {
  const found = new Map<string, Stranger>(); // a folder may lie in another one
  for (const [folder, reader] of [...folders].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const { recursive, takes } = FOLDER_READERS[reader];
    for (const path of filesIn(project, folder, recursive)) {
      if (!known.has(path) && takes.test(path.slice(path.lastIndexOf("/") + 1)) && !found.has(path))
        found.set(path, { path, folder, reader });
    }
  }
  return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Links count as files: an applier may follow them, we never do. */
function* filesIn(project: Project, folder: string, recursive: boolean): Generator<string> {
  const { disk, absolute } = project;
  if (disk.kind(absolute(folder)) !== "directory") return;
  for (const name of disk.list(absolute(folder))) {
    const path = `${folder}/${name}`;
    const kind = disk.kind(absolute(path));
    if (kind !== "directory") yield path;
    else if (recursive) yield* filesIn(project, path, recursive);
  }
}
