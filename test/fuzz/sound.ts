import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { validate } from "../../compiler/2-validate/index.ts";
import { check } from "../../compiler/4-check/index.ts";
import { resolve } from "../../compiler/5-emit/contribute.ts";
import { checksOf } from "../../compiler/5-emit/select.ts";
import { compile } from "../../compiler/compile.ts";
import type { Emission } from "../../compiler/5-emit/index.ts";
import type { Ecosystem } from "../../compiler/config/model/ecosystem.ts";
import { DiagnosticError, type Diagnostic } from "../../compiler/diagnostics/diagnostic.ts";
import { PACKAGE_ROOT } from "../../compiler/package-root.ts";
import { places, type Place } from "../../compiler/provenance/places.ts";
import { targets } from "../../compiler/targets/registry.ts";
import { everything } from "../../scripts/everything/everything.ts";
import { base } from "../errors/base.ts";
import { harmless } from "../hostile/harmless.ts";
import { validatedProject } from "../support/topology.ts";
import { longest } from "./longest.ts";
import { addKey, put, remove } from "./mutations.ts";
import { isRange, rangeOf, renamed } from "./renames.ts";
import { seeded, type Random } from "./random.ts";
import { poolOf, valueFor } from "./schema.ts";
import { threeClouds } from "./three-clouds.ts";

/** A config that compiles without an error, and what is written for it. */
export interface Sound {
  config: object;
  emission: Emission;
}

/** How many changes were tried, and what was refused, by id. */
export interface Tally {
  tried: number;
  refused: Map<string, number>;
}

const boutique = (await validatedProject(join(PACKAGE_ROOT, "examples/online-boutique"))).ecosystem;

/** What walks begin with, and which sections most changes are of. */
interface Ground {
  bases: readonly object[];
  sections: readonly string[];
  /** Of the changes, those of these sections. */
  share: number;
}

/** Small configs are begun with more often, since they compile faster. */
const GROUNDS = {
  /** All of the vocabulary; services' fields are most of what charts get. */
  services: {
    bases: [base, base, base, harmless, longest(harmless), everything, boutique],
    sections: ["services"],
    share: 0.7,
  },
  /** What Terraform gets. */
  clouds: {
    bases: [threeClouds, threeClouds, threeClouds, longest(threeClouds), harmless, everything],
    sections: ["clouds", "clusters", "runners"],
    share: 0.85,
  },
} as const satisfies Record<string, Ground>;

type GroundName = keyof typeof GROUNDS;

const pool = poolOf([base, base, base, harmless, everything, boutique, threeClouds]);

/** Changes that are kept before a config counts as another one: most of the time goes into those that are refused. */
const STEPS = 3;
/** Configs of one walk, each further from its base. */
const WALK = 8;

/**
 * Configs over all of the vocabulary that are sound: a walk from one that is, of changes that the schema suggests, of
 * which each is kept where the checks still take the config. The same for the same seed. What a later phase refuses is
 * counted as well: a check could have said it at its literal.
 */
export async function* soundConfigs(seed: number, tally: Tally, ground: GroundName): AsyncGenerator<Sound> {
  const random = seeded(seed);
  const from: Ground = GROUNDS[ground];
  for (;;) {
    let config: object = structuredClone(random.pick(from.bases));
    for (let one = 0; one < WALK; one++) {
      config = walked(config, from, random, tally);
      const inputs = { config, images: digestsOf(config as Ecosystem) };
      const { diagnostics, emission } = await compile({ root: "/nowhere", inputs, mode: "emit" });
      const late = diagnostics.find(({ severity }) => severity === "error");
      if (late !== undefined || emission === undefined) {
        note(tally, late?.id ?? "nothing");
        break;
      }
      yield { config, emission };
    }
  }
}

function walked(first: object, ground: Ground, random: Random, tally: Tally): object {
  let config = first;
  for (let kept = 0, tries = 0; kept < STEPS && tries < 10 * STEPS; tries++) {
    const next = changed(config, ground, random);
    if (isDeepStrictEqual(next, config)) continue;
    tally.tried++;
    const refusal = refused(next);
    if (refusal !== undefined) note(tally, refusal);
    else [config, kept] = [next, kept + 1];
  }
  return config;
}

/** The first error that the phases before emit find, or by which one of them is stopped. */
function refused(config: object): string | undefined {
  try {
    return judged(config);
  } catch (error) {
    if (error instanceof DiagnosticError) return error.diagnostics[0]!.id;
    throw error;
  }
}

function judged(config: object): string | undefined {
  const firstOf = (said: readonly Diagnostic[]): string | undefined =>
    said.find(({ severity }) => severity === "error")?.id;
  const validated = validate({ config, images: digestsOf(config as Ecosystem), tuning: undefined });
  const early = firstOf(validated.diagnostics);
  if (early !== undefined) return early;
  const { topology, active, at, diagnostics } = resolve(validated, targets);
  return firstOf(diagnostics) ?? firstOf(check(topology, checksOf(active), at).diagnostics);
}

const note = ({ refused }: Tally, id: string): Map<string, number> => refused.set(id, (refused.get(id) ?? 0) + 1);

/** A digest in each environment for each service, and for each container beside it. */
export const digestsOf = ({ services, environments }: Partial<Ecosystem>): object =>
  Object.fromEntries(
    Object.entries(services ?? {})
      .flatMap(imagesOf)
      .map((image) => [
        image,
        Object.fromEntries(Object.keys(environments ?? {}).map((name) => [name, `sha256:${"0".repeat(64)}`])),
      ]),
  );

const imagesOf = ([name, service]: [string, Ecosystem["services"][string] | null]): string[] => [
  name,
  ...[service?.init, service?.sidecars]
    .flatMap((containers) => (Array.isArray(containers) ? (containers as { name?: unknown }[]) : []))
    .map((container) => `${name}/${String(container?.name)}`),
];

/** A copy with one change. */
function changed(config: object, { sections, share }: Ground, random: Random): object {
  if (random.chance(0.08)) return renamed(config, random);
  const copy = structuredClone(config);
  const all = places(copy);
  const wanted = random.chance(share);
  const within = all.filter(({ path }) => sections.includes(String(path[0])) === wanted);
  const place: Place = random.pick(within.length > 0 ? within : all);
  if (random.chance(0.45)) addKey(copy, place, random, pool);
  else if (random.chance(0.15)) remove(copy, place.path);
  else if (isRange(place.value)) put(copy, place.path, rangeOf(place.value as string, random));
  else put(copy, place.path, valueFor(place.schema, random, pool));
  return copy;
}
