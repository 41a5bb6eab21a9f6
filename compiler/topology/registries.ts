import type { Resolved } from "./resolved.ts";

/** Where a cluster pulls images from. */
export interface Registries extends Resolved {
  /** Clusters whose registries have one form pull the same image from the same place. */
  form: string;
  /** The narrowest first: the first that an image is of counts. */
  mirrors: readonly Mirror[];
  /** Whether admission lets in images by the names that they have without a mirror. */
  allowUpstream: boolean;
}

/** A mirror of a registry, or of a part of one. */
export interface Mirror extends Resolved {
  /** What it mirrors; `*`: every registry. */
  from: string;
  /** What stands for `from` in an image's name, and in front of all of it for `*`. Absent: images are left where they are. */
  to?: string;
}
