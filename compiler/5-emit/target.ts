import type { Library } from "../1-load/package-library.ts";
import type { Check } from "../4-check/check.ts";
import type { Stage } from "../facts/waves.ts";
import type { Addon, GroupKind } from "../topology/addons.ts";
import type { Topology } from "../topology/index.ts";
import type { Artifact, TargetArtifact } from "./artifact.ts";
import type { ChartImage } from "./chart-images.ts";

/** Version of this contract: raised when targets of other packages have to be changed. */
export const CONTRACT = 1;

/** Gives the fields of a target their types, and says which contract it was made for. */
export const defineTarget = <Options = undefined>(target: Target<Options>): Target<Options> & { contract: number } => ({
  ...target,
  contract: CONTRACT,
});

/**
 * One output family, which says all about itself in its own folder. Pure: no clock, no randomness, no environment, no
 * disk. A target knows no other one: what it needs of them has a {@link Word}.
 */
export interface Target<Options = undefined> {
  /** Name of its folder, and the word for it in the config, the CLI and the docs. */
  name: string;
  /** One line: what it writes, for `--help` and the docs. */
  summary: string;
  /** It is on where the config says so, with `true` or its options. Default: it is on unless the config says `false` */
  offByDefault?: true;
  /** What others can count on while it is on. */
  provides?: readonly Word[];
  /** Fills the defaults of its own section of `targets`: makes the `Options` that the others are given. */
  resolve?: (options: unknown) => unknown;
  /** Rules about what only this target can do. */
  checks?: readonly Check[];
  /** What the platform needs for its output; asked after lower, so that checks and all targets see it. */
  contribute?: (topology: Topology, options: Options) => Contribution;
  /** A producer's files, from the Topology alone. */
  emit?: (topology: Topology, options: Options, library: Library) => Artifact[];
  /** An assembler's files: what wires up that which producers have made. Assemblers do not see one another's. */
  assemble?: (topology: Topology, options: Options, library: Library, produced: Produced) => Artifact[];
}

/** What a target offers to others. The words of our own targets; one of somebody else's may have more. */
export type Word = "metrics" | "mesh" | "progressive-delivery" | "faults" | "triggers" | "admission" | (string & {});

/** What a target adds to the platform, as far as others must know before anything is written. */
export interface Contribution {
  addons?: readonly ContributedAddon[];
  needs?: readonly Need[];
  /** Kinds without a namespace that its add-ons' charts and manifests bring. */
  clusterKinds?: readonly GroupKind[];
  /** Kinds that workloads are made of, whatever add-ons there are. */
  workloadKinds?: readonly GroupKind[];
}

/** Without what follows from where it is. */
export interface ContributedAddon extends Omit<
  Addon,
  "target" | "wave" | "path" | "serverSideApply" | "source" | "cluster" | "images" | "upstream"
> {
  cluster: { name: string; source: string };
  /**
   * The images that its pods run, without tags, and where its chart's values say them: those obey a mirror. As a text, a
   * name or a part of a registry that they are all from, for which no value is known. Absent: nobody says.
   */
  images?: readonly (string | ChartImage)[];
  /** Config path that asks for it. Default: the cluster's */
  source?: string;
  stage: Stage;
  /** Order inside the stage. Default: 0 */
  step?: number;
  /** Default: false */
  serverSideApply?: boolean;
}

/** Something that another target has to provide. */
export interface Need {
  word: Word;
  /** Config path that asks for it. */
  at: string;
  /** What asks for it, as the start of a sentence: `the canary of web`. */
  what: string;
}

/** The files of all producers. */
export interface Produced {
  artifacts: readonly TargetArtifact[];
  /** Whether there is this file. */
  has: (path: string) => boolean;
  /** Whether there is a file below this folder. */
  below: (folder: string) => boolean;
}
