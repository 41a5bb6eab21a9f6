import { readFileSync } from "node:fs";
import glob from "fast-glob";

/** Where hand-written code refuses what it is given, and how often it does so there. */
export type Refusals = ReadonlyMap<string, number>;

const BLOCK = /^(variable|resource|data|output|check) "([^"]+)"/;
const CONDITION = /^\s+(validation|precondition|postcondition) \{$/;

/** `aws/eks name` → its conditions, for each variable, resource and output of a module that has any. */
export function conditionsOfModules(): Refusals {
  const found = new Map<string, number>();
  for (const path of glob.sync("terraform-modules/*/*/*.tf")) {
    const [, cloud, module] = path.split("/");
    let place = "";
    for (const line of readFileSync(path, "utf8").split("\n")) {
      const block = BLOCK.exec(line);
      if (block !== null) place = `${cloud}/${module} ${block[2]}`;
      if (CONDITION.test(line) || block?.[1] === "check") found.set(place, (found.get(place) ?? 0) + 1);
    }
  }
  return found;
}

/** The words of each `fail` of the charts, and what is held to be unique → how often. */
export function failsOfCharts(): Refusals {
  const found = new Map<string, number>();
  const add = (words: string) => found.set(words, (found.get(words) ?? 0) + 1);
  for (const path of glob.sync("helm-library/**/templates/**")) {
    const text = readFileSync(path, "utf8");
    for (const [, words] of text.matchAll(/\b(?:fail|required) \(?(?:printf )?"([^"]+)"/g))
      if (words !== ONCE) add(words!);
    for (const [, list, what] of text.matchAll(/include "eco\.unique" \(dict "at" "([^"]+)" "what" "([^"]+)"/g))
      add(`${list}: ${what} is used twice`);
  }
  return found;
}

/** What eco.unique says, whoever includes it. */
const ONCE = "%s: %s %s is used twice";
