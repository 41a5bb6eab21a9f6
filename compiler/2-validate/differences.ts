import { isDeepStrictEqual } from "node:util";
import type { ValidateFunction } from "ajv";
import type { Ecosystem } from "../config/model/ecosystem.ts";
import { childPath, formatPath, parsePath, valueAt, type PathSegment } from "../diagnostics/config-path.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import {
  FIXED,
  isMerged,
  isWhole,
  layersOf,
  merged,
  writtenAt,
  type Differing,
  type Entry,
  type Layer,
} from "../facts/differences.ts";
import { clustersOf } from "../facts/placement.ts";
import { below, fieldOf, fieldTree } from "./field-tree.ts";
import * as validators from "./generated/validators.js";
import { schemaDiagnostics, unknownKey, type Placed } from "./schema-errors.ts";

const OF: Readonly<Record<Differing, ValidateFunction>> = {
  services: validators.services,
  secrets: validators.secrets,
  externals: validators.externals,
  teams: validators.teams,
  registries: validators.registries,
};

/**
 * What differs is held against the form of the whole: each entry is put together for every environment and every cluster
 * that it names, as it will be there. The entries themselves have the right form already.
 */
export function differenceDiagnostics(ecosystem: Ecosystem): Diagnostic[] {
  const found = (Object.keys(FIXED) as Differing[]).flatMap((section) =>
    entriesOf(section, ecosystem).flatMap(({ at, entry }) => {
      const fixed = differencesOf(entry, at).flatMap((difference) => fixedFields(section, difference));
      if (fixed.length > 0) return fixed;
      return formsOf(entry, at, ecosystem).flatMap((layers) => [
        ...schemaDiagnostics(OF[section], whole(layers), "config", placedIn(layers)),
        ...layers.slice(1).flatMap(takenAway),
        ...sameAgain(layers),
      ]);
    }),
  );
  found.push(...unplacedServices(ecosystem), ...unplacedTeams(ecosystem));
  return [...new Map(found.map((finding) => [`${finding.at} ${finding.message}`, finding])).values()];
}

/** The entries of a section, or the section that is one itself. */
const entriesOf = (section: Differing, ecosystem: Ecosystem): { at: string; entry: Entry }[] =>
  isWhole(section)
    ? [{ at: section, entry: ecosystem[section] ?? {} }]
    : Object.entries<Entry>(ecosystem[section] ?? {}).map(([name, entry]) => ({ at: childPath(section, name), entry }));

/** Everything that differs of an entry. */
const differencesOf = (entry: Entry, at: string): Layer[] =>
  (["in", "on"] as const).flatMap((place) =>
    Object.entries(entry[place] ?? {}).map(([name, values]) => ({
      at: childPath(`${at}.${place}`, name),
      values: values ?? {},
    })),
  );

/** What an entry is made of in each environment and on each cluster that it names. */
const formsOf = (entry: Entry, at: string, { clusters }: Ecosystem): Layer[][] => [
  ...Object.keys(entry.in ?? {}).map((environment) => layersOf(entry, at, environment, undefined)),
  ...Object.keys(entry.on ?? {}).map((name) =>
    layersOf(entry, at, Object.hasOwn(clusters, name) ? clusters[name]!.environment : "", name),
  ),
];

function whole(layers: readonly Layer[]): object {
  const { in: _, on: __, ...entry } = merged<Entry>(layers);
  return entry;
}

/** A path of the entry that is put together, as the path where that is written. */
const placedIn =
  (layers: readonly Layer[]): Placed =>
  (path, missing) => {
    const removed = missing === undefined ? undefined : [...path, missing];
    const isTaken = removed !== undefined && layers.some(({ values }) => valueAt(values, removed) === null);
    return parsePath(writtenAt(layers, isTaken ? removed : path));
  };

/** Fields that are the same wherever the entry is. */
const fixedFields = (section: Differing, { at, values }: Layer): Diagnostic[] =>
  Object.keys(values)
    .filter((field) => (FIXED[section] as readonly string[]).includes(field))
    .map((field) => ({
      id: "differences/fixed",
      severity: "error",
      at: childPath(at, field),
      key: true,
      message: `\`${field}\` cannot differ`,
      hint:
        field === "in" || field === "on"
          ? "write both beside each other: what differs on a cluster counts for more than what differs in its environment"
          : section === "services"
            ? "say it once for all of it, or make two services of one"
            : "say it once for all of it",
    }));

