import { NAMESPACES } from "../names.ts";

/** One add-on: where its pinned chart comes from, which clusters get it, and when it is applied. */
export interface CatalogueEntry {
  name: string;
  namespace: string;
  /** Sync wave: what others need comes first. */
  wave: number;
  /** Which clusters get it. */
  when: "always" | "mesh" | "rollouts" | "chaos" | "management";
  chart?: { repository: string; name: string; version: string };
  /** A chart of `helm-library/` instead. */
  libraryChart?: string;
  /** Values that do not depend on the config. */
  values?: Readonly<Record<string, unknown>>;
  /** Targets write manifests for it. */
  manifests: boolean;
  serverSideApply: boolean;
}

/** Every add-on whose objects the compiler emits. Versions are those of the upstream charts. */
export const catalogue: readonly CatalogueEntry[] = [
  { name: "namespaces", namespace: NAMESPACES.argocd, wave: -40, when: "always", manifests: true, serverSideApply: false },
];
