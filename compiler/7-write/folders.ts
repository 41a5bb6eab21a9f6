import type { Kind } from "./disk.ts";
import { parentOf } from "./output-path.ts";
import type { Project } from "./state-folder.ts";

/** Something that is no folder where a path needs one. */
export interface Obstacle {
  path: string;
  kind: Exclude<Kind, "directory">;
}

/** What is above a path: a folder, nothing yet, or something else. */
export type Above = "folder" | "nothing" | Obstacle;

/** Looks at every folder above a path, once each: never is a file written or deleted through a link. */
export function folderFinder({ disk, absolute }: Project): (path: string) => Above {
  const seen = new Map<string, Above>([["", "folder"]]);
  const above = (path: string): Above => {
    const folder = parentOf(path);
    const known = seen.get(folder);
    if (known !== undefined) return known;
    const higher = above(folder);
    const found = higher === "folder" ? look(folder) : higher;
    seen.set(folder, found);
    return found;
  };
  const look = (folder: string): Above => {
    const kind = disk.kind(absolute(folder));
    if (kind === "directory") return "folder";
    return kind === undefined ? "nothing" : { path: folder, kind };
  };
  return above;
}

export const isLink = (above: Above): above is Obstacle & { kind: "symlink" } =>
  typeof above === "object" && above.kind === "symlink";
