import { packageLibrary } from "../../compiler/1-load/package-library.ts";
import type { Artifact, TargetArtifact } from "../../compiler/5-emit/artifact.ts";
import { producedFrom } from "../../compiler/5-emit/produced.ts";
import { selectTargets } from "../../compiler/5-emit/select.ts";
import type { Target } from "../../compiler/5-emit/target.ts";
import { PACKAGE_ROOT } from "../../compiler/package-root.ts";
import { targets } from "../../compiler/targets/registry.ts";
import type { Topology } from "../../compiler/topology/index.ts";

export const library = packageLibrary(PACKAGE_ROOT);

/** What all producers make of a topology, or those that `section` leaves on. */
const producedBy = (topology: Topology, section: object = {}): TargetArtifact[] =>
  selectTargets(targets, section).flatMap(({ target, options }) =>
    (target.emit?.(topology, options, library) ?? []).map((artifact) => ({ ...artifact, target: target.name })),
  );

/** What an assembler makes beside all producers, or beside those that `section` leaves on. */
export const assembledBy = <Options>(
  target: Pick<Target<Options>, "assemble">,
  topology: Topology,
  options: Options,
  section?: object,
): Artifact[] => target.assemble!(topology, options, library, producedFrom(producedBy(topology, section)));

/** The same topology without some of its add-ons. */
export const withoutAddons = (topology: Topology, without: (name: string, cluster: string) => boolean): Topology => ({
  ...topology,
  platform: {
    ...topology.platform,
    addons: topology.platform.addons.filter(({ name, cluster }) => !without(name, cluster)),
  },
});
