import type { ObjectProperty } from "oxc-parser";

/** The name of a property, undefined when only running the code tells. */
export function keyName({ key, computed }: ObjectProperty): string | undefined {
  if (key.type === "Identifier" && !computed) return key.name;
  if (key.type === "Literal") return String(key.value);
  return undefined;
}
