/** What is on a cluster once Argo CD has applied everything, as far as the network sees it. */
import { SYSTEM_NAMESPACE } from "../../../compiler/facts/names.ts";
import type { Addons, Cluster } from "../../compiled/views.ts";
import type { Data } from "../../cluster/client.ts";
import { deliver, rootObjects, type ChartRenderer } from "../../delivery/index.ts";
import type { Labels, Network, NetworkPod, Port } from "./admits.ts";
import { rendered } from "./renderings.ts";

/** A workload stands for its pods, which are all alike. */
export interface Pod extends NetworkPod {
  serviceAccount: string;
  /** In a namespace of the platform; the others are teams'. */
  ofPlatform: boolean;
  /** Of its containers and init containers, with `data` of the ConfigMaps that they are given. */
  texts: readonly string[];
  environment: readonly { name: string; value: string }[];
  annotations: Labels;
}

export interface Service {
  name: string;
  namespace: string;
  labels: Labels;
  annotations: Labels;
  selector: Labels;
  ports: readonly { name?: string; port: number; targetPort: number | string; protocol: string }[];
}

export interface World extends Network {
  pods: readonly Pod[];
  services: readonly Service[];
  /** Everything else that says who calls whom. */
  objects: readonly Placed[];
}

/** An object with the namespace that it ends up in. */
export interface Placed {
  object: Data;
  namespace: string;
  /** From a chart, or written by the compiler. */
  compiled: boolean;
}

export function worldOf(addons: Addons, cluster: Cluster, project: string, charts: ChartRenderer): World {
  const placed = [...deliver(rootObjects(cluster, project), charts)].flatMap(({ objects, absentCharts }) => [
    ...objects.map(({ object, namespace, origin }) => ({
      object: object as Data,
      namespace: object.metadata.namespace ?? namespace,
      compiled: origin === "compiled",
    })),
    ...absentCharts.flatMap((chart) =>
      rendered(chart).map((object) => ({
        object: object as Data,
        namespace: object.metadata.namespace ?? chart.namespace,
        compiled: false,
      })),
    ),
  ]);
  const ofKind = (...kinds: string[]): Placed[] => placed.filter(({ object }) => kinds.includes(object.kind));
  const namespaces = new Map<string, Labels>([
    ...[SYSTEM_NAMESPACE, "default"].map((name): [string, Labels] => [name, {}]),
    ...ofKind("Namespace").map(({ object }): [string, Labels] => [object.metadata.name, object.metadata.labels]),
  ]);
  // https://kubernetes.io/docs/reference/labels-annotations-taints/#kubernetes-io-metadata-name
  for (const [name, labels] of namespaces) namespaces.set(name, { ...labels, "kubernetes.io/metadata.name": name });
  const maps = ofKind("ConfigMap");
  const pods = [
    ...ofKind("Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob").flatMap((each) => podsOf(each, maps)),
    ...ofKind("Prometheus").map(prometheusPod),
    ...(namespaces.has("flux-system") ? [TERRAFORM_RUNNER] : []),
  ].map((pod) => (isInjected(pod, namespaces) ? injected(pod) : pod));
  return {
    namespaces,
    policies: ofKind("NetworkPolicy").map(({ object, namespace, compiled }) => ({
      ...object,
      compiled,
      metadata: { ...object.metadata, namespace },
    })),
    pods: pods.map((pod) => ({
      ...pod,
      ofPlatform: addons.some(({ namespace }) => namespace === pod.namespace),
    })),
    services: [...ofKind("Service").map(serviceOf), ...ofKind("Prometheus").map(governingService)],
    objects: placed,
  };
}

