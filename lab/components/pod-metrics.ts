/**
 * A test peer of metrics-server: it says of every pod that runs that it is as busy as autoscalers want it, since
 * nothing runs in the lab's pods. Its API is a CRD, which answers autoscalers as the aggregated one would:
 * https://github.com/kubernetes/metrics/blob/v0.34.4/pkg/apis/metrics/v1beta1/types.go
 */
import type { Client, Data, KubernetesObject } from "../cluster/client.ts";
import { installDefinitions } from "../cluster/crds.ts";
import { watch } from "../cluster/watch.ts";
import { repeat, type Repeated } from "../repeat.ts";

/** Of what a container requests. Autoscalers want 70 or 80 %, and let a tenth more or less pass. */
const BUSY = 0.75;

const open = { type: "object", "x-kubernetes-preserve-unknown-fields": true };
const DEFINITION: KubernetesObject = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: {
    name: "pods.metrics.k8s.io",
    annotations: { "api-approved.kubernetes.io": "unapproved, plays the aggregated API" },
  },
  spec: {
    group: "metrics.k8s.io",
    scope: "Namespaced",
    names: { kind: "PodMetrics", plural: "pods", singular: "podmetrics", listKind: "PodMetricsList" },
    versions: [{ name: "v1beta1", served: true, storage: true, schema: { openAPIV3Schema: open } }],
  },
};

/** Until it is stopped. */
export async function playPodMetrics(client: Client): Promise<Repeated> {
  await installDefinitions(client, [DEFINITION]);
  const unsaid = new Map<string, Data>();
  const said = new Set<string>();
  const pods = await watch(client, "v1", "Pod", ({ object, isGone }) => {
    const { uid } = object.metadata;
    if (isGone || said.has(uid)) unsaid.delete(uid);
    else unsaid.set(uid, object);
  });
  const look = async (): Promise<void> => {
    for (const [uid, pod] of [...unsaid].filter(([, each]) => hasSettled(each))) {
      await client.apply(metricsOf(pod));
      said.add(uid);
      unsaid.delete(uid);
    }
  };
  const saying = repeat(look, { every: 1000 });
  return {
    async stop() {
      pods.stop();
      await saying.stop();
    },
  };
}

/** Autoscalers take no sample of a young pod whose window began before the pod was ready. */
const hasSettled = ({ status }: Data): boolean => {
  const ready = status.conditions?.find(({ type }: Data) => type === "Ready");
  return ready?.status === "True" && Date.now() - Date.parse(ready.lastTransitionTime) > 2000;
};

/** The pod owns it, so that they go together. */
const metricsOf = ({ metadata: { name, namespace, labels, uid }, spec }: Data): KubernetesObject => ({
  apiVersion: "metrics.k8s.io/v1beta1",
  kind: "PodMetrics",
  metadata: { name, namespace, labels, ownerReferences: [{ apiVersion: "v1", kind: "Pod", name, uid }] },
  timestamp: new Date().toISOString().replace(/\.\d+Z$/, "Z"),
  window: "1s",
  containers: spec.containers.map((container: Data) => ({
    name: container.name,
    usage: {
      cpu: `${Math.round(BUSY * millicores(container.resources?.requests?.cpu ?? "0"))}m`,
      memory: container.resources?.requests?.memory ?? "0",
    },
  })),
});

const millicores = (quantity: string): number =>
  quantity.endsWith("m") ? Number.parseFloat(quantity) : 1000 * Number.parseFloat(quantity);
