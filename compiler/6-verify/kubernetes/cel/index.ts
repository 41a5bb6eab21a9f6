/**
 * Asks the rules that CustomResourceDefinitions carry (`x-kubernetes-validations`), as the API server does, of values
 * that the schema itself has let through. Whoever imports this brings the library that reads CEL.
 */
import type { ValidationRule } from "../json-schema.ts";
import type { Question } from "../question.ts";
import type { Violation } from "../violation.ts";
import { environment } from "./environment.ts";
import { typed } from "./typed.ts";

/** A rule made ready; undefined for one that the library cannot read, which is left to the server. */
type Asked = ((context: { self: unknown }) => unknown) | undefined;

const language = environment();
const ready = new Map<string, Asked>();

/** Rules that compare with the object of before say nothing about one that is new. */
const ABOUT_CHANGES = /\boldSelf\b/;

/** Whether a rule can be asked, and is not about a change. */
export const isReadable = (rule: string): boolean => isAboutChanges(rule) || prepared(rule) !== undefined;
export const isAboutChanges = (rule: string): boolean => ABOUT_CHANGES.test(rule);

/** The rules that a value breaks. */
export function answer({ node, value, path }: Question): Violation[] {
  const self = typed(node, value);
  return node.rules
    .filter((rule) => isBroken(rule, self))
    .map((rule) => ({ path, message: words(rule), keyword: "rule" }));
}

function isBroken({ rule }: ValidationRule, self: unknown): boolean {
  if (isAboutChanges(rule)) return false;
  const asked = prepared(rule);
  if (asked === undefined) return false;
  try {
    return asked({ self }) !== true;
  } catch {
    return true; // an error refuses the object there as well
  }
}

function prepared(rule: string): Asked {
  if (!ready.has(rule)) ready.set(rule, prepare(rule));
  return ready.get(rule);
}

function prepare(rule: string): Asked {
  try {
    const asked = language.parse(rule);
    return asked.check().valid ? asked : undefined;
  } catch {
    return undefined;
  }
}

const words = ({ message, rule }: ValidationRule): string => message ?? `breaks the rule ${rule}`;
