import type { KubernetesObject } from "../../5-emit/artifact.ts";
import type { Cluster } from "../../topology/clusters.ts";
import type { CompileResult } from "../../run.ts";
import type { Finding } from "./finding.ts";

const PATIENCE_MS = 10_000;
/** What the client makes up, with http://localhost:8080, where there is no kubeconfig. */
const PLACEHOLDER_CONTEXT = "loaded-context";

/**
 * What the API server of the current kubeconfig context says about itself and about the kinds that the output needs.
 */
export async function clusterFindings({
  topology,
  emission,
}: Pick<CompileResult, "topology" | "emission">): Promise<Finding[]> {
  const { ApiException, CustomObjectsApi, KubeConfig, VersionApi } = await import("@kubernetes/client-node"); // 0.85 s of CPU: only here
  const kubeconfig = new KubeConfig();
  try {
    kubeconfig.loadFromDefault();
  } catch (error) {
    return [
      {
        about: "cluster",
        level: "fail",
        found: `the kubeconfig cannot be read: ${messageOf(error)}`,
        remedy: "repair it, or name another in KUBECONFIG",
      },
    ];
  }
  const context = kubeconfig.getContextObject(kubeconfig.getCurrentContext());
  if (!context || context.name === PLACEHOLDER_CONTEXT)
    return [
      {
        about: "cluster",
        level: "fail",
        found: "there is no current context",
        remedy: "kubectl config use-context <name>",
      },
    ];

  const cluster = ofContext(context.cluster, topology?.clusters ?? []);
  const objects = (emission?.artifacts ?? []).flatMap(({ path, body }) =>
    body.kind === "kubernetes" && (cluster === undefined || path.startsWith(`${cluster.path}/`)) ? body.objects : [],
  );
  const discovery = kubeconfig.makeApiClient(CustomObjectsApi);
  const served = async (group: string, version: string): Promise<readonly string[]> => {
    try {
      return (await within(discovery.getAPIResources({ group, version }))).resources.map(({ kind }) => kind);
    } catch (error) {
      if (error instanceof ApiException && error.code === 404) return []; // no such group or version
      throw error;
    }
  };
  try {
    const { gitVersion } = await within(kubeconfig.makeApiClient(VersionApi).getCode());
    return [version(context.name, gitVersion, cluster), await kinds(objects, served)];
  } catch (error) {
    return [
      {
        about: "cluster",
        level: "fail",
        found: `${context.name} does not answer: ${messageOf(error)}`,
        remedy: "check the network, and that your credentials have not expired",
      },
    ];
  }
}

/**
 * GKE, EKS and AKS name the kubeconfig's cluster `gke_<project>_<region>_<name>`, `arn:...:cluster/<name>` and
 * `<name>`.
 */
export const ofContext = (name: string, clusters: readonly Cluster[]): Cluster | undefined =>
  clusters.find((cluster) => cluster.name === name.split(/[_/]/).at(-1));

function version(context: string, server: string, cluster: Cluster | undefined): Finding {
  const about = "cluster";
  if (cluster === undefined)
    return {
      about,
      level: "ok",
      found: `${context}, Kubernetes ${server}; no cluster of the config has its name, so kinds are looked for of all`,
    };
  const matches = server.replace(/^v/, "").startsWith(`${cluster.version}.`);
  return matches
    ? { about, level: "ok", found: `${context} is ${cluster.name}, Kubernetes ${server}` }
    : {
        about,
        level: "warn",
        found: `${context} is ${cluster.name}: Kubernetes ${server}, but the config says ${cluster.version}`,
        remedy: `upgrade it, or set ${cluster.source}.version`,
      };
}

/**
 * Kinds that the output uses and the server does not serve. Discovery is open to everybody who may log in; reading CRDs
 * is not.
 */
export async function kinds(
  objects: readonly Pick<KubernetesObject, "apiVersion" | "kind">[],
  served: (group: string, version: string) => Promise<readonly string[]>,
): Promise<Finding> {
  const about = "kinds";
  const wanted = new Map<string, Set<string>>();
  for (const { apiVersion, kind } of objects)
    if (apiVersion.includes("/")) wanted.set(apiVersion, (wanted.get(apiVersion) ?? new Set()).add(kind));
  const missing: string[] = [];
  for (const apiVersion of [...wanted.keys()].sort()) {
    const [group, groupVersion] = apiVersion.split("/") as [string, string];
    const there = await served(group, groupVersion);
    missing.push(
      ...[...wanted.get(apiVersion)!]
        .filter((kind) => !there.includes(kind))
        .sort()
        .map((kind) => `${kind} (${apiVersion})`),
    );
  }
  const total = [...wanted.values()].reduce((sum, { size }) => sum + size, 0);
  if (missing.length === 0) return { about, level: "ok", found: `all ${total} kinds of the output are served` };
  return {
    about,
    level: "warn",
    found: `not served: ${missing.join(", ")}`,
    remedy:
      "Argo CD installs them with the platform's add-ons; where it already runs, look at the health of its Applications",
  };
}

function within<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout;
  const late = new Promise<never>(
    (_, reject) =>
      (timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE_MS / 1000} s`)), PATIENCE_MS)),
  );
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

/** Node hides the reason of a failed connection in the cause; an API's answer is long, and its first line says it. */
function messageOf(error: unknown): string {
  const { message, cause } = error as { message?: string; cause?: { message?: string } };
  return (cause?.message || message || String(error)).split("\n")[0]!;
}
