import { declaredNames, type DeclaredName } from "../../compiler/4-check/declared-names.ts";
import type { Ecosystem } from "../../compiler/config/model/ecosystem.ts";
import { topologyOf } from "../support/topology.ts";
import { withName } from "./renames.ts";

/** Names that are also words of the vocabulary: a cloud's kind where it says none, a probe's. */
const WORDS = new Set(["gcp", "aws", "azure", "http"]);

/** The names of a config that have a limit and can be other ones; of those with one name, that which has least room. */
export const namesOf = (config: Ecosystem): DeclaredName[] => {
  const all = [...declaredNames(topologyOf(config))].sort((a, b) => b.max - a.max);
  return [...new Map(all.map((one) => [one.name, one])).values()].filter(({ name }) => !WORDS.has(name));
};

/** As long as it may be. */
export const stretched = ({ name, max }: DeclaredName, more = 0): string =>
  `${name}${"x".repeat(Math.max(max + more - name.length, 0))}`;

/** A config in which every name is as long as whoever takes it allows. */
export const longest = (config: Ecosystem): Ecosystem =>
  namesOf(config).reduce<object>((all, name) => withName(all, name.name, stretched(name)), config) as Ecosystem;
