import { SOURCE_ANNOTATION } from "../facts/names.ts";
import type { Artifact, KubernetesObject } from "./artifact.ts";

/** What a target says about an object; order of the fields is the order in the file. */
export interface ObjectSpec {
  apiVersion: string;
  kind: string;
  name: string;
  /** Absent for cluster-scoped kinds. */
  namespace?: string;
  labels: Readonly<Record<string, string>>;
  annotations?: Readonly<Record<string, string>>;
  finalizers?: readonly string[];
  /** Config path that it comes from. */
  source: string;
}

/** An object with the annotation that leads back to the config. `body` is everything beside the metadata. */
export function kubernetesObject(
  { apiVersion, kind, name, namespace, labels, annotations, finalizers, source }: ObjectSpec,
  body: Record<string, unknown>,
): KubernetesObject {
  return {
    apiVersion,
    kind,
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      labels,
      annotations: { ...annotations, [SOURCE_ANNOTATION]: source },
      ...(finalizers === undefined ? {} : { finalizers }),
    },
    ...body,
  };
}

/** One file of objects. */
export const kubernetesFile = (path: string, objects: readonly KubernetesObject[], source: string): Artifact => ({
  path,
  body: { kind: "kubernetes", objects },
  source,
});

/** Order of creation inside one Application. */
export const syncWave = (wave: number): Record<string, string> => ({ "argocd.argoproj.io/sync-wave": String(wave) });
