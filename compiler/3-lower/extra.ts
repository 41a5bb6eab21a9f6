import { groupOf, kindsAmong } from "../facts/kinds.ts";
import type { ExtraFolder } from "../1-load/index.ts";
import type { Ecosystem } from "../config/model/ecosystem.ts";
import { extraName } from "../facts/names.ts";
import { compareNames } from "./resolve.ts";
import type { Extra } from "../topology/extra.ts";

/**
 * Folders of somebody's own, with the kinds and namespaces of what they hold: that much, and no more, their
 * Applications may touch.
 */
export const lowerExtra = ({ extra = [] }: Ecosystem, folders: readonly ExtraFolder[] = []): Extra[] =>
  extra.map(({ folder, cluster, root }, index) => {
    const objects =
      cluster === undefined ? [] : (folders[index]?.documents ?? []).map(({ content }) => identityOf(content));
    return {
      source: `extra[${index}]`,
      name: extraName(folder),
      folder,
      ...(cluster === undefined ? {} : { cluster }),
      ...(root === undefined ? {} : { root }),
      namespaces: [...new Set(objects.flatMap(({ namespace }) => namespace ?? []))].sort(compareNames),
      kinds: kindsAmong(objects.filter(({ namespace }) => namespace !== undefined)),
      clusterKinds: kindsAmong(objects.filter(({ namespace }) => namespace === undefined)),
    };
  });

interface Identity {
  group: string;
  kind: string;
  namespace?: string;
}

/** Nothing is known yet of what a document is: verify says what is wrong with it. */
function identityOf(content: unknown): Identity {
  const { apiVersion, kind, metadata } = (content ?? {}) as {
    apiVersion?: unknown;
    kind?: unknown;
    metadata?: { namespace?: unknown } | null;
  };
  const version = String(apiVersion ?? "");
  const namespace = metadata?.namespace;
  return {
    group: groupOf(version),
    kind: String(kind ?? ""),
    ...(typeof namespace === "string" ? { namespace } : {}),
  };
}
