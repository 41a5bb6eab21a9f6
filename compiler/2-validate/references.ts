import type { Ecosystem } from "../config/model/ecosystem.ts";
import type { Names } from "../config/names.ts";
import { formatPath, type PathSegment } from "../diagnostics/config-path.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import { places } from "./generated/references.ts";

/** A place in the config that refers to declared names; made from the types. `*` stands for any key or index. */
export interface ReferencePlace {
  path: readonly string[];
  families: readonly string[];
  /** Only where the object that holds it says so. */
  when?: { property: string; value: unknown };
}

/** How messages call a family, and where its names are declared. */
const families: Record<keyof Names, { title: string; declared: (ecosystem: Ecosystem) => object | undefined }> = {
  environment: { title: "environment", declared: ({ environments }) => environments },
  team: { title: "team", declared: ({ teams }) => teams },
  gcpRegion: { title: "region of gcp", declared: ({ clouds }) => clouds.gcp?.regions },
  awsRegion: { title: "region of aws", declared: ({ clouds }) => clouds.aws?.regions },
  azureRegion: { title: "region of azure", declared: ({ clouds }) => clouds.azure?.regions },
  cluster: { title: "cluster", declared: ({ clusters }) => clusters },
  secret: { title: "secret", declared: ({ secrets }) => secrets },
  slo: { title: "SLO", declared: ({ slos }) => slos },
  rollout: { title: "rollout strategy", declared: ({ rollouts }) => rollouts },
  experiment: { title: "experiment", declared: ({ resilience }) => resilience?.experiments },
  alertRoute: { title: "alert route", declared: ({ observability }) => observability?.alertRoutes },
  service: { title: "service", declared: ({ services }) => services },
};

/** Every reference to a name that is declared nowhere. */
export function referenceDiagnostics(ecosystem: Ecosystem): Diagnostic[] {
  const names = Object.fromEntries(Object.entries(families).map(([family, { declared }]) => [family, new Set(Object.keys(declared(ecosystem) ?? {}))]));
  return places.flatMap((place) => {
    const known = place.families.map((family) => names[family]!);
    return [...uses(ecosystem, place, 0, [])]
      .filter(({ name }) => !known.some((set) => set.has(name)))
      .map(({ name, path }): Diagnostic => {
        const titles = place.families.length > 1 ? "region" : families[place.families[0] as keyof Names].title;
        const declared = known.flatMap((set) => [...set]);
        return {
          id: "reference/unknown",
          severity: "error",
          at: formatPath(path),
          message: `there is no ${titles} "${name}"`,
          hint: didYouMean(name, declared) ?? (declared.length === 0 ? `no ${titles} is declared` : `declared: ${declared.slice(0, 10).join(", ")}${declared.length > 10 ? ", ..." : ""}`),
        };
      });
  });
}

/** The texts that stand at a place, with their paths. */
function* uses(value: unknown, place: ReferencePlace, depth: number, path: PathSegment[]): Generator<{ name: string; path: PathSegment[] }> {
  const step = place.path[depth];
  if (step === undefined) {
    if (typeof value === "string") yield { name: value, path: [...path] };
    return;
  }
  if (value === null || typeof value !== "object") return;
  if (Array.isArray(value)) {
    if (step === "*") for (const [index, child] of value.entries()) yield* uses(child, place, depth + 1, [...path, index]);
    return;
  }
  const object = value as Record<string, unknown>;
  if (step === "*") for (const key of Object.keys(object)) yield* uses(object[key], place, depth + 1, [...path, key]);
  else if (depth < place.path.length - 1 || place.when === undefined || object[place.when.property] === place.when.value) {
    if (Object.hasOwn(object, step)) yield* uses(object[step], place, depth + 1, [...path, step]);
  }
}

/** Environments must make one chain from a first to a last. */
export function environmentDiagnostics({ environments }: Ecosystem): Diagnostic[] {
  const names = Object.keys(environments);
  const fault = (name: string, message: string, hint: string): Diagnostic => ({ id: "reference/environment-order", severity: "error", at: formatPath(["environments", name]), message, hint });
  const roots = names.filter((name) => environments[name]!.after === undefined);
  const followers = names.filter((name) => names.filter((other) => environments[other]!.after === name).length > 1);
  const reached = new Set<string>();
  for (let next = roots[0]; next !== undefined && !reached.has(next); next = names.find((name) => environments[name]!.after === next)) reached.add(next);
  if (names.length === 0) return [{ id: "reference/environment-order", severity: "error", at: "environments", message: "no environment is declared", hint: "declare at least one" }];
  return [
    ...roots.slice(1).map((name) => fault(name, `${name} is a second first environment beside ${roots[0]}`, `say what it comes after: { after: "${roots[0]}" }`)),
    ...followers.map((name) => fault(name, `several environments come after ${name}`, "let one come after the other")),
    ...(roots.length === 0 || (roots.length === 1 && followers.length === 0) ? names.filter((name) => !reached.has(name)).slice(0, 1).map((name) => fault(name, `${name} is on a loop of \`after\``, "let exactly one environment have no `after`")) : []),
  ];
}
