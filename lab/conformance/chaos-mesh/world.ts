/**
 * A cluster of the config with its pods, Chaos Mesh's controller, Gatekeeper's mutation, slo-gate and Prometheus, each
 * for real. What is played: the pods' containers (kwok), the traffic that Prometheus counts, and the names of Services
 * (components/in-cluster-names.ts). There is no chaos-daemon.
 */
import { PROMETHEUS_URL, SLO_GATE } from "../../../compiler/facts/names.ts";
import type { Cluster } from "../../compiled/views.ts";
import { startChaosMesh, withLaterField, type ChaosMesh } from "../../components/chaos-mesh.ts";
import { startGatekeeper } from "../../components/gatekeeper.ts";
import { nodeKnows, startForwarder, type Forwarder, type Names } from "../../components/in-cluster-names.ts";
import { startPrometheus, type Prometheus } from "../../components/prometheus.ts";
import { startSloGate, type SloGate } from "../../components/slo-gate.ts";
import { startTraffic, type Traffic } from "../../components/traffic.ts";
import { customResourceDefinitions, definitionsAmong } from "../../cluster/crds.ts";
import { startCluster, type LabCluster } from "../../cluster/index.ts";
import type { KubernetesObject } from "../../cluster/client.ts";
import { deliver, rootObjects, type Delivered, type Sync } from "../../delivery/index.ts";
import { playControllers, waitForPods } from "../kube-apiserver/pods.ts";
import { Observer } from "./observe.ts";

export interface World {
  lab: LabCluster;
  chaosMesh: ChaosMesh;
  traffic: Traffic;
  prometheus: Prometheus;
  sloGate: SloGate;
  forwarder: Forwarder;
  observer: Observer;
  /** Environment and arguments for a further program of the cluster that is written in Node. */
  node: ReturnType<typeof nodeKnows>;
  /** What Argo CD delivers of an Application. */
  delivered(application: string): readonly Delivered[];
  /** The compiled chaos of every workload. */
  chaos: readonly Delivered[];
  stop(): Promise<void>;
}

const CHAOS_MESH = "platform-chaos-mesh";
const GATEKEEPER = "platform-gatekeeper";
const NAMESPACES = "platform-namespaces";
const SLO = "platform-slo-gate";
const STORAGE = "platform-storage";

/** Around the pods, as far as it decides which there are and where. */
const OF_PODS = new Set([
  "Namespace",
  "StorageClass",
  "ServiceAccount",
  "ConfigMap",
  "Service",
  "Deployment",
  "StatefulSet",
  "HorizontalPodAutoscaler",
  "PodDisruptionBudget",
  "Rollout",
]);

export async function startWorld(cluster: Cluster, project: string): Promise<World> {
  const syncs = syncsOf(cluster, project);
  const delivered = (application: string): readonly Delivered[] =>
    syncs.filter((sync) => sync.application === application).flatMap(({ objects }) => objects);
  const objects = (application: string): KubernetesObject[] => delivered(application).map(({ object }) => object);
  const brought = definitionsAmong([...objects(GATEKEEPER), ...objects(CHAOS_MESH)]).map(withLaterField);
  const crds = [...customResourceDefinitions(["github.com/argoproj/argo-rollouts"]), ...brought];
  const lab = await startCluster({ cluster, crds });
  await applyPods(lab, syncs);

  const traffic = await startTraffic();
  const prometheus = await startPrometheus(lab.run, { targets: [traffic.target] });
  const names: Record<string, string> = { [hostOf(PROMETHEUS_URL)]: hostOf(prometheus.url) };
  const sloGate = await startSloGate(lab.run, { objects: objects(SLO), names });
  names[hostOf(SLO_GATE.url)] = sloGate.address;
  const forwarder = await startForwarder(names);
  await startGatekeeper(lab, { objects: objects(GATEKEEPER), namespace: delivered(GATEKEEPER)[0]!.namespace });
  const chaosMesh = await startChaosMesh(lab, {
    objects: objects(CHAOS_MESH),
    namespace: delivered(CHAOS_MESH)[0]!.namespace,
    env: forwarder.env,
  });
  const { missing } = await waitForPods(lab.client, 120);
  if (missing.length > 0) throw new Error(JSON.stringify(missing, null, 2));
  const observer = new Observer(lab.client);
  return {
    ...{
      lab,
      chaosMesh,
      traffic,
      prometheus,
      sloGate,
      forwarder,
      observer,
      delivered,
      node: nodeKnows(names as Names),
    },
    chaos: syncs.flatMap(({ objects }) => objects).filter(({ file }) => file.endsWith("/manifests/chaos.yaml")),
    async stop() {
      await observer.stop();
      forwarder.stop();
      traffic.stop();
      await lab.stop();
      for (const { stop } of [chaosMesh, sloGate, prometheus]) await stop();
    },
  };
}

/** Of the services, and of the add-ons that take part. */
function syncsOf(cluster: Cluster, project: string): Sync[] {
  const isWanted = ({ object: { kind, metadata } }: { object: KubernetesObject }): boolean =>
    kind === "Application" &&
    (!metadata.name.startsWith("platform-") ||
      [CHAOS_MESH, GATEKEEPER, NAMESPACES, SLO, STORAGE].includes(metadata.name));
  return [...deliver(rootObjects(cluster, project).filter(isWanted))].filter(
    ({ application }) => application !== "platform-root",
  );
}

/** The namespaces, and the pods of every service: those of Rollouts through a ReplicaSet that the lab makes. */
async function applyPods({ client }: LabCluster, syncs: readonly Sync[]): Promise<void> {
  const services = syncs.filter(({ application }) => ![CHAOS_MESH, GATEKEEPER].includes(application));
  for (const { object, namespace } of services
    .flatMap(({ objects }) => objects)
    .filter(({ object }) => OF_PODS.has(object.kind))) {
    await client.apply(
      ["Namespace", "StorageClass"].includes(object.kind)
        ? object
        : { ...object, metadata: { namespace, ...object.metadata } },
    );
  }
  for (const { kind, metadata } of await playControllers(client))
    if (kind === "ReplicaSet")
      await client.patch({ apiVersion: "apps/v1", kind, ...metadata }, { spec: { replicas: REPLICAS } });
}

/** Of what autoscalers own: one for each zone, so that there is somebody in the zone that is lost. */
const REPLICAS = 3;

const hostOf = (url: string): string => new URL(url).host;
