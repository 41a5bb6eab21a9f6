import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Topology } from "../topology/index.ts";
import type { Library } from "../1-load/package-library.ts";
import type { ActiveTarget } from "./select.ts";
import type { EmittedFile, TargetArtifact } from "./artifact.ts";
import { applyPatches } from "./patches.ts";
import { readFolders, type FolderReader } from "./read-folders.ts";
import { serialise } from "./serialise.ts";

/** What emit hands to verify and write. */
export interface Emission {
  artifacts: readonly TargetArtifact[];
  files: readonly EmittedFile[];
  /** Folders that an applier reads whole. */
  folders: ReadonlyMap<string, FolderReader>;
  /** Patches that match nothing or do not apply. */
  diagnostics: readonly Diagnostic[];
}

/** Topology → Artifacts: asks each target, applies the patches of the config, serialises. */
export function emit(topology: Topology, targets: readonly ActiveTarget[], library: Library): Emission {
  const made = targets.flatMap(({ target, options }) =>
    target.emit(topology, options, library).map((artifact): TargetArtifact => ({ ...artifact, target: target.name })),
  );
  const { artifacts, diagnostics } = applyPatches(made, topology);
  return {
    artifacts,
    diagnostics,
    folders: readFolders(artifacts, topology),
    files: artifacts.map((artifact) => ({
      path: artifact.path,
      content: serialise(artifact),
      target: artifact.target,
      sources: artifact.sources,
    })),
  };
}
