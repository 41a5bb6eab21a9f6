import { isWithin, type PathSegment } from "../../compiler/diagnostics/config-path.ts";
import { PAYLOADS } from "../hostile/payloads.ts";
import type { Random } from "./random.ts";
import { places, resolve, type Place } from "../../compiler/provenance/places.ts";
import { valueFor, type Pool } from "./schema.ts";

/** A change of a config in place, at one of its places; what makes no sense there changes nothing. */
type Mutation = (config: object, place: Place, random: Random, pool: Pool) => void;

const OTHER_TYPES = [null, true, false, 0, -1, 1.5, "", "text", [], [[]], {}, { kind: "x" }, [null], undefined];
const NUMBERS = [
  -1,
  0,
  1,
  2,
  99,
  100,
  101,
  65_535,
  65_536,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 53,
  1e308,
  -1e308,
  5e-324,
  0.1,
  -0,
];
const NAMES = [
  "",
  "__proto__",
  "constructor",
  "toString",
  "a.b",
  "a b",
  "a\nb",
  "0",
  "-",
  "A",
  "x".repeat(64),
  "x".repeat(1000),
  "日本",
  "argocd",
  "default",
  "kube-system",
  "foundation",
];
const QUANTITIES = [
  "0",
  "0s",
  "0%",
  "0Mi",
  "0m",
  "1ms",
  "0.001s",
  "99999d",
  "36500d",
  "100%",
  "100.000001%",
  "999999999Gi",
  "64Ti",
  "1Ki",
  "0 EUR",
  "999999999999 USD",
  "* * * * *",
  "0 0 30 2 *",
  "59 23 31 12 7",
  "0.0.0.0/0",
  "255.255.255.255/32",
  "10.0.0.0/8",
];

const mutations: readonly (readonly [weight: number, mutation: Mutation])[] = [
  [10, (config, { path, schema }, random, pool) => put(config, path, valueFor(schema, random, pool))],
  [
    1,
    (config, { path }, random, pool) =>
      put(config, path, structuredClone(random.pick(random.pick([...pool.values()])))),
  ],
  [3, (config, { path }) => remove(config, path)],
  [1, (config, { path }, random) => put(config, path, structuredClone(random.pick(OTHER_TYPES)))],
  [
    3,
    (config, { path, value }, random) =>
      typeof value === "string" &&
      put(
        config,
        path,
        random.pick([
          random.pick(PAYLOADS)(value),
          random.pick(QUANTITIES),
          value.repeat(1 + random.below(200)),
          value + value,
        ]),
      ),
  ],
  [3, (config, { path, value }, random) => typeof value === "number" && put(config, path, random.pick(NUMBERS))],
  [3, addKey],
  [3, swap],
  [
    4,
    (config, { path, schema }, random) =>
      schema["x-eco-ref"] !== undefined && put(config, path, random.pick(declaredNames(config))),
  ],
  [2, rename],
  [3, repeat],
];

const drawn = mutations.flatMap(([weight, mutation]) => Array.from({ length: weight }, () => mutation));

/** Up to six changes of a copy, mostly few: what is refused early says nothing about the phases after. */
export function mutate(config: object, random: Random, pool: Pool): object {
  const copy = structuredClone(config);
  for (let left = 1 + Math.floor(6 * random.next() ** 3); left > 0; left--) {
    const all = places(copy);
    if (all.length === 0) break;
    random.pick(drawn)(copy, random.pick(all), random, pool);
  }
  return copy;
}

/** A key that the schema has and the object does not. */
export function addKey(config: object, { path, value, schema }: Place, random: Random, pool: Pool): void {
  if (!isRecord(value)) return;
  const absent = Object.keys(schema.properties ?? {}).filter((key) => !Object.hasOwn(value, key));
  if (absent.length === 0) return;
  const key = random.pick(absent);
  put(config, [...path, key], valueFor(schema.properties![key]!, random, pool));
}

/** What stands at two places of one kind changes places. */
function swap(config: object, { path, kind, value }: Place, random: Random): void {
  const others = places(config).filter(
    (place) => place.kind === kind && !isWithin(place.path, path) && !isWithin(path, place.path),
  );
  if (others.length === 0) return;
  const other = random.pick(others);
  put(config, path, structuredClone(other.value));
  put(config, other.path, structuredClone(value));
}

/** A declared name is called otherwise, perhaps as another one; what refers to it is left behind. */
function rename(config: object, { path, value }: Place, random: Random): void {
  const key = path.at(-1)!;
  if (typeof key === "number") return;
  remove(config, path);
  put(config, [...path.slice(0, -1), random.pick([...NAMES, ...declaredNames(config), `${key}2`])], value);
}

/** An entry stands once more in its list, or a name's value under another name. */
function repeat(config: object, { path, value }: Place, random: Random): void {
  const [parent, key] = [path.slice(0, -1), path.at(-1)!];
  if (typeof key === "number") {
    const entry = structuredClone(random.chance(0.8) ? value : random.pick(OTHER_TYPES));
    (at(config, parent) as unknown[]).splice(
      random.below(key + 2),
      0,
      ...Array.from({ length: 1 + random.below(2) }, () => entry),
    );
  } else if (typeof resolve(placeAt(config, parent)?.schema ?? {}).additionalProperties === "object")
    put(config, [...parent, `${key}-2`], structuredClone(value));
}

const placeAt = (config: object, path: readonly PathSegment[]): Place | undefined =>
  places(config).find((place) => place.path.length === path.length && isWithin(place.path, path));
const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === "object" && !Array.isArray(value);
const at = (config: object, path: readonly PathSegment[]): unknown =>
  path.reduce<unknown>((node, segment) => (node as Record<PathSegment, unknown> | undefined)?.[segment], config);

/** Every name that a section of the config declares. */
function declaredNames(config: object): string[] {
  const names = Object.values(config).flatMap((section) => (isRecord(section) ? Object.keys(section) : []));
  return names.length === 0 ? ["none"] : names;
}

/** `__proto__` is a key like any other. */
export function put(config: object, path: readonly PathSegment[], value: unknown): void {
  const parent = at(config, path.slice(0, -1));
  if (parent !== null && typeof parent === "object")
    Object.defineProperty(parent, path.at(-1)!, { value, enumerable: true, configurable: true, writable: true });
}

export function remove(config: object, path: readonly PathSegment[]): void {
  const parent = at(config, path.slice(0, -1));
  if (Array.isArray(parent)) parent.splice(Number(path.at(-1)), 1);
  else if (isRecord(parent)) delete parent[path.at(-1)!];
}