/** None of what is scaled to nothing, nor of what shares the network of its node, which policies do not see. */
function podsOf({ object, namespace }: Placed, maps: readonly Placed[]): Omit<Pod, "ofPlatform">[] {
  const spec = object.kind === "CronJob" ? object.spec.jobTemplate.spec : object.spec;
  const { metadata, spec: pod } = spec.template;
  // A Rollout takes the pods of a Deployment that is scaled to nothing.
  const none = spec.replicas === 0 && !("eco-compile.dev/team" in (metadata.labels ?? {}));
  if (pod.hostNetwork || none || namespace === SYSTEM_NAMESPACE) return [];
  const containers: Data[] = [...pod.containers, ...(pod.initContainers ?? [])];
  const dataOf = (name: string): Data =>
    maps.find((map) => map.namespace === namespace && map.object.metadata.name === name)?.object.data ?? {};
  const environment = containers.flatMap(({ env = [] }) =>
    env.map(({ name, value, valueFrom }: Data) => {
      const from = valueFrom?.configMapKeyRef;
      return { name, value: String(from === undefined ? (value ?? "") : (dataOf(from.name)[from.key] ?? "")) };
    }),
  );
  return [
    {
      name: object.metadata.name,
      namespace,
      labels: metadata.labels ?? {},
      annotations: metadata.annotations ?? {},
      serviceAccount: pod.serviceAccountName ?? "default",
      ports: containers.flatMap(({ ports = [] }) =>
        ports.map(({ name, containerPort, protocol = "TCP" }: Data): Port => ({ name, port: containerPort, protocol })),
      ),
      environment,
      texts: [
        ...containers.flatMap(({ command = [], args = [] }) => [...command, ...args].map(String)),
        ...environment.map(({ value }) => value),
        ...(pod.volumes ?? []).flatMap(({ configMap }: Data) =>
          configMap === undefined ? [] : Object.values(dataOf(configMap.name)).map(String),
        ),
      ],
    },
  ];
}

function serviceOf({ object: { metadata, spec }, namespace }: Placed): Service {
  return {
    name: metadata.name,
    namespace,
    labels: metadata.labels ?? {},
    annotations: metadata.annotations ?? {},
    selector: spec.selector ?? {},
    ports: spec.ports.map(({ name, port, targetPort = port, protocol = "TCP" }: Data) => ({
      name,
      port,
      targetPort,
      protocol,
    })),
  };
}

/**
 * What the operator makes of a Prometheus:
 * https://github.com/prometheus-operator/prometheus-operator/blob/v0.85.0/pkg/prometheus/server/statefulset.go
 */
const prometheusPod = ({ object: { metadata, spec }, namespace }: Placed): Omit<Pod, "ofPlatform"> => ({
  name: `prometheus-${metadata.name}`,
  namespace,
  labels: {
    "app.kubernetes.io/name": "prometheus",
    "app.kubernetes.io/managed-by": "prometheus-operator",
    "app.kubernetes.io/instance": metadata.name,
    "operator.prometheus.io/name": metadata.name,
  },
  annotations: {},
  serviceAccount: spec.serviceAccountName,
  ports: [
    { name: "http-web", port: 9090, protocol: "TCP" },
    { name: "reloader-web", port: 8080, protocol: "TCP" },
  ],
  environment: [],
  texts: [],
});

const governingService = ({ namespace }: Placed): Service => ({
  name: "prometheus-operated",
  namespace,
  labels: {},
  annotations: {},
  selector: { "app.kubernetes.io/name": "prometheus" },
  ports: [{ name: "http-web", port: 9090, targetPort: "http-web", protocol: "TCP" }],
});

/**
 * What tofu-controller makes of a Terraform object:
 * https://github.com/flux-iac/tofu-controller/blob/v0.16.5/controllers/tf_controller_runner.go
 */
const TERRAFORM_RUNNER: Omit<Pod, "ofPlatform"> = {
  name: "tf-runner",
  namespace: "flux-system",
  labels: { "app.kubernetes.io/created-by": "tofu-controller", "app.kubernetes.io/name": "tf-runner" },
  annotations: {},
  serviceAccount: "tf-runner",
  ports: [{ name: "grpc", port: 30_000, protocol: "TCP" }],
  environment: [],
  texts: [],
};

/** https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/ */
const isInjected = (
  { namespace, labels }: Pick<Pod, "namespace" | "labels">,
  namespaces: World["namespaces"],
): boolean =>
  namespaces.get(namespace)?.["istio-injection"] === "enabled" && labels["sidecar.istio.io/inject"] !== "false";

/** https://istio.io/latest/docs/ops/deployment/application-requirements/#ports-used-by-istio */
const injected = <P extends Pick<Pod, "labels" | "ports">>(pod: P): P => ({
  ...pod,
  labels: { ...pod.labels, "security.istio.io/tlsMode": "istio" },
  ports: [...pod.ports, { name: "http-envoy-prom", port: 15_090, protocol: "TCP" }],
});
export const isMeshed = ({ labels }: Pick<Pod, "labels">): boolean => labels["security.istio.io/tlsMode"] === "istio";
