import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Topology } from "../topology/index.ts";
import type { Library } from "../1-load/package-library.ts";
import { producedFrom } from "./produced.ts";
import type { ActiveTarget } from "./select.ts";
import type { Artifact, EmittedFile, TargetArtifact } from "./artifact.ts";
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

/**
 * Topology → Artifacts: asks the producers, then the assemblers, which see what those have made; applies the
 * patches of the config, serialises.
 */
export function emit(topology: Topology, targets: readonly ActiveTarget[], library: Library): Emission {
  const of = (target: string, artifacts: readonly Artifact[] = []): TargetArtifact[] =>
    artifacts.map((artifact) => ({ ...artifact, target }));
  const made = targets.flatMap(({ target, options }) => of(target.name, target.emit?.(topology, options, library)));
  const seen = producedFrom(made);
  const assembled = targets.flatMap(({ target, options }) =>
    of(target.name, target.assemble?.(topology, options, library, seen)),
  );
  const { artifacts, diagnostics } = applyPatches([...made, ...assembled].sort(byTarget), topology);
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

const byTarget = (a: TargetArtifact, b: TargetArtifact): number =>
  a.target === b.target ? 0 : a.target < b.target ? -1 : 1;
