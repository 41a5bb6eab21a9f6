import type { Ecosystem } from "../config/model/ecosystem.ts";
import { families, type Family } from "../config/names.ts";
import { formatPath, pathsOf, valueAt, type PathSegment } from "../diagnostics/config-path.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import { redact } from "./secrets/index.ts";
import { places } from "./generated/references.ts";
import type { ReferencePlace } from "./reference-place.ts";

/** Every reference to a name that is declared nowhere. */
export function referenceDiagnostics(ecosystem: Ecosystem): Diagnostic[] {
  const declared = new Map(familyNames.map((family) => [family, new Set(declaredNames(ecosystem, family))]));
  return places.flatMap((place) =>
    uses(ecosystem, place).flatMap(({ name, path }) => {
      if (place.or?.includes(name)) return [];
      const of = entryOf(ecosystem, place, path);
      // An entry that is declared nowhere is a finding of its own.
      if (of !== undefined && !declared.get(of.family)!.has(of.name)) return [];
      const known =
        of === undefined
          ? place.families.map((family) => declared.get(family)!)
          : [new Set(namesIn(ecosystem, place.families[0]!, of.name))];
      if (known.some((names) => names.has(name))) return [];
      return [unknown(ecosystem, place, { name, path, of, known: known.flatMap((names) => [...names]) })];
    }),
  );
}

interface Unknown {
  name: string;
  path: readonly PathSegment[];
  of: { family: Family; name: string } | undefined;
  known: readonly string[];
}

function unknown(ecosystem: Ecosystem, place: ReferencePlace, { name, path, of, known }: Unknown): Diagnostic {
  const titles = place.families.map((family) => families[family].title).join(" or ");
  const where = of === undefined ? "" : ` in ${families[of.family].title} ${of.name}`;
  const elsewhere = of === undefined ? [] : entriesWith(ecosystem, place.families[0]!, name);
  return {
    id: "reference/unknown",
    severity: "error",
    at: formatPath(path),
    ...(place.keys ? { key: true } : {}),
    message: `there is no ${titles} "${redact(name)}"${where}`, // whoever takes a reference for a value writes the secret itself
    hint:
      (elsewhere.length === 0 ? didYouMean(name, [...known, ...(place.or ?? [])]) : undefined) ??
      (known.length === 0
        ? `no ${titles} is declared${where}`
        : `declared${of === undefined ? "" : " there"}: ${listed(known)}${place.or === undefined ? "" : `; or write ${place.or.map((word) => JSON.stringify(word)).join(" or ")}`}${elsewhere.length === 0 ? "" : `; ${listed(elsewhere)} has it`}`),
  };
}

const listed = (names: readonly string[]): string =>
  `${names.slice(0, 10).join(", ")}${names.length > 10 ? ", ..." : ""}`;

const familyNames = Object.keys(families) as Family[];

/** The entry whose names the family of a place are, as the field beside a reference names it; undefined where none is. */
function entryOf(ecosystem: Ecosystem, { families: [family] }: ReferencePlace, path: readonly PathSegment[]) {
  const { of } = families[family!] as { of?: Family };
  if (of === undefined) return undefined;
  return { family: of, name: String(valueAt(ecosystem, [...path.slice(0, -1), of])) };
}

/** The names that an ecosystem declares in a family. */
export const declaredNames = (ecosystem: Ecosystem, family: Family): string[] => [
  ...new Set(recordsOf(ecosystem, family).flatMap(({ names }) => names)),
];

/** Those that one entry declares. */
const namesIn = (ecosystem: Ecosystem, family: Family, entry: string): string[] =>
  recordsOf(ecosystem, family).find(({ of }) => of === entry)?.names ?? [];
const entriesWith = (ecosystem: Ecosystem, family: Family, name: string): string[] =>
  recordsOf(ecosystem, family).flatMap(({ of, names }) => (of !== undefined && names.includes(name) ? [of] : []));