/** Fields that are taken away, and are none. */
const takenAway = ({ at, values }: Layer): Diagnostic[] =>
  leavesOf(values, parsePath(at))
    .filter(([path, value]) => value === null && nodeAt(path) === undefined)
    .map(([path]): Diagnostic => {
      const above = path.slice(0, -1);
      const key = String(path.at(-1));
      const hint = didYouMean(key, [...(nodeAt(above)?.children.keys() ?? [])]);
      return {
        id: "schema/unknown-key",
        severity: "error",
        at: formatPath(path),
        key: true,
        message: unknownKey(key, above),
        ...(hint === undefined ? {} : { hint }),
      };
    });

/** What differs where a service does not run. */
const unplacedServices = ({ services, clusters }: Ecosystem): Diagnostic[] =>
  Object.entries(services).flatMap(([name, service]) =>
    unplaced(["services", name], service, clustersOf(service.placement, clusters), clusters, {
      idea: "a service does not run",
      message: `${name} does not run`,
      hint: "place it there, or take this out",
    }),
  );

/** What differs where a team has no services. */
function unplacedTeams({ teams, services, clusters }: Ecosystem): Diagnostic[] {
  const placed = (name: string) =>
    Object.values(services)
      .filter(({ team }) => team === name)
      .flatMap(({ placement }) => clustersOf(placement, clusters));
  return Object.entries<Entry>(teams).flatMap(([name, team]) =>
    hasDifferences(team)
      ? unplaced(["teams", name], team, placed(name), clusters, {
          idea: "a team has no services",
          message: `${name} has no services`,
          hint: "place one there, or take this out",
        })
      : [],
  );
}

const hasDifferences = ({ in: environments, on }: Entry): boolean => environments !== undefined || on !== undefined;

/** What differs of an entry in environments and on clusters that are not those where it is. */
function unplaced(
  path: PathSegment[],
  entry: Entry,
  there: readonly string[],
  clusters: Ecosystem["clusters"],
  { idea, message, hint }: { idea: string; message: string; hint: string },
): Diagnostic[] {
  const environments = new Set<string | undefined>(there.map((cluster) => clusters[cluster]?.environment));
  const nowhere = (place: "in" | "on", reached: ReadonlySet<string | undefined>): Diagnostic[] =>
    Object.keys(entry[place] ?? {})
      .filter((key) => !reached.has(key))
      .map((key) => ({
        id: "differences/unplaced",
        severity: "warning",
        at: formatPath([...path, place, key]),
        key: true,
        message: `${message} ${place} ${key}`,
        idea: `${idea} ${place} ${key}`,
        hint,
      }));
  return [...nowhere("in", environments), ...nowhere("on", new Set(there))];
}

/** What the narrowest layer says, and would be so without it. */
function sameAgain(layers: readonly Layer[]): Diagnostic[] {
  const [{ at, values }, ...wider] = [...layers].reverse() as [Layer, ...Layer[]];
  if (wider.length === 0) return [];
  const below = merged(wider.reverse());
  return leavesOf(values)
    .filter(
      ([path, value]) =>
        isDeepStrictEqual(value ?? undefined, valueAt(below, path)) &&
        nodeAt([...parsePath(at), ...path]) !== undefined,
    )
    .map(([path]) => ({
      id: "differences/same",
      severity: "warning",
      at: path.reduce<string>(childPath, at),
      message: `${formatPath(path)} is the same without this line`,
      idea: `${fieldOf([...parsePath(at), ...path])} is the same without this line`,
      hint: "take it out",
    }));
}

/** The values that are not merged further, with their paths. */
const leavesOf = (values: object, path: PathSegment[] = []): [PathSegment[], unknown][] =>
  Object.entries(values).flatMap(([key, value]) =>
    isMerged(value) ? leavesOf(value, [...path, key]) : [[[...path, key], value]],
  );

const nodeAt = (path: readonly PathSegment[]) =>
  path.reduce<ReturnType<typeof below>>((node, segment) => node && below(node, segment), fieldTree());
