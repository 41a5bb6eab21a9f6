import type { Position } from "../diagnostics/diagnostic.ts";
import type { HclPart } from "./serialise/hcl-file.ts";

/** A Kubernetes object as data; `metadata.namespace` is absent for cluster-scoped kinds. */
export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    labels?: Readonly<Record<string, string>>;
    annotations?: Record<string, string>;
    [field: string]: unknown;
  };
  [field: string]: unknown;
}

/** What an artifact holds, still as structure: patches and verify work on this, serialisation comes after. */
export type ArtifactBody =
  | { kind: "kubernetes"; objects: readonly KubernetesObject[] }
  | {
      kind: "values";
      /** Folder of `helm-library/`; absent for upstream charts. */ chart?: string;
      /** Of the workload or add-on. */ name: string;
      data: Record<string, unknown>;
    }
  | { kind: "json"; data: unknown }
  | { kind: "yaml"; data: unknown }
  | { kind: "hcl"; parts: readonly HclPart[] }
  | { kind: "text"; text: string }
  /** A file of the library, carried along as it is. */
  | { kind: "bytes"; bytes: Uint8Array };

/** One file to be written. */
export interface Artifact {
  /**
   * Relative to the output root (the project), `/` as separator: `generated/clusters/paris/services/web/values.yaml`.
   */
  path: string;
  body: ArtifactBody;
  /** Config path of the node that declares it: findings about the file point there. */
  source: string;
}

/** An artifact and the target that made it. */
export interface TargetArtifact extends Artifact {
  target: string;
  /** Config paths of the patches that changed it. */
  patches?: readonly string[];
  /** Of a file that somebody else wrote: where it stands, and whom it is for. */
  foreign?: { position: Position; cluster?: string; cloud?: string };
}

/** An artifact with its bytes, as verify judges and write stores it. */
export interface EmittedFile {
  path: string;
  /** Files that are alike on several clusters have the same object here. */
  content: Uint8Array;
  /** Name of the target that made it. */
  target: string;
  source: string;
  patches?: readonly string[];
}
