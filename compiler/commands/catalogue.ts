import { loadCatalogue } from "../1-load/catalogue.ts";
import { validateCatalogue } from "../2-validate/catalogue.ts";
import { lockCatalogue } from "../lock/catalogue.ts";
import { checks } from "../4-check/registry.ts";
import { emitCatalogue } from "../5-emit/catalogue.ts";
import { verifyCatalogue } from "../6-verify/catalogue.ts";
import { writeCatalogue } from "../7-write/catalogue.ts";
import { targets } from "../targets/registry.ts";
import type { Severity } from "../diagnostics/diagnostic.ts";
import type { RuleText } from "../diagnostics/report.ts";

/** What is known of an id: where it comes from, how bad it is, what it means. */
export interface CatalogueEntry {
  id: string;
  severity: Severity;
  summary: string;
  why: string;
}

const faults: Readonly<Record<string, { severity?: Severity; summary: string; why: string }>> = {
  ...loadCatalogue,
  ...lockCatalogue,
  ...validateCatalogue,
  ...emitCatalogue,
  ...verifyCatalogue,
  ...writeCatalogue,
};

/** Every id that there is, in order. */
export function catalogue(): CatalogueEntry[] {
  const rules = [...checks, ...targets.flatMap((target) => target.checks ?? [])].map(
    ({ id, severity, summary, why }) => ({ id, severity, summary, why }),
  );
  const own = Object.entries(faults).map(([id, { severity = "error", summary, why }]) => ({
    id,
    severity,
    summary,
    why,
  }));
  return [...own, ...rules].sort((a, b) => (a.id < b.id ? -1 : 1));
}

let byId: ReadonlyMap<string, CatalogueEntry> | undefined;

/** What reporters say about an id. */
export function ruleText(id: string): RuleText | undefined {
  byId ??= new Map(catalogue().map((entry) => [entry.id, entry]));
  const entry = byId.get(id);
  return entry && { summary: entry.summary, help: entry.why };
}
