import type { TargetArtifact } from "./artifact.ts";
import type { Produced } from "./target.ts";

/** What producers have made, as assemblers look at it. */
export function producedFrom(artifacts: readonly TargetArtifact[]): Produced {
  const files = new Set<string>();
  const folders = new Set<string>();
  for (const { path } of artifacts) {
    files.add(path);
    for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
      const folder = path.slice(0, end);
      if (folders.has(folder)) break; // and all above it
      folders.add(folder);
    }
  }
  return { artifacts, has: (path) => files.has(path), below: (folder) => folders.has(folder) };
}
