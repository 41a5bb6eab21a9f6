import { loadCatalogue } from "../1-load/catalogue.ts";
import { lockCatalogue } from "../lock/catalogue.ts";
import { formatCatalogue } from "../migrations/catalogue.ts";
import { validateCatalogue } from "../2-validate/catalogue.ts";
import type { Check } from "../4-check/check.ts";
import { checks } from "../4-check/registry.ts";
import { emitCatalogue } from "../5-emit/catalogue.ts";
import type { Target } from "../5-emit/target.ts";
import { verifyCatalogue } from "../6-verify/catalogue.ts";
import { writeCatalogue } from "../7-write/catalogue.ts";
import { policyCheck } from "../facts/policies.ts";
import { readPolicies, shippedFolder } from "../policy/shipped.ts";
import { targets as own } from "../targets/registry.ts";
import type { Severity } from "../diagnostics/diagnostic.ts";
import type { RuleText } from "../diagnostics/report.ts";
import { judgementCatalogue } from "./ids.ts";

/** The phases that find something, in their order. */
export const PHASES = ["load", "validate", "check", "emit", "verify", "write"] as const;
export type Phase = (typeof PHASES)[number];

/** What is known of an id: where it comes from, how bad it is, what it means. */
export interface CatalogueEntry {
  id: string;
  severity: Severity;
  summary: string;
  why: string;
  /** Which phase finds it. */
  phase: Phase;
  /** Why the config may not lower its level. Absent: it may. */
  floor?: string;
}

interface Fault {
  severity?: Severity;
  summary: string;
  why: string;
}

/** The ids of a phase, and why none of its errors may be lowered. */
const FAULTS: readonly (readonly [Phase, Readonly<Record<string, Fault>>, floor: string])[] = [
  ["load", loadCatalogue, "without it there is no config that could be compiled"],
  ["load", lockCatalogue, "what was chosen once must not be chosen anew without a word"],
  ["validate", formatCatalogue, "in another format the same words may mean something else, or nothing"],
  ["validate", validateCatalogue, "what has another form, or refers to nothing, cannot be compiled"],
  ["validate", judgementCatalogue, "what the config says of its checks has to hold"],
  ["emit", emitCatalogue, "the output would lack a part that others count on"],
  ["verify", verifyCatalogue, "whoever reads the output would refuse it, or apply something else"],
  ["write", writeCatalogue, "it says to whom a file belongs and what happened on the disk, which no level changes"],
];

/** Reasons of single ids, where there is a better one than their phase's. */
const FLOORS: Readonly<Record<string, string>> = {
  "config/secret": "git forgets nothing: what was committed once has to be replaced, whatever the level was",
  "verify/secret": "git forgets nothing: what was committed once has to be replaced, whatever the level was",
  "names/reserved": "the name has another owner, and one of the two would be overwritten",
  "namespaces/reserved": "the namespace has another owner, and a team could change what all others stand on",
  "tuning/out-of-bounds": "the bounds are what people have agreed to",
};

/** What an error of a check is, which is no risk that somebody could take. */
const BROKEN = "the targets count on it: what they would write does not work";

/** Every id that there is with these targets, in order. */
export function catalogue(targets: readonly Target<never>[] = own): CatalogueEntry[] {
  const faults = FAULTS.flatMap(([phase, ids, floor]) =>
    Object.entries(ids).map(([id, { severity = "error", summary, why }]) =>
      entry({ id, severity, summary, why, phase }, severity === "error" || phase === "write" ? floor : undefined),
    ),
  );
  const rules = [...checks, ...targets.flatMap((target) => target.checks ?? [])].map(ofCheck);
  const policies = readPolicies(shippedFolder()).policies.map(({ name, severity, title, description }) =>
    entry({ id: policyCheck(name), severity, summary: title, why: description, phase: "verify" }),
  );
  return [...faults, ...rules, ...policies].sort((a, b) => (a.id < b.id ? -1 : 1));
}

const ofCheck = ({ id, severity, summary, why, risk = false }: Check): CatalogueEntry =>
  entry({ id, severity, summary, why, phase: "check" }, severity === "error" && !risk ? BROKEN : undefined);

const entry = (known: Omit<CatalogueEntry, "floor">, floor?: string): CatalogueEntry =>
  floor === undefined ? known : { ...known, floor: FLOORS[known.id] ?? floor };

let byId: ReadonlyMap<string, CatalogueEntry> | undefined;

/** What reporters say about an id. */
export function ruleText(id: string): RuleText | undefined {
  byId ??= new Map(catalogue().map((entry) => [entry.id, entry]));
  const entry = byId.get(id);
  return entry && { summary: entry.summary, help: entry.why };
}
