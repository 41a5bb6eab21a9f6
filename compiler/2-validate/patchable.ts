export type PatchableType = "object" | "array" | "string" | "number" | "boolean";

/** An object that each definition of a section makes, and what it has that no word of the config sets. */
export interface Patchable {
  /** `services.*` */
  section: string;
  /** Only of definitions with this value; `otherwise` is that of those who say none. */
  only?: { field: string; value: unknown; otherwise: unknown };
  target: string;
  kind: string;
  /** What its name is made of: fields of the definition, and `*` for the definition's own name. */
  name: readonly string[];
  /** Where in it the keys are. */
  under: readonly string[];
  keys: Readonly<Record<string, PatchableType>>;
}