/** The records that declare the names of a family: one, or one of each entry of another family. */
function recordsOf(ecosystem: Ecosystem, family: Family): { of?: string; names: string[] }[] {
  const pattern = families[family].declaredIn.split(".");
  const star = pattern.indexOf("*");
  return pathsOf(ecosystem, pattern).map((path) => ({
    ...(star < 0 ? {} : { of: path[star]! }),
    names: Object.keys(valueAt(ecosystem, path) ?? {}),
  }));
}

/** A name at a place of references. */
interface Use {
  name: string;
  path: readonly PathSegment[];
}

/** The names that stand at a place, with their paths. Most values lead to none, so only a name gets a path of its own. */
function uses(root: unknown, { path: steps, keys, when }: ReferencePlace): Use[] {
  const found: Use[] = [];
  const path: PathSegment[] = [];
  const enter = (segment: PathSegment, child: unknown): void => {
    path.push(segment);
    visit(child);
    path.pop();
  };
  const visit = (value: unknown): void => {
    const step = steps[path.length];
    if (step === undefined) {
      if (typeof value === "string" && !keys) found.push({ name: value, path: [...path] });
      if (keys && typeof value === "object" && value !== null)
        for (const name of Object.keys(value)) found.push({ name, path: [...path, name] });
      return;
    }
    if (value === null || typeof value !== "object") return;
    if (Array.isArray(value)) {
      if (step === "*") for (let index = 0; index < value.length; index++) enter(index, value[index]);
    } else if (step === "*") {
      for (const key of Object.keys(value)) enter(key, (value as Record<string, unknown>)[key]);
    } else if (Object.hasOwn(value, step)) {
      const object = value as Record<string, unknown>;
      const counts = path.length < steps.length - 1 || when === undefined || object[when.property] === when.value;
      if (counts) enter(step, object[step]);
    }
  };
  visit(root);
  return found;
}

/**
 * Environments must make one chain from a first to a last. An `after` that is declared nowhere is a reference's
 * finding, not one here.
 */
export function environmentDiagnostics({ environments }: Ecosystem): Diagnostic[] {
  const names = Object.keys(environments);
  const fault = (at: string[], message: string, hint: string): Diagnostic => ({
    id: "reference/environment-order",
    severity: "error",
    at: formatPath(["environments", ...at]),
    message,
    hint,
  });
  if (names.length === 0) return [fault([], "no environment is declared", "declare at least one")];
  const after = (name: string): string | undefined =>
    Object.hasOwn(environments, name) ? environments[name]!.after : undefined;
  const [first, ...others] = names.filter((name) => after(name) === undefined);
  const forks = names.flatMap((name) => {
    const [next, ...rest] = names.filter((other) => after(other) === name);
    return rest.map((other) => ({ name, next: next!, other }));
  });
  const loops = names
    .map((name) => loopThrough(name, after))
    .filter((loop) => loop.length > 0 && names.find((name) => loop.includes(name)) === loop[0]);
  return [
    ...others.map((name) =>
      fault(
        [name],
        `${name} is a second first environment beside ${first!}`,
        `say what it comes after: { after: "${first!}" }`,
      ),
    ),
    ...forks.map(({ name, next, other }) =>
      fault(
        [other, "after"],
        `both ${next} and ${other} come after ${name}`,
        `let one come after the other: { after: "${next}" }`,
      ),
    ),
    ...loops.map((loop) =>
      fault(
        [loop[0]!, "after"],
        `${[...loop, loop[0]].join(" comes after ")}`,
        first === undefined
          ? "let exactly one environment have no `after`"
          : `let one of them come after the last environment that ${first} leads to`,
      ),
    ),
  ];
}

/** The environments from `name` along `after` until it comes round again; none where the way ends. */
function loopThrough(name: string, after: (name: string) => string | undefined): string[] {
  const way = [name];
  for (let next = after(name); next !== undefined && next !== name; next = after(next)) {
    if (way.includes(next)) return []; // a loop, but not through `name`
    way.push(next);
  }
  return after(way.at(-1)!) === name ? way : [];
}
