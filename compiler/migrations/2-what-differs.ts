import type { ArrayExpression, Expression, ObjectExpression, ObjectProperty } from "oxc-parser";
import { keyName } from "../1-load/positions/key-name.ts";
import type { Edit, Migration, Obstacle, Source, Word } from "./migration.ts";
import { insert, keyText, textOf, unwrapped, withoutProperty } from "./syntax.ts";

type Entry = { environment?: unknown } & Record<string, unknown>;

/** `placement: ["paris"]` becomes `placement: { clusters: ["paris"] }`: a union of a text and a list is red nowhere in an editor. */
const placement: Word = {
  of: "services.*",
  key: "placement",
  newKey: "placement",
  helper: "defineService",
  change: "placement: [ … ] is written placement: { clusters: [ … ] } now",
  isOld: Array.isArray,
  isWrittenOld: isList,
  renew: (clusters) => ({ clusters }),
  rewrite(value, { constant }) {
    const inner = unwrapped(value);
    const meant = inner.type === "Identifier" ? constant(inner.name) : inner;
    if (meant === undefined || !isList(meant)) return { node: value, why: "its value is no list that is written here" };
    return [insert(value.start, "{ clusters: "), insert(value.end, " }")];
  },
  renewSteps: (steps) => (steps.length === 0 ? [] : ["clusters", ...steps]),
};

/** `overrides: [{ environment: "staging", scaling }]` becomes `in: { staging: { scaling } }`: a map has no order to get wrong. */
const overrides: Word = {
  of: "services.*",
  key: "overrides",
  newKey: "in",
  helper: "defineService",
  change: 'overrides: [{ environment: "staging", … }] is written in: { staging: { … } } now',
  isOld: Array.isArray,
  isWrittenOld: isList,
  renew: (entries) =>
    Object.fromEntries((entries as Entry[]).map(({ environment, ...rest }) => [String(environment), rest])),
  rewrite(value, source) {
    const list = unwrapped(value);
    if (list.type !== "ArrayExpression") return { node: value, why: "its value is no list that is written here" };
    const seen = new Set<string>();
    const edits = braces(list, source.text);
    for (const element of list.elements) {
      if (element === null) return { node: list, why: "it has a hole" };
      if (element.type === "SpreadElement") return { node: element, why: "entries are spread into it" };
      const rewritten = rewriteEntry(element, source, seen);
      if ("why" in rewritten) return rewritten;
      edits.push(...rewritten);
    }
    return edits;
  },
  renewSteps([index, ...steps], value) {
    if (index === undefined) return [];
    const environment = index === "*" ? "*" : (value as Entry[])[Number(index)]?.environment;
    if (typeof environment !== "string") return undefined;
    return steps[0] === "environment" ? [environment] : [environment, ...steps];
  },
};

export const whatDiffers: Migration = { to: 2, words: [placement, overrides] };

function isList(value: Expression): boolean {
  return unwrapped(value).type === "ArrayExpression";
}

/** Braces in the place of brackets, with a space inside where the first entry has one and the brackets had none. */
function braces({ start, end, elements: [first] }: ArrayExpression, text: string): Edit[] {
  const isAiry = first !== undefined && first !== null && /^[({]+\s/.test(text.slice(first.start, first.end));
  const space = (beside: string): string => (isAiry && /\S/.test(beside) ? " " : "");
  return [
    { start, end: start + 1, text: `{${space(text[start + 1]!)}` },
    { start: end - 1, end, text: `${space(text[end - 2]!)}}` },
  ];
}

/** `{ environment: "staging", scaling }` → `staging: { scaling }`. */
function rewriteEntry(element: Expression, { text }: Source, seen: Set<string>): Edit[] | Obstacle {
  const entry = unwrapped(element);
  if (entry.type !== "ObjectExpression") return { node: element, why: "an entry is no object that is written here" };
  const named = environmentOf(entry);
  if ("why" in named) return named;
  const { name, property } = named;
  if (seen.has(name)) return { node: element, why: `it is the second entry for ${name}: make one of them` };
  seen.add(name);
  return [insert(element.start, `${keyText(name)}: `), ...withoutProperty(text, entry, property)];
}

function environmentOf(entry: ObjectExpression): Obstacle | { name: string; property: ObjectProperty } {
  const found: ObjectProperty[] = [];
  for (const property of entry.properties) {
    if (property.type === "SpreadElement") return { node: property, why: "something is spread into an entry" };
    const key = keyName(property);
    if (key === undefined) return { node: property.key, why: "an entry has a computed key" };
    if (key === "environment") found.push(property);
  }
  const [property] = found;
  if (property === undefined || found.length > 1) return { node: entry, why: "an entry has not one environment" };
  const name = textOf(property.value);
  return name === undefined
    ? { node: property.value, why: "the environment is no text that is written here" }
    : { name, property };
}
