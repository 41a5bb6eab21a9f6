import { isWithin, parsePath } from "../diagnostics/config-path.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { FORMAT, oldWords } from "../migrations/index.ts";
import { formatFault } from "../migrations/catalogue.ts";

const MIGRATE = "run `eco-compile migrate`, which rewrites it";

/**
 * The findings of the schema, where the config is not of its format: one finding that says so takes the place of all
 * that follow from it. Only what the schema refuses is one: no old form is valid in a later format.
 */
export function withFormat(config: unknown, findings: readonly Diagnostic[]): readonly Diagnostic[] {
  if (findings.length === 0) return findings;
  const format = formatOf(config);
  if (format !== undefined && format > FORMAT) return [newerFormat(format)];
  const refused = new Set(findings.map(({ at }) => at));
  const outdated = [...older(format), ...words(config).filter(({ at }) => refused.has(at))];
  const places = outdated.map(({ at }) => parsePath(at));
  const isExplained = ({ at }: Diagnostic) => places.some((place) => isWithin(parsePath(at), place));
  return [...outdated, ...findings.filter((finding) => !isExplained(finding))];
}

/** The number that the config says, if it is one that a format could have. */
export function formatOf(config: unknown): number | undefined {
  const { format } = (config ?? {}) as { format?: unknown };
  return Number.isSafeInteger(format) && Number(format) > 0 ? Number(format) : undefined;
}

/** What is wrong with a format that only a later compiler knows. */
export const newerFormat = (format: number): Diagnostic =>
  formatFault("format/newer", {
    at: "format",
    message: `the config is written in format ${format}, and this eco-compile knows formats up to ${FORMAT}`,
    hint: "install the eco-compile that its package.json and ecosystem.lock.json name: npm ci",
  });

const IDEA = `the config is written in words of a format before ${FORMAT}`;

const older = (format: number | undefined): Diagnostic[] =>
  format === undefined || format === FORMAT
    ? []
    : [
        formatFault("format/outdated", {
          at: "format",
          message: `the config says that it is written in format ${format}; today's is ${FORMAT}`,
          idea: IDEA,
          hint: MIGRATE,
        }),
      ];

const words = (config: unknown): Diagnostic[] =>
  oldWords(config).map(({ at, word }) =>
    formatFault("format/outdated", {
      at,
      ...(word.key === word.newKey ? {} : { key: true }),
      message: word.change,
      idea: IDEA,
      hint: MIGRATE,
    }),
  );
