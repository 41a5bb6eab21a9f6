import type { KubernetesObject } from "../../5-emit/artifact.ts";
import { kubernetesObject, syncWave } from "../../5-emit/kubernetes.ts";
import { NAMESPACES } from "../../facts/names.ts";
import type { LiveFields } from "../../topology/addons.ts";

/** The cluster that Argo CD itself runs in: every cluster has its own. */
export const IN_CLUSTER = "https://kubernetes.default.svc";

/**
 * Objects that belong to an Application are deleted before it is. Written with its path, which means the same without:
 * the API server warns of a finalizer that has none. https://argo-cd.readthedocs.io/en/stable/user-guide/app_deletion/
 */
const FINALIZERS = ["resources-finalizer.argocd.argoproj.io/foreground"];

/** Waves order creation alone: whatever comes too early is tried again, for about an hour, with the newest revision. */
const RETRY = { limit: 20, backoff: { duration: "10s", factor: 2, maxDuration: "5m" }, refresh: true };

/** Deletions that wait for a person: https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/ */
export const CONFIRM = { "argocd.argoproj.io/sync-options": "Prune=confirm,Delete=confirm" } as const;

/** What differs between Applications. */
export interface ApplicationSpec {
  name: string;
  project: string;
  /** Namespace of the objects that say none. */
  namespace: string;
  wave: number;
  labels: Readonly<Record<string, string>>;
  annotations: Readonly<Record<string, string>>;
  sources: readonly Record<string, unknown>[];
  selfHeal: boolean;
  syncOptions?: readonly string[];
  liveFields?: readonly LiveFields[];
  /** Objects outlive it. */
  orphan?: boolean;
  /**
   * Objects are pruned in the reverse order of their waves. Default: after everything else has been applied and is
   * healthy.
   */
  pruneInWaves?: boolean;
  source: string;
}

/** https://argo-cd.readthedocs.io/en/stable/user-guide/application-specification/ */
export function application(spec: ApplicationSpec): KubernetesObject {
  const {
    name,
    project,
    namespace,
    wave,
    labels,
    annotations,
    sources,
    selfHeal,
    syncOptions = [],
    liveFields = [],
    orphan,
    pruneInWaves,
    source,
  } = spec;
  return kubernetesObject(
    {
      apiVersion: "argoproj.io/v1alpha1",
      kind: "Application",
      name,
      namespace: NAMESPACES.argocd,
      labels,
      annotations: { ...annotations, ...syncWave(wave) },
      ...(orphan ? {} : { finalizers: FINALIZERS }),
      source,
    },
    {
      spec: {
        project,
        destination: { server: IN_CLUSTER, namespace },
        sources,
        ...(liveFields.length === 0 ? {} : { ignoreDifferences: liveFields.map(ignored) }),
        syncPolicy: {
          automated: { prune: true, selfHeal },
          retry: RETRY,
          syncOptions: [
            "FailOnSharedResource=true", // two Applications never own one object
            ...(pruneInWaves ? [] : ["PruneLast=true"]),
            "SkipDryRunOnMissingResource=true",
            ...syncOptions,
          ],
        },
        revisionHistoryLimit: 3, // git has the others
      },
    },
  );
}

const ignored = ({ group, kind, name, paths }: LiveFields) => ({
  group,
  kind,
  ...(name === undefined ? {} : { name }),
  jqPathExpressions: [...paths],
});
