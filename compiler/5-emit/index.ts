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
 * Topology → Artifacts: asks the producers, then the assemblers, which see what those have made; applies the patches of
 * the config, serialises.
 */
export function emit(topology: Topology, targets: readonly ActiveTarget[], library: Library): Emission {
  const { artifacts, diagnostics } = produce(topology, targets, library);
  return {
    artifacts,
    diagnostics,
    folders: readFolders(artifacts, topology),
    files: artifacts.map((artifact) => {
      const { path, target, source, patches } = artifact;
      return { path, content: serialise(artifact), target, source, ...(patches === undefined ? {} : { patches }) };
    }),
  };
}

/** The same as far as structure goes. */
export function produce(
  topology: Topology,
  targets: readonly ActiveTarget[],
  library: Library,
): Pick<Emission, "artifacts" | "diagnostics"> {
  const of = (target: string, artifacts: readonly Artifact[] = []): TargetArtifact[] =>
    artifacts.map((artifact) => ({ ...artifact, target }));
  const made = targets.flatMap(({ target, options }) => of(target.name, target.emit?.(topology, options, library)));
  const seen = producedFrom(made);
  const assembled = targets.flatMap(({ target, options }) =>
    of(target.name, target.assemble?.(topology, options, library, seen)),
  );
  return applyPatches([...made, ...assembled].sort(byTarget), topology);
}

const byTarget = (a: TargetArtifact, b: TargetArtifact): number =>
  a.target === b.target ? 0 : a.target < b.target ? -1 : 1;
