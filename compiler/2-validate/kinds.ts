import type { CloudKind } from "../config/model/clouds.ts";

/** Fixed order: also the order in which free ranges are given out. */
export const KINDS: readonly CloudKind[] = ["gcp", "aws", "azure"];

/** The kind of an entry of `clouds`: its name where that is one, or else what it says. */
export const kindOf = (name: string, entry: { kind?: CloudKind } | undefined): CloudKind | undefined =>
  KINDS.find((kind) => kind === name) ?? entry?.kind;

/**
 * Whether an object of the config stands in a cloud of a kind. The validators ask it, of a config whose form is not known
 * yet.
 */
export function isOfKind(config: unknown, object: unknown, kind: string): boolean {
  const { cloud } = object as { cloud?: unknown };
  const clouds = (config as { clouds?: unknown }).clouds;
  if (typeof cloud !== "string" || clouds === null || typeof clouds !== "object" || !Object.hasOwn(clouds, cloud))
    return false;
  const entry = (clouds as Record<string, unknown>)[cloud];
  return entry !== null && typeof entry === "object" && kindOf(cloud, entry) === kind;
}
