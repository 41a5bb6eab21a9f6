import type { Resolved } from "./resolved.ts";

/** A pinned upstream chart, or a folder of compiled manifests, that a cluster needs beside its workloads. */
export interface Addon extends Resolved {
  name: string;
  namespace: string;
  /** Sync wave of its Application. */
  wave: number;
  /** Absent where only compiled manifests make it up. */
  chart?: { repository: string; name: string; version: string };
  /** A chart of `helm-library/`, for components of our own. */
  libraryChart?: string;
  values?: { readonly [field: string]: unknown };
  /** Whether targets write manifests for it. */
  manifests: boolean;
  /** Large CRDs and the like need server-side apply. */
  serverSideApply: boolean;
  /** Fields whose live value stands. */
  liveFields?: readonly LiveFields[];
  /** Folder, relative to the project. */
  path: string;
}

/**
 * Fields that something else than the chart fills in: a controller, or a chart that draws new random values at each
 * rendering.
 */
export interface LiveFields {
  group: string;
  kind: string;
  /** Absent: every object of the kind. */
  name?: string;
  /** jq paths. */
  paths: readonly string[];
}
