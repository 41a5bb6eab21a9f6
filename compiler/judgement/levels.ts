import type { Ecosystem } from "../config/model/ecosystem.ts";
import type { Level } from "../config/model/levels.ts";
import { childPath } from "../diagnostics/config-path.ts";
import type { Diagnostic, Severity } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import type { CatalogueEntry } from "./catalogue.ts";
import { fault } from "./ids.ts";

/** The catalogue by id. */
export type KnownChecks = ReadonlyMap<string, CatalogueEntry>;

/** A level that the config gives to a check, and where. */
interface Given {
  id: string;
  level: Level;
  at: string;
}

/** Every level of the config: of `checks`, and of the checks of extensions beside their package. */
function givenIn({ checks = {}, extensions = {} }: Ecosystem): Given[] {
  const from = (path: string, levels: Readonly<Record<string, Level>>): Given[] =>
    Object.entries(levels).map(([id, level]) => ({ id, level, at: childPath(path, id) }));
  return [
    ...from("checks", checks as Readonly<Record<string, Level>>),
    ...Object.entries(extensions).flatMap(([name, { checks: levels = {} }]) =>
      from(`${childPath("extensions", name)}.checks`, levels),
    ),
  ];
}

/** The levels that the config may give, by id, and what is wrong with the others. */
export function levelsOf(
  ecosystem: Ecosystem,
  known: KnownChecks,
): { levels: ReadonlyMap<string, Level>; diagnostics: Diagnostic[] } {
  const levels = new Map<string, Level>();
  const diagnostics: Diagnostic[] = [];
  for (const { id, level, at } of givenIn(ecosystem)) {
    const check = known.get(id);
    if (check === undefined) diagnostics.push(unknownCheck(id, at, known, true));
    else if (check.floor !== undefined && isLower(level, check.severity))
      diagnostics.push(
        fault("levels/floor", {
          at,
          message: `${id} cannot be ${level === "off" ? "turned off" : `a ${level}`}: ${check.floor}`,
          hint: "take the entry out, and mend what it finds",
        }),
      );
    else levels.set(id, level);
  }
  return { levels, diagnostics };
}

export const unknownCheck = (id: string, at: string, known: KnownChecks, key = false): Diagnostic =>
  fault("levels/unknown-check", {
    at,
    ...(key ? { key } : {}),
    message: `there is no check "${id}"`,
    hint: didYouMean(id, known.keys()) ?? "`docs/checks/README.md` lists all of them",
  });

const STRENGTH: Readonly<Record<Level | Severity, number>> = { off: 0, info: 1, warning: 2, error: 3 };

const isLower = (level: Level, own: Severity): boolean => STRENGTH[level] < STRENGTH[own];

/** The findings with the levels that the config gives them. */
export const withLevels = (diagnostics: readonly Diagnostic[], levels: ReadonlyMap<string, Level>): Diagnostic[] =>
  diagnostics.flatMap((diagnostic) => {
    const level = levels.get(diagnostic.id);
    if (level === "off") return [];
    return [level === undefined ? diagnostic : { ...diagnostic, severity: level }];
  });
