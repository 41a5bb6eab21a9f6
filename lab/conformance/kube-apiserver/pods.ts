/**
 * Brings up the pods of everything that was applied: they must pass Pod Security, and find room on nodes like those of
 * the config's pools.
 */
import { until } from "../../until.ts";
import type { Client, Data, KubernetesObject } from "../../cluster/client.ts";

/**
 * Makes what their controllers, which are not part of a control plane, would make: a ReplicaSet for a Deployment that a
 * Rollout has taken over, and a first Job for a CronJob. Both are named as the lab's.
 */
export async function playControllers(client: Client): Promise<KubernetesObject[]> {
  const rollouts = (await client.knows("argoproj.io/v1alpha1", "Rollout"))
    ? await client.list("argoproj.io/v1alpha1", "Rollout")
    : [];
  const replicas = await Promise.all(rollouts.map((rollout) => replicaSetOf(client, rollout)));
  const jobs = (await client.list("batch/v1", "CronJob")).map(jobOf);
  const made = [...replicas, ...jobs];
  for (const object of made) await client.create(object);
  return made;
}

async function replicaSetOf(client: Client, { metadata, spec }: Data): Promise<KubernetesObject> {
  const { namespace } = metadata;
  const deployment = await client.get({ ...spec.workloadRef, namespace });
  const autoscalers: Data[] = await client.list("autoscaling/v2", "HorizontalPodAutoscaler", { namespace });
  const autoscaler = autoscalers.find(
    ({ spec: { scaleTargetRef } }) => scaleTargetRef.kind === "Rollout" && scaleTargetRef.name === metadata.name,
  );
  const label = { "rollouts-pod-template-hash": "lab" };
  const { selector, template } = deployment.spec;
  return {
    apiVersion: "apps/v1",
    kind: "ReplicaSet",
    metadata: { name: `${metadata.name}-lab`, namespace },
    spec: {
      replicas: autoscaler?.spec.minReplicas ?? spec.replicas ?? 1,
      selector: { matchLabels: { ...selector.matchLabels, ...label } },
      template: { ...template, metadata: { ...template.metadata, labels: { ...template.metadata.labels, ...label } } },
    },
  };
}

const jobOf = ({ metadata: { name, namespace }, spec: { jobTemplate } }: Data): KubernetesObject => ({
  apiVersion: "batch/v1",
  kind: "Job",
  metadata: { name: `${name}-lab`, namespace, ...jobTemplate.metadata },
  spec: jobTemplate.spec,
});

const OWNERS = [
  ["apps/v1", "ReplicaSet", ({ spec }: Data) => spec.replicas],
  ["apps/v1", "StatefulSet", ({ spec }: Data) => spec.replicas],
  ["apps/v1", "DaemonSet", ({ status }: Data) => status?.desiredNumberScheduled ?? 1],
  ["batch/v1", "Job", ({ spec }: Data) => spec.parallelism ?? 1],
] as const;

export interface Missing {
  owner: string;
  /** How many of its pods have a node, of how many. */
  pods: string;
  why: string[];
}

/** Waits until every pod that should be has a node; returns how many there are, or what is missing and why. */
export async function waitForPods(client: Client, seconds: number): Promise<{ count: number; missing: Missing[] }> {
  let last: { count: number; missing: Missing[] } = { count: 0, missing: [] };
  const look = async (): Promise<boolean> => {
    last = await podsOf(client);
    return last.missing.length === 0;
  };
  await until("every pod on a node", look, { seconds, every: 1000 }).catch(() => undefined);
  return last;
}

async function podsOf(client: Client): Promise<{ count: number; missing: Missing[] }> {
  const [pods, events] = [await client.list("v1", "Pod"), await client.list("v1", "Event")];
  const missing: Missing[] = [];
  let count = 0;
  const autoscalers = await client.list("autoscaling/v2", "HorizontalPodAutoscaler");
  for (const {
    metadata: { namespace, name },
    spec,
    status,
  } of await client.list("apps/v1", "Deployment")) {
    const autoscaler = autoscalers.find(
      ({ metadata, spec: { scaleTargetRef } }) =>
        metadata.namespace === namespace && scaleTargetRef.kind === "Deployment" && scaleTargetRef.name === name,
    );
    const [there, wanted] = [status?.replicas ?? 0, Math.max(spec.replicas, autoscaler?.spec.minReplicas ?? 0)];
    if (there < wanted)
      missing.push({ owner: `Deployment ${namespace}/${name}`, pods: `${there} of ${wanted}`, why: [] });
  }
  for (const [apiVersion, kind, wanted] of OWNERS) {
    for (const owner of await client.list(apiVersion, kind)) {
      if (owner.metadata.ownerReferences?.some((parent: Data) => parent.kind === "CronJob")) continue; // its hour has come: whether it has depends on the clock
      const own = pods.filter(({ metadata }) =>
        metadata.ownerReferences?.some(({ uid }: Data) => uid === owner.metadata.uid),
      );
      const placed = own.filter(({ spec }) => spec.nodeName !== undefined).length;
      count += placed;
      const about = new Set([owner.metadata.uid, ...own.map(({ metadata }) => metadata.uid)]);
      const why = events
        .filter(({ type, involvedObject }) => type === "Warning" && about.has(involvedObject.uid))
        .map(({ reason, message }) => `${reason}: ${message}`);
      if (placed < wanted(owner))
        missing.push({
          owner: `${kind} ${owner.metadata.namespace}/${owner.metadata.name}`,
          pods: `${placed} of ${wanted(owner)}`,
          why: [...new Set(why)],
        });
    }
  }
  return { count, missing };
}
