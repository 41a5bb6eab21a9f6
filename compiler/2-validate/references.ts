import type { Ecosystem } from "../config/model/ecosystem.ts";
import { families, type Family } from "../config/names.ts";
import { formatPath, valueAt, type PathSegment } from "../diagnostics/config-path.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import { redact } from "./secrets/index.ts";
import { places } from "./generated/references.ts";
import type { ReferencePlace } from "./reference-place.ts";

/** Every reference to a name that is declared nowhere. */
export function referenceDiagnostics(ecosystem: Ecosystem): Diagnostic[] {
  const names = namesOf(ecosystem);
  return places.flatMap((place) => {
    const known = place.families.map((family) => names.get(family)!);
    return uses(ecosystem, place)
      .filter(({ name }) => !known.some((set) => set.has(name)))
      .map(({ name, path }): Diagnostic => {
        const titles = place.families.map((family) => families[family].title).join(" or ");
        const declared = known.flatMap((set) => [...set]);
        return {
          id: "reference/unknown",
          severity: "error",
          at: formatPath(path),
          message: `there is no ${titles} "${redact(name)}"`, // whoever takes a reference for a value writes the secret itself
          hint:
            didYouMean(name, declared) ??
            (declared.length === 0
              ? `no ${titles} is declared`
              : `declared: ${declared.slice(0, 10).join(", ")}${declared.length > 10 ? ", ..." : ""}`),
        };
      });
  });
}

/** The names that an ecosystem declares in a family. */
export const declaredNames = (ecosystem: Ecosystem, family: Family): string[] =>
  Object.keys(valueAt(ecosystem, families[family].declaredIn.split(".")) ?? {});

/** All of them, by family. */
const namesOf = (ecosystem: Ecosystem): ReadonlyMap<string, ReadonlySet<string>> =>
  new Map(Object.keys(families).map((family) => [family, new Set(declaredNames(ecosystem, family as Family))]));

/** A text at a place of references. */
interface Use {
  name: string;
  path: readonly PathSegment[];
}

/** The texts that stand at a place, with their paths. Most values lead to none, so only a text gets a path of its own. */
function uses(root: unknown, { path: steps, when }: ReferencePlace): Use[] {
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
      if (typeof value === "string") found.push({ name: value, path: [...path] });
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
