/** The verdict of a real API server on everything that Argo CD would apply to a cluster. */
import { describe, Refused, type Client, type Data, type KubernetesObject } from "../../cluster/client.ts";
import { constraintDefinition } from "../../cluster/constraints.ts";
import { customResourceDefinitions, installDefinitions } from "../../cluster/crds.ts";
import type { Cluster } from "../../compiled/views.ts";
import type { Delivered, Sync } from "../../delivery/index.ts";

/** One thing that the server said: a refusal, or a warning. */
export interface Finding {
  file: string;
  text: string;
}

/**
 * Which add-on brings which CRDs, by the module that has them. What no add-on brings is unknown to the cluster, as it
 * would be to a real one.
 */
const CRDS_OF: Readonly<Record<string, string>> = {
  "platform-argo-cd": "github.com/argoproj/argo-cd/v3",
  "platform-argo-rollouts": "github.com/argoproj/argo-rollouts",
  "platform-chaos-mesh": "github.com/chaos-mesh/chaos-mesh",
  "platform-gatekeeper": "github.com/open-policy-agent/gatekeeper/v3",
  "platform-istio-base": "istio.io/api",
  "platform-keda": "github.com/kedacore/keda/v2",
  "platform-prometheus": "github.com/prometheus-operator/prometheus-operator",
  "platform-source-controller": "github.com/fluxcd/source-controller",
  "platform-tofu-controller": "github.com/flux-iac/tofu-controller",
  "platform-vertical-pod-autoscaler": "k8s.io/autoscaler/vertical-pod-autoscaler",
};

/** What clouds bring along that an add-on brings to the others. */
const OF_THE_CLOUD: Readonly<Record<Cluster["cloudKind"], readonly string[]>> = {
  gcp: ["platform-vertical-pod-autoscaler"],
  aws: [],
  azure: ["platform-vertical-pod-autoscaler"],
};

/**
 * Kinds whose add-on has not come yet, on a control plane that has all CRDs from the beginning: what is of them is
 * refused in the words in which the server's discovery refuses it where there is no CRD.
 */
export type Early = Set<string>;

export const allEarly = (): Early => new Set(Object.keys(CRDS_OF).flatMap(kindsOf));

const kindsOf = (application: string): string[] =>
  customResourceDefinitions([CRDS_OF[application]!]).flatMap(({ spec }: Data) =>
    spec.versions.map(({ name }: Data) => `${spec.group}/${name} ${spec.names.kind}`),
  );

/** What the cloud and the bootstrap of argocd/README.md leave: Argo CD's namespace and CRDs. */
export async function bootstrap(
  client: Client,
  { cloudKind }: Pick<Cluster, "cloudKind">,
  early?: Early,
): Promise<void> {
  await client.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: "argocd" } });
  for (const application of [...OF_THE_CLOUD[cloudKind], "platform-argo-cd"]) await bring(client, application, early);
}

/** The CRDs that come with an Application. */
async function bring(client: Client, application: string, early?: Early): Promise<void> {
  if (CRDS_OF[application] === undefined) return;
  if (early) for (const kind of kindsOf(application)) early.delete(kind);
  else await installDefinitions(client, customResourceDefinitions([CRDS_OF[application]]));
}

/**
 * Applies one sync, object by object, as Argo CD would next. Everything that the server finds is returned; nothing is
 * retried.
 */
export async function applySync(client: Client, { application, objects }: Sync, early?: Early): Promise<Finding[]> {
  await bring(client, application, early);
  const findings: Finding[] = [];
  for (const delivered of objects) {
    const { apiVersion, kind } = delivered.object;
    if (early?.has(`${apiVersion} ${kind}`))
      findings.push({ file: delivered.file, text: `the API server knows no ${apiVersion} ${kind}` });
    else findings.push(...(await applyOne(client, delivered)));
    if (delivered.object.kind === "ConstraintTemplate")
      await installDefinitions(client, [constraintDefinition(delivered.object)]);
  }
  return findings;
}

/**
 * These would call programs that the lab does not run here, or are there already from the modules that the CRDs are
 * pinned to.
 */
const ONLY_TRIED = new Set([
  "APIService",
  "CustomResourceDefinition",
  "MutatingWebhookConfiguration",
  "ValidatingWebhookConfiguration",
]);

/** Warnings of upstream charts about what no value of theirs can change. */
const THEIR_OWN = [
  // istio-cni of 1.30 writes the annotation of before Kubernetes 1.30 beside the field.
  /^spec\.template\.metadata\.annotations\[container\.apparmor\.security\.beta\.kubernetes\.io\/install-cni\]: deprecated since v1\.30/,
];

export async function applyOne(
  client: Client,
  { object, file, namespace, origin }: Delivered,
  onlyTry = ONLY_TRIED.has(object.kind),
): Promise<Finding[]> {
  const finding = (text: string): Finding => ({ file, text });
  try {
    const placed = await place(client, object, namespace);
    if (
      origin === "upstream" &&
      object.kind === "CustomResourceDefinition" &&
      (await client.get({ ...placed, name: object.metadata.name }))
    )
      return [];
    const { warnings } = await client.apply(placed, { manager: "argocd-controller", dryRun: onlyTry });
    return warnings
      .filter((text) => !(origin === "upstream" && THEIR_OWN.some((known) => known.test(text))))
      .map((text) => finding(`${describe(placed)}: warning: ${text}`));
  } catch (error) {
    if (error instanceof Refused || /^the API server knows no/.test((error as Error).message))
      return [finding((error as Error).message)];
    throw error;
  }
}

/** Objects that stand in two places: the server takes the second over the first without a word. */
export function sharedIn(syncs: readonly Sync[]): Finding[] {
  const seen = new Map<string, string>();
  return syncs.flatMap(({ objects }) =>
    objects.flatMap(({ object, file, namespace }) => {
      const key = `${object.apiVersion.split("/").slice(0, -1).join()} ${describe({ ...object, metadata: { namespace, ...object.metadata } })}`;
      const other = seen.get(key);
      seen.set(key, file);
      return other === undefined ? [] : [{ file, text: `${key} also stands in ${other}` }];
    }),
  );
}

/** Argo CD puts an object that names no namespace where its Application points. */
async function place(client: Client, object: KubernetesObject, namespace: string): Promise<KubernetesObject> {
  if (object.metadata.namespace !== undefined || !(await client.isNamespaced(object.apiVersion, object.kind)))
    return object;
  return { ...object, metadata: { ...object.metadata, namespace } };
}
