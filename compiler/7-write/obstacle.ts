import type { Kind } from "./disk.ts";
import { parentOf } from "./output-path.ts";
import type { Project } from "./workshop.ts";

/** Something that is no folder where a path needs one. */
export interface Obstacle {
  path: string;
  kind: Exclude<Kind, "directory">;
}

/** Looks at every folder above a path, once each: never is a file written or deleted through a link. */
export function obstacleFinder({ disk, absolute }: Project): (path: string) => Obstacle | undefined {
  const seen = new Map<string, Obstacle | undefined>();
  const above = (path: string): Obstacle | undefined => {
    const folder = parentOf(path);
    if (folder === "") return undefined;
    if (!seen.has(folder)) seen.set(folder, above(folder) ?? look(folder));
    return seen.get(folder);
  };
  const look = (folder: string): Obstacle | undefined => {
    const kind = disk.kind(absolute(folder));
    return kind === undefined || kind === "directory" ? undefined : { path: folder, kind };
  };
  return above;
}
