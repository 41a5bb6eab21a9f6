import { formatPath, type PathSegment } from "../diagnostics/config-path.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";

/** Shapes that providers give their credentials on purpose, so that they can be found: few false alarms. */
const SHAPES: readonly (readonly [name: string, shape: RegExp])[] = [
  ["a private key", /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/],
  ["an AWS access key", /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/],
  ["a GitHub token", /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{60,})\b/],
  ["a GitLab token", /\bglpat-[A-Za-z0-9_-]{20,}/],
  ["a Google API key", /\bAIza[0-9A-Za-z_-]{35}(?![0-9A-Za-z_-])/],
  ["a Slack token", /\bxox[abposr]-[A-Za-z0-9-]{10,}/],
  ["a Slack webhook", /hooks\.slack\.com\/services\/T[A-Z0-9]+\/B[A-Z0-9]+\/[A-Za-z0-9]+/],
  ["a Stripe key", /\b[rs]k_live_[A-Za-z0-9]{20,}/],
  ["an Anthropic API key", /\bsk-ant-[A-Za-z0-9_-]{20,}/],
  ["an OpenAI API key", /\bsk-(?:proj-)?[A-Za-z0-9_-]{40,}/],
  ["an npm token", /\bnpm_[A-Za-z0-9]{36}\b/],
  ["a JSON web token", /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/],
  ["a password in a URL", /:\/\/[^\s/:@]+:[^\s/:@$]{3,}@/],
];

/** A literal of every shape. Nearly all texts have none, and one pass over plain literals is all that they cost. */
const TRACE = /PRIVATE KEY-----|AKIA|ASIA|gh[pousr]_|github_pat_|glpat-|AIza|xox[abposr]-|hooks\.slack|k_live_|sk-[a-zA-Z0-9]{3}|npm_|eyJ|:\/\/[^ \n/:@]+:[^ \n/:@]+@/;

/** Keys whose plain text values are secrets, whatever they look like. */
const SECRET_KEY = /(?:^|[_-])(?:password|passwd|secret|api[_-]?key|access[_-]?key|private[_-]?key|auth[_-]?token|token)$/i;

/** Values that are no secret whatever their key says: switches, limits, and what Kubernetes fills in from another variable. */
const PLAIN_VALUE = /^(?:true|false|[0-9]{1,7}|\$\([A-Za-z_][A-Za-z0-9_]*\))?$/;

/** Whether a closer look pays. Traces are ASCII: a text in UTF-8 may be given as if it were Latin-1. */
export const mayHoldSecret = (text: string): boolean => TRACE.test(text);

/** What a text looks like, if it looks like a secret. */
export const secretIn = (text: string): string | undefined => (mayHoldSecret(text) ? SHAPES.find(([, shape]) => shape.test(text))?.[0] : undefined);

/** The text with stars in place of whatever looks like a secret, as long as before: for messages and source lines. */
export const redact = (text: string): string =>
  mayHoldSecret(text) ? SHAPES.reduce((rest, [, shape]) => rest.replace(new RegExp(shape, "g"), (found) => "*".repeat(found.length)), text) : text;

/** Secrets that stand in the config itself. Messages never repeat them. */
export function secretDiagnostics(config: unknown): Diagnostic[] {
  return [...texts(config, [])].flatMap(({ text, path }): Diagnostic[] => {
    const named = path.at(-2) === "env" && SECRET_KEY.test(String(path.at(-1))) && !PLAIN_VALUE.test(text);
    const what = secretIn(text) ?? (named ? "a secret, by its name" : undefined);
    if (what === undefined) return [];
    // An empty frame: the line itself must not be shown, or the secret would stand in every log.
    return [{ id: "config/secret", severity: "error", at: formatPath(path), frame: "", message: `${formatPath(path)} holds what looks like ${what}`, hint: "declare it under `secrets` and mount it; take the value out of the history of the repository and replace it" }];
  });
}

function* texts(value: unknown, path: PathSegment[]): Generator<{ text: string; path: PathSegment[] }> {
  if (typeof value === "string") yield { text: value, path };
  else if (Array.isArray(value)) for (const [index, child] of value.entries()) yield* texts(child, [...path, index]);
  else if (value !== null && typeof value === "object") for (const [key, child] of Object.entries(value)) yield* texts(child, [...path, key]);
}
