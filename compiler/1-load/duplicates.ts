import { childPath, valueAt } from "../diagnostics/config-path.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { fault } from "./catalogue.ts";
import { families } from "./generated/families.ts";
import type { Joins } from "./program/joins.ts";

/** Names of the config that were defined twice, where JavaScript let the last definition win. */
export function duplicates(exported: unknown, joins: Joins): Diagnostic[] {
  return families.flatMap((family) => {
    return joins.keys(declaredAt(exported, family)).map((name) =>
      fault("load/duplicate-name", {
        at: childPath(family, name),
        message: `${name} is defined twice in ${family}, and the definition elsewhere would be lost without a word`,
        hint: `rename one of the two; to change a definition on purpose, spread it into the new one: { ...earlier${/^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`}, … }`,
      }),
    );
  });
}

/** The record of a family; a Proxy on the way that does not say what it holds when it is asked holds no definitions. */
function declaredAt(exported: unknown, family: string): unknown {
  try {
    return valueAt(exported, family.split("."));
  } catch {
    return undefined;
  }
}
