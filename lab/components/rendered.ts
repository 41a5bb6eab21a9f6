/**
 * What a rendered chart says about a program, for those who run it as a process: its container, and the objects around
 * it.
 */
import { definitionsAmong, installDefinitions } from "../cluster/crds.ts";
import type { Client, Data, KubernetesObject } from "../cluster/client.ts";

/** The container that a Deployment of the chart runs. */
export function containerOf(
  objects: readonly KubernetesObject[],
  deployment: string,
): { args: string[]; env: Record<string, string>; serviceAccount: string } {
  const found = objects.find(({ kind, metadata }) => kind === "Deployment" && metadata.name === deployment) as Data;
  if (found === undefined) throw new Error(`the chart renders no Deployment ${deployment}`);
  const { metadata, spec } = found;
  const [{ args = [], env = [] }] = spec.template.spec.containers;
  const fields: Readonly<Record<string, string>> = {
    "metadata.namespace": metadata.namespace,
    "metadata.name": deployment,
  };
  const valueOf = ({ value, valueFrom }: Data): string | undefined => value ?? fields[valueFrom?.fieldRef?.fieldPath];
  const known = (env as Data[]).map((entry): [string, string | undefined] => [entry.name, valueOf(entry)]);
  return {
    args,
    env: Object.fromEntries(known.filter((entry): entry is [string, string] => entry[1] !== undefined)),
    serviceAccount: `system:serviceaccount:${metadata.namespace}:${spec.template.spec.serviceAccountName}`,
  };
}

/** What gives a program its kinds, its account and its rights. */
const GROUND = ["ServiceAccount", "ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"];

/** Applies the CRDs and the rights of a chart: its program acts with these alone. The namespace must be there. */
export async function applyGround(
  client: Client,
  objects: readonly KubernetesObject[],
  namespace: string,
): Promise<void> {
  await installDefinitions(client, definitionsAmong(objects));
  for (const kind of GROUND) {
    const namespaced = ["ServiceAccount", "Role", "RoleBinding"].includes(kind);
    const some = objects.filter((object) => object.kind === kind);
    for (const object of some)
      await client.apply(namespaced ? { ...object, metadata: { namespace, ...object.metadata } } : object);
  }
}

export const webhookConfigurations = (objects: readonly KubernetesObject[]): KubernetesObject[] =>
  objects.filter(({ kind }) => /^(Mutating|Validating)WebhookConfiguration$/.test(kind));
