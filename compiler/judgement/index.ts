import type { Ecosystem } from "../config/model/ecosystem.ts";
import type { Level } from "../config/model/levels.ts";
import type { Diagnostic, IgnoredDiagnostic } from "../diagnostics/diagnostic.ts";
import type { CatalogueEntry, Phase } from "./catalogue.ts";
import { acceptedIn, expired, noMatch, split, type Accepted } from "./ignores.ts";
import { levelsOf, withLevels } from "./levels.ts";

/** Which findings count, and how much: what the config says of its checks, held against the catalogue. */
export class Judgement {
  /** What is wrong with what the config says. */
  readonly diagnostics: readonly Diagnostic[];
  readonly #levels: ReadonlyMap<string, Level>;
  readonly #accepted: readonly Accepted[];
  readonly #matched = new Set<Accepted>();

  /** `asOf` is the day that `until` is held against; without one no time is over. */
  constructor(ecosystem: Ecosystem, catalogue: readonly CatalogueEntry[], asOf?: Date) {
    const known = new Map(catalogue.map((entry) => [entry.id, entry]));
    const { levels, diagnostics: refused } = levelsOf(ecosystem, known);
    const { accepted, diagnostics: wrong } = acceptedIn(ecosystem, known);
    this.#levels = levels;
    this.#accepted = accepted;
    const late = asOf === undefined ? [] : expired(accepted, asOf.toISOString().slice(0, "2027-03-31".length));
    this.diagnostics = [...refused, ...wrong, ...withLevels(late, levels)];
  }

  /** Checks that the config turns off, in order. */
  get off(): string[] {
    return [...this.#levels].flatMap(([id, level]) => (level === "off" ? [id] : [])).sort();
  }

  /** The findings with their levels, and apart from them those that are accepted. */
  judge(diagnostics: readonly Diagnostic[]): { open: Diagnostic[]; ignored: IgnoredDiagnostic[] } {
    const { matched, ...judged } = split(withLevels(diagnostics, this.#levels), this.#accepted);
    for (const entry of matched) this.#matched.add(entry);
    return judged;
  }

  /** Entries of `ignore` that matched nothing, of those whose phase has come to its end. */
  unmatched(done: readonly Phase[]): Diagnostic[] {
    return this.#accepted
      .filter((entry) => done.includes(entry.phase) && !this.#matched.has(entry))
      .map((entry) => noMatch(entry, this.#levels.get(entry.ignore.check) === "off"));
  }
}
