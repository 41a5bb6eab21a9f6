import type { Diagnostic, IgnoredDiagnostic, Position, RelatedFinding, Severity } from "./diagnostic.ts";

/** What a run has to say at its end. */
export interface Report {
  diagnostics: readonly Diagnostic[];
  /** What the config accepts: counted for people, marked for programs. */
  ignored?: readonly IgnoredDiagnostic[];
  summary: Summary;
}

export interface Summary {
  /** Sentences for people, as what changed in each target. */
  lines: readonly string[];
  /** The same for programs; goes into JSON as it is. */
  data?: Readonly<Record<string, unknown>>;
}

/** What the catalogue knows about an id. */
export interface RuleText {
  summary: string;
  /** Markdown: why it matters, what to do. */
  help: string;
  url?: string;
}

export interface RenderOptions {
  color: boolean;
  /** Also what is otherwise only counted. */
  verbose?: boolean;
  /** The source lines around a diagnostic; asked for those alone that are shown. */
  frameOf?(diagnostic: Diagnostic): string | undefined;
  /** Columns of the terminal; prose is wrapped to it, source never. */
  width: number;
  /** Version of eco-compile, for the formats that name their tool. */
  version?: string;
  /** The catalogue's entry of an id. */
  rule?(id: string): RuleText | undefined;
}

export type Reporter = (report: Report, options: RenderOptions) => string;

/** The order of the source: what is read first is said first; what has no place comes before. */
export function inSourceOrder<T extends Diagnostic>(diagnostics: readonly T[]): T[] {
  const keys = new Map(diagnostics.map((diagnostic) => [diagnostic, sourceKey(diagnostic)]));
  return [...diagnostics].sort((a, b) => compareKeys(keys.get(a)!, keys.get(b)!));
}

const SEVERITIES: readonly Severity[] = ["error", "warning", "info"];

/** For media that cut off the end: errors first, each severity in source order. */
export function bySeverity(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const ordered = inSourceOrder(diagnostics);
  return SEVERITIES.flatMap((severity) => ordered.filter((diagnostic) => diagnostic.severity === severity));
}

export function countBySeverity(diagnostics: readonly Diagnostic[]): {
  errors: number;
  warnings: number;
  infos: number;
} {
  const count = (wanted: Severity) => diagnostics.filter(({ severity }) => severity === wanted).length;
  return { errors: count("error"), warnings: count("warning"), infos: count("info") };
}

export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** `file:line:col`, as terminals and editors make it clickable. */
export function placeOf({ file, line, column }: Position): string {
  return `${file}:${line}:${column}`;
}

/** The related places of a diagnostic; those that the load phase has seen have a position. */
export function relatedPlaces({ related = [] }: Diagnostic): readonly RelatedFinding[] {
  return related;
}

/** What is said before a related place. */
export const relatedLabel = ({ call }: RelatedFinding): string => (call ? "called at" : "also");

/** What people are told when the value itself is not written anywhere. */
export function inheritedNote({ position }: Diagnostic): string | undefined {
  if (position?.inherited === undefined) return undefined;
  return `not written in the config; the nearest written value is ${position.inherited || "the whole config"}`;
}

type SourceKey = readonly (string | number)[];

function sourceKey({ position, input = "config", at, id, message }: Diagnostic): SourceKey {
  return [position?.file ?? "", position?.line ?? 0, position?.column ?? 0, input, at, id, message];
}

function compareKeys(a: SourceKey, b: SourceKey): number {
  for (const [index, left] of a.entries()) {
    const right = b[index]!;
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}
