import type { GroupKind } from "../topology/addons.ts";

/** The group of an apiVersion: empty for Kubernetes' first objects, as `v1`. */
export const groupOf = (apiVersion: string): string =>
  apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";

/** Each kind once, by group and name, and nothing else of what has them. */
export const kindsAmong = (those: readonly GroupKind[]): GroupKind[] =>
  [...new Map(those.map(({ group, kind }) => [`${group}/${kind}`, { group, kind }]))]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, kind]) => kind);
