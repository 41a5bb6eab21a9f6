import type { Family } from "../config/names.ts";

/** A place in the config that refers to declared names; made from the types. `*` stands for any key or index. */
export interface ReferencePlace {
  path: readonly string[];
  families: readonly Family[];
  /** The keys of the object there are the names, not the text there. */
  keys?: boolean;
  /** Words that may stand there instead of a name. */
  or?: readonly string[];
  /** Only where the object that holds it says so. */
  when?: { property: string; value: unknown };
}
