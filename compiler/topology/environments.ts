import type { Resolved } from "./resolved.ts";

export interface Environment extends Resolved {
  name: string;
  /** Position in the order of promotion, from 0. */
  order: number;
  /** Whether users depend on it: what is there must not go down, and says exactly what it runs. */
  production: boolean;
  after?: string;
  approval: boolean;
  apply: "continuous" | "gated";
  /** Whether its clusters follow `env/<name>`, which promotion moves, or else the repository's revision. */
  pointer: boolean;
  /** What Argo CD follows. */
  revision: string;
  /** Version of eco-compile's own components there, the tag of their images. */
  components: string;
}
