import type { Resolved } from "./resolved.ts";

export interface Environment extends Resolved {
  name: string;
  /** Position in the order of promotion, from 0. */
  order: number;
  first: boolean;
  last: boolean;
  after?: string;
  approval: boolean;
  apply: "continuous" | "gated";
  /** What Argo CD follows: the repository's revision in the first environment, `env/<name>` in later ones. */
  revision: string;
}
