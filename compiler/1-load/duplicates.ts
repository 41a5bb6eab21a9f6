import { families, type Family } from "../config/names.ts";
import { childPath, formatPath, pathsOf, valueAt } from "../diagnostics/config-path.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { fault } from "./catalogue.ts";
import type { Joins } from "./program/joins.ts";

/** Names of the config that were defined twice, where JavaScript let the last definition win. */
export function duplicates(exported: unknown, joins: Joins): Diagnostic[] {
  return recordsAt(exported).flatMap(({ declaredIn, record }) =>
    joins.keys(record).map((name) =>
      fault("load/duplicate-name", {
        at: childPath(declaredIn, name),
        message: `${name} is defined twice in ${declaredIn}, and the definition elsewhere would be lost without a word`,
        hint: `rename one of the two; to change a definition on purpose, spread it into the new one: { ...earlier${/^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`}, … }`,
      }),
    ),
  );
}

/** A record of definitions, where it is and what it defines. */
interface DefinitionRecord {
  family: Family;
  declaredIn: string;
  record: unknown;
}

/** The records of all families; a Proxy on the way that does not say what it holds when it is asked holds no definitions. */
export const recordsAt = (exported: unknown): DefinitionRecord[] =>
  Object.entries(families).flatMap(([family, { declaredIn }]) => {
    try {
      return pathsOf(exported, declaredIn.split(".")).map((path) => ({
        family: family as Family,
        declaredIn: formatPath(path),
        record: valueAt(exported, path),
      }));
    } catch {
      return [];
    }
  });
