import { readFileSync } from "node:fs";
import { PACKAGE_ROOT } from "../../package-root.ts";

/**
 * `data/secrets/gitleaks.json`, made by scripts/gen/secret-rules.ts; the NOTICE beside it says where the rules come
 * from.
 */
export interface RuleSet {
  source: { module: string; version: string; sum: string };
  /** Rules of the source that are not among `rules`, with the reason. */
  leftOut: Readonly<Record<string, string>>;
  /** What is no secret whatever rule finds it. */
  allowlist: Allowlist;
  rules: readonly SecretRule[];
}

export interface SecretRule {
  id: string;
  /** What it finds, in words: `a GitLab deploy token`. */
  title: string;
  /** What it looks for: a secret that is known by its shape, or a name and what is assigned to it. */
  asks: "shape" | "name" | "both";
  regex: string;
  /** In lower case; a text with none of them does not match. */
  keywords: readonly string[];
  /** What is found must have more bits of information in each character. */
  entropy?: number;
  /** The group of `regex` that is the secret. Default: the first that is not empty, else all of it. */
  secretGroup?: number;
  allowlists?: readonly Allowlist[];
}

interface Allowlist {
  /** What the patterns are tried on: the secret, what matched, or its line. Default: the secret. */
  target?: string;
  regexes: readonly string[];
  /** Parts of the secret, in lower case. */
  stopwords: readonly string[];
}

/** A place of a text that looks like a secret. */
export interface Match {
  title: string;
  start: number;
  end: number;
}

let shipped: CompiledRule[] | undefined;

/**
 * The rules as they ship with the package: read when a text first has a trace of a secret, each compiled when its
 * keyword first stands in one.
 */
const compiled = (): readonly CompiledRule[] =>
  (shipped ??= compile(JSON.parse(readFileSync(`${PACKAGE_ROOT}data/secrets/gitleaks.json`, "utf8")) as RuleSet));

export function compile({ rules, allowlist }: RuleSet): CompiledRule[] {
  const everywhere = allowed(allowlist);
  return rules.map((rule) => new CompiledRule(rule, everywhere));
}

/** The secrets in a text that have a shape of their own. */
export const shapedSecrets = (text: string): Match[] => matches(text, ({ rule }) => rule.asks !== "name");

/** What a provider's rule for names says of `name=value`. */
export const namedSecrets = (assignment: string): Match[] =>
  matches(assignment, ({ rule }) => rule.asks !== "shape" && rule.id !== GENERIC);

/** Whether the rule for all names takes `name=value` for a secret: it wants a value that looks drawn at random. */
export const genericSecret = (assignment: string): boolean =>
  matches(assignment, ({ rule }) => rule.id === GENERIC).length > 0;

const GENERIC = "generic-api-key";

function matches(text: string, wanted: (rule: CompiledRule) => boolean): Match[] {
  const lower = text.toLowerCase();
  return compiled().flatMap((rule) =>
    wanted(rule) && rule.rule.keywords.some((keyword) => lower.includes(keyword)) ? rule.matches(text) : [],
  );
}

/** One rule, with what gitleaks does around its regular expression: groups, entropy and allowlists, in that order. */
export class CompiledRule {
  readonly rule: SecretRule;
  readonly #allowed: readonly Allows[];
  #regex: RegExp | undefined;

  constructor(rule: SecretRule, everywhere: Allows) {
    this.rule = rule;
    this.#allowed = [everywhere, ...(rule.allowlists ?? []).map(allowed)];
  }

  matches(text: string): Match[] {
    const { title, regex, secretGroup, entropy = 0 } = this.rule;
    this.#regex ??= new RegExp(regex, "g");
    return [...text.matchAll(this.#regex)].flatMap((match): Match[] => {
      const secret =
        secretGroup === undefined ? (match.slice(1).find((group) => group) ?? match[0]) : match[secretGroup]!;
      if (entropy > 0 && entropyOf(secret) <= entropy) return [];
      if (this.#allowed.some((allows) => allows(secret, match))) return [];
      const start = match.index + match[0].lastIndexOf(secret);
      return [{ title, start, end: start + secret.length }];
    });
  }
}

type Allows = (secret: string, match: RegExpExecArray) => boolean;

function allowed({ target = "secret", regexes, stopwords }: Allowlist): Allows {
  let compiledRegexes: RegExp[] | undefined;
  return (secret, match) => {
    const text = target === "match" ? match[0] : target === "line" ? lineAround(match) : secret;
    const lower = secret.toLowerCase();
    return (
      (compiledRegexes ??= regexes.map((regex) => new RegExp(regex))).some((regex) => regex.test(text)) ||
      stopwords.some((word) => lower.includes(word))
    );
  };
}

function lineAround({ input, index, 0: { length } }: RegExpExecArray): string {
  const end = input.indexOf("\n", index + length);
  return input.slice(input.lastIndexOf("\n", index) + 1, end < 0 ? input.length : end);
}

/** Bits per character: https://en.wikipedia.org/wiki/Entropy_(information_theory) */
export function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum - (count / text.length) * Math.log2(count / text.length), 0);
}
