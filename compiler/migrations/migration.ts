import type { Expression, Node } from "oxc-parser";
import type { PathSegment } from "../diagnostics/config-path.ts";

/** One step of the config's vocabulary, from a format to the next. */
export interface Migration {
  /** The format that it leads to. */
  to: number;
  words: readonly Word[];
}

/**
 * A key that is called otherwise from then on, takes another form, or is no more. Its old form is never valid in a later format:
 * so it is known for what it is, whatever format a file says that it has, also after a merge of an older branch.
 */
export interface Word {
  /** The objects that have it, as a config path: `*` is any name. */
  of: string;
  key: string;
  /** Absent for a key that is taken out. */
  newKey?: string;
  /** The helper that is given such an object, if there is one. */
  helper?: string;
  /** What is said of it, as `placement: [ … ] is written placement: { clusters: [ … ] } now`. */
  change: string;
  /** Whether a value has the old form. */
  isOld(value: unknown): boolean;
  /** The same, in the source. */
  isWrittenOld(value: Expression): boolean;
  /** What an old value means, in the new form. */
  renew(value: unknown): unknown;
  /** The same, in the source. */
  rewrite(value: Expression, source: Source): Edit[] | Obstacle;
  /** Steps of a config path below the old value, as they are below the new one; undefined where they lead nowhere. */
  renewSteps(steps: readonly PathSegment[], value: unknown): PathSegment[] | undefined;
}

/** What of a file a word may look at. */
export interface Source {
  text: string;
  /** What a constant of the file is. */
  constant(name: string): Expression | undefined;
}

/** Text in the place of what stands at a range of offsets. */
export interface Edit {
  start: number;
  end: number;
  text: string;
}

/** Why something cannot be rewritten, and where that stands. */
export interface Obstacle {
  node: Node;
  why: string;
}
