import { join } from "node:path";
import { validate } from "../../compiler/2-validate/index.ts";
import { check } from "../../compiler/4-check/index.ts";
import { resolve } from "../../compiler/5-emit/contribute.ts";
import { checksOf } from "../../compiler/5-emit/select.ts";
import { compile } from "../../compiler/compile.ts";
import type { Emission } from "../../compiler/5-emit/index.ts";
import type { Ecosystem } from "../../compiler/config/model/ecosystem.ts";
import type { Diagnostic } from "../../compiler/diagnostics/diagnostic.ts";
import { PACKAGE_ROOT } from "../../compiler/package-root.ts";
import { places, type Place } from "../../compiler/provenance/places.ts";
import { targets } from "../../compiler/targets/registry.ts";
import { everything } from "../../scripts/everything/everything.ts";
import { base } from "../errors/base.ts";
import { harmless } from "../hostile/harmless.ts";
import { validatedProject } from "../support/topology.ts";
import { addKey, put, remove } from "./mutations.ts";
import { seeded, type Random } from "./random.ts";
import { poolOf, valueFor } from "./schema.ts";

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

/** What the walks begin with; small ones are begun with more often, since they compile faster. */
const BASES: readonly object[] = [
  base,
  base,
  base,
  harmless,
  everything,
  (await validatedProject(join(PACKAGE_ROOT, "examples/online-boutique"))).ecosystem,
];
const pool = poolOf(BASES);

/** Changes that are kept before a config counts as another one. */
const STEPS = 8;
/** Configs of one walk, each further from its base. */
const WALK = 4;

/**
 * Configs over all of the vocabulary that are sound: a walk from one that is, of changes that the schema suggests, of
 * which each is kept where the checks still take the config. The same for the same seed. What a later phase refuses is
 * counted as well: a check could have said it at its literal.
 */
export async function* soundConfigs(seed: number, tally: Tally): AsyncGenerator<Sound> {
  const random = seeded(seed);
  for (;;) {
    let config: object = structuredClone(random.pick(BASES));
    for (let one = 0; one < WALK; one++) {
      config = walked(config, random, tally);
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

function walked(from: object, random: Random, tally: Tally): object {
  let config = from;
  for (let kept = 0, tries = 0; kept < STEPS && tries < 10 * STEPS; tries++) {
    const next = changed(config, random);
    tally.tried++;
    const refusal = refused(next);
    if (refusal !== undefined) note(tally, refusal);
    else [config, kept] = [next, kept + 1];
  }
  return config;
}

/** The first error that the phases before emit find. */
function refused(config: object): string | undefined {
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
const digestsOf = ({ services, environments }: Partial<Ecosystem>): object =>
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

/** A copy with one change, mostly of a service: their fields are most of what charts get. */
function changed(config: object, random: Random): object {
  const copy = structuredClone(config);
  const all = places(copy);
  const within = all.filter(({ path }) => path[0] === (random.chance(0.7) ? "services" : path[0]));
  const place: Place = random.pick(within.length > 0 ? within : all);
  if (random.chance(0.45)) addKey(copy, place, random, pool);
  else if (random.chance(0.15)) remove(copy, place.path);
  else put(copy, place.path, valueFor(place.schema, random, pool));
  return copy;
}
