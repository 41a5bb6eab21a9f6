import { families } from "../config/names.ts";
import { childPath, valueAt } from "../diagnostics/config-path.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { fault } from "./catalogue.ts";
import type { Joins } from "./program/joins.ts";

/** Names of the config that were defined twice, where JavaScript let the last definition win. */
export function duplicates(exported: unknown, joins: Joins): Diagnostic[] {
  return Object.values(families).flatMap(({ declaredIn }) =>
    joins.keys(declaredAt(exported, declaredIn)).map((name) =>
      fault("load/duplicate-name", {
        at: childPath(declaredIn, name),
        message: `${name} is defined twice in ${declaredIn}, and the definition elsewhere would be lost without a word`,
        hint: `rename one of the two; to change a definition on purpose, spread it into the new one: { ...earlier${/^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`}, … }`,
      }),
    ),
  );
}

/** The record of a family; a Proxy on the way that does not say what it holds when it is asked holds no definitions. */
export function declaredAt(exported: unknown, path: string): unknown {
  try {
    return valueAt(exported, path.split("."));
  } catch {
    return undefined;
  }
}
