import type { Service, ServiceFields } from "../config/model/services.ts";
import type { External, ExternalFields } from "../config/model/externals.ts";
import type { Registries, RegistriesFields } from "../config/model/registries.ts";
import type { Secret, SecretFields } from "../config/model/secrets.ts";
import type { Team, TeamFields } from "../config/model/teams.ts";
import { childPath, type PathSegment } from "../diagnostics/config-path.ts";
import { mergeFields } from "./merge-patch.ts";

/**
 * What no environment and no cluster may say otherwise, of a service, of a secret, of something outside, of a team and of
 * the registries.
 */
export const FIXED: {
  readonly services: readonly Exclude<keyof Service, keyof ServiceFields>[];
  readonly secrets: readonly Exclude<keyof Secret, keyof SecretFields>[];
  readonly externals: readonly Exclude<keyof External, keyof ExternalFields>[];
  readonly teams: readonly Exclude<keyof Team, keyof TeamFields>[];
  readonly registries: readonly Exclude<keyof Registries, keyof RegistriesFields>[];
} = {
  services: ["team", "kind", "placement", "in", "on"],
  secrets: ["in", "on"],
  externals: ["in", "on"],
  teams: ["contact", "namespace", "in", "on"],
  registries: ["in", "on"],
};

/** The sections of what may differ: all of their entries, or the section itself. */
export type Differing = keyof typeof FIXED;

/** The section that is one thing, and no record of entries. */
export const isWhole = (section: string): section is "registries" => section === "registries";

const fixed: ReadonlySet<string> = new Set(Object.values(FIXED).flat());

/** Those among the fields of an entry that an environment or a cluster may say otherwise. */
export const differing = <T>(fields: Iterable<readonly [string, T]>): [string, T][] =>
  [...fields].flatMap(([name, field]) => (fixed.has(name) ? [] : [[name, field] as [string, T]]));

/** A place of the config that says something of an entry: itself, what differs in an environment or on a cluster. */
export interface Layer {
  at: string;
  values: object;
}

/** What an entry says of its differences. */
export interface Entry {
  in?: { readonly [environment: string]: object | undefined };
  on?: { readonly [cluster: string]: object | undefined };
}

/** What speaks of an entry on a cluster of an environment, from the widest to the narrowest. */
export function layersOf(entry: Entry, at: string, environment: string, cluster: string | undefined): Layer[] {
  const inside = own(entry.in, environment);
  const there = cluster === undefined ? undefined : own(entry.on, cluster);
  return [
    { at, values: entry },
    ...(inside === undefined ? [] : [{ at: childPath(`${at}.in`, environment), values: inside }]),
    ...(there === undefined ? [] : [{ at: childPath(`${at}.on`, cluster!), values: there }]),
  ];
}

const own = (record: Entry["in"], key: string): object | undefined =>
  record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;

/** What the layers say together: each is a merge patch of those before it. Without differences it is the entry itself. */
export const merged = <T extends object>([entry, ...differences]: readonly Layer[]): T =>
  differences.reduce<object>((below, { values }) => mergeFields(below, values, isMerged), entry!.values) as T;

/** Whether a value merges field by field; lists and objects that say their kind are one value. */
export const isMerged = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !Object.hasOwn(value, "kind");

/**
 * Where the merged value at a path comes from: the narrowest layer that writes it, takes it away, or replaces what it is
 * a part of; the entry where none does.
 */
export function writtenAt(layers: readonly Layer[], path: readonly PathSegment[]): string {
  const { at } = layers.findLast(({ values }, index) => index === 0 || decides(values, path))!;
  return path.reduce<string>(childPath, at);
}

function decides(values: unknown, path: readonly PathSegment[]): boolean {
  let value = values;
  for (const [index, segment] of path.entries()) {
    if (index > 0 && !isMerged(value)) return true;
    if (!Object.hasOwn(value as object, segment)) return false;
    value = (value as Record<PathSegment, unknown>)[segment];
  }
  return true;
}

/** Paths within an entry that differ → the config path that says so. */
export type Differs = { readonly [field: string]: string };

/** What the layers after the first say: the narrowest one for each value that is not merged further. */
export function differsOf([, ...differences]: readonly Layer[]): Differs {
  const found = new Map<string, string>();
  const visit = (value: unknown, field: string, at: string): void => {
    if (field !== "" && !isMerged(value)) {
      for (const other of found.keys()) if (other.startsWith(`${field}.`)) found.delete(other);
      found.set(field, at);
    } else
      for (const [key, child] of Object.entries(value as object))
        visit(child, childPath(field, key), childPath(at, key));
  };
  for (const { at, values } of differences) visit(values, "", at);
  return Object.fromEntries([...found].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/**
 * Where it is decided that fields of a workload disagree: at the first that an environment or a cluster says otherwise, and
 * without one at the first.
 */
export function disagreeAt(workload: { source: string; differs: Differs }, ...fields: [string, ...string[]]): string {
  const decisive = fields
    .flatMap((field) => Object.keys(workload.differs).filter((key) => key === field || key.startsWith(`${field}.`)))
    .at(0);
  return decisive === undefined ? fieldAt(workload, fields[0]) : workload.differs[decisive]!;
}

/** Where a field of a workload is written, or could be. */
export function fieldAt(
  { source, differs }: { source: string; differs: Differs },
  ...path: readonly PathSegment[]
): string {
  for (let length = path.length; length > 0; length--) {
    const field = path.slice(0, length).reduce<string>(childPath, "");
    if (Object.hasOwn(differs, field)) return path.slice(length).reduce<string>(childPath, differs[field]!);
  }
  return path.reduce<string>(childPath, source);
}
