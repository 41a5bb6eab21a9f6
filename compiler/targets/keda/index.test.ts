import { suite } from "uvu";
import * as assert from "uvu/assert";
import { everything } from "../../../scripts/everything/everything.ts";
import { topologyOf } from "../../../test/support/topology.ts";
import { address } from "../../config/define.ts";
import type { Scaling, Service } from "../../config/index.ts";
import type { Artifact, KubernetesObject } from "../../5-emit/artifact.ts";
import { createValidator, schemasBelow } from "../../6-verify/kubernetes/index.ts";
import { PACKAGE_ROOT } from "../../package-root.ts";
import helm from "../helm/index.ts";
import keda from "./index.ts";

const test = suite("keda");

const woken = everything.services["woken"]!;
/** What both targets make of the service with triggers, when it is said otherwise. */
function made(change: Partial<Service> = {}) {
  const topology = topologyOf({ ...everything, services: { ...everything.services, woken: { ...woken, ...change } } });
  const files = keda.emit(topology);
  const values = helm.emit(topology).find(({ path }) => path.endsWith("/services/woken/values.yaml"))!;
  return { topology, files, objects: files.flatMap(objectsOf), values: (values.body as { data: any }).data };
}
const objectsOf = ({ body }: Artifact): readonly KubernetesObject[] => (body.kind === "kubernetes" ? body.objects : []);
const only = (objects: readonly KubernetesObject[], kind: string): any =>
  objects.find((object) => object.kind === kind);
const scaling = (change: Partial<Scaling>): Partial<Service> => ({ scaling: { ...woken.scaling!, ...change } });

test("every object is of its schema, in the workload's folder, and the chart makes no autoscaler beside it", () => {
  const { files, objects, values } = made();
  const { validate } = createValidator(schemasBelow(`${PACKAGE_ROOT}schemas/crds`));
  assert.equal(
    files.map(({ path }) => path),
    ["generated/clusters/gke/services/woken/manifests/scaling.yaml"],
  );
  assert.equal(
    objects.map(({ kind }) => kind),
    ["TriggerAuthentication", "TriggerAuthentication", "TriggerAuthentication", "ScaledObject"],
  );
  for (const object of objects) assert.equal(validate(object), []);
  assert.equal(values.autoscaling, { external: true });
});

test("who owns the pods is scaled", () => {
  const target = (change: Partial<Service>) => only(made(change).objects, "ScaledObject").spec.scaleTargetRef;
  assert.equal(target({}), { apiVersion: "apps/v1", kind: "Deployment", name: "woken" });
  assert.equal(target({ rollout: "steps", slos: ["up", "quick", "done"] }), {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Rollout",
    name: "woken",
  });
});

test("numbers, pace and triggers are those of the config", () => {
  const { spec } = only(made().objects, "ScaledObject");
  assert.equal([spec.minReplicaCount, spec.maxReplicaCount], [0, 9]);
  assert.equal(spec.advanced.horizontalPodAutoscalerConfig, {
    name: "woken",
    behavior: {
      scaleUp: {
        stabilizationWindowSeconds: 15,
        policies: [
          { type: "Pods", value: 4, periodSeconds: 30 },
          { type: "Percent", value: 50, periodSeconds: 30 },
        ],
      },
      scaleDown: {
        stabilizationWindowSeconds: 600,
        policies: [
          { type: "Pods", value: 1, periodSeconds: 60 },
          { type: "Percent", value: 10, periodSeconds: 60 },
        ],
      },
    },
  });
  assert.equal(
    spec.triggers.map(({ type, name }: any) => [type, name]),
    [
      ["memory", undefined],
      ["prometheus", "busy"],
      ["cron", "day"],
      ["rabbitmq", "letters"],
      ["kafka", "orders"],
      ["rabbitmq", "parcels"],
    ],
  );
  const [memory, busy, day, letters, orders, parcels] = spec.triggers;
  assert.is(letters.metadata.host, "amqps://store.crew-apps:6379/");
  assert.equal(memory, {
    type: "memory",
    metricType: "Utilization",
    metadata: { value: "75", containerName: "woken" },
  });
  assert.equal([busy.metadata.threshold, busy.metadata.activationThreshold], ["50", "5"]);
  assert.is(day.metadata.desiredReplicas, "3");
  assert.is(orders.metadata.bootstrapServers, "kafka-0.example.com:9093,store.crew-apps:6379,10.79.0.5:5671");
  assert.equal(orders.authenticationRef, { name: "woken-orders" });
  assert.equal(parcels, {
    type: "rabbitmq",
    name: "parcels",
    metricType: "AverageValue",
    metadata: {
      host: "http://10.79.0.5:5671/",
      queueName: "parcels",
      vhostName: "shop",
      mode: "MessageRate",
      value: "20",
      activationValue: "2",
    },
    authenticationRef: { name: "woken-parcels" },
  });
  assert.equal(only(made().objects, "TriggerAuthentication").spec.secretTargetRef, [
    { parameter: "username", name: "database", key: "user" },
    { parameter: "password", name: "database", key: "password" },
  ]);
});

test("CPU counts beside triggers where the config says so, and alone where nothing else is said", () => {
  const types = (change: Partial<Scaling>) =>
    only(made(scaling(change)).objects, "ScaledObject").spec.triggers.map(({ type }: any) => type);
  assert.equal(types({ cpu: "60%", memory: undefined }), [
    "cpu",
    "prometheus",
    "cron",
    "rabbitmq",
    "kafka",
    "rabbitmq",
  ]);
  const { objects, values } = made({ scaling: { min: 2, max: 4 } });
  assert.equal(objects, []);
  assert.equal(values.autoscaling, { minReplicas: 2, maxReplicas: 4, targetCPUUtilizationPercentage: 70 });
});

test("without triggers the chart's own autoscaler has memory and pace", () => {
  const { values } = made({ scaling: { min: 2, max: 4, memory: "80%", down: { after: "1m" } } });
  assert.equal(values.autoscaling, {
    minReplicas: 2,
    maxReplicas: 4,
    targetMemoryUtilizationPercentage: 80,
    behavior: { scaleDown: { stabilizationWindowSeconds: 60 } },
  });
});

test("KEDA is on clusters with triggers alone, and reaches their brokers", () => {
  const addons = ({ topology }: ReturnType<typeof made>) =>
    topology.platform.addons.filter(({ name }) => name === "keda");
  const [addon, ...others] = addons(made());
  assert.is(addon!.cluster, "gke");
  assert.equal(others, []);
  assert.equal(addons(made({ scaling: { min: 2, max: 4 } })), []);
  const { reaches } = (addon!.network as any).operator;
  assert.equal(reaches.slice(2), [
    { to: "anywhere", ports: [5671, 9093] },
    { to: { namespace: "crew-apps", pods: { "app.kubernetes.io/name": "store" } }, ports: [6380] },
  ]);
});

const RABBIT = {
  kind: "rabbitmq",
  broker: "rabbit.example.com:5671",
  queue: "parcels",
  perPod: 7,
  login: { username: { secret: "database", key: "user" }, password: { secret: "database", key: "password" } },
} as const;

for (const [said, host, mode] of [
  [{}, "amqps://rabbit.example.com:5671/", "QueueLength"],
  [{ tls: false }, "amqp://rabbit.example.com:5671/", "QueueLength"],
  [{ protocol: "http" }, "https://rabbit.example.com:5671/", "QueueLength"],
  [{ mode: "rate" }, "https://rabbit.example.com:5671/", "MessageRate"],
  [{ mode: "rate", tls: false }, "http://rabbit.example.com:5671/", "MessageRate"],
  [{ broker: address("store", "redis"), tls: false }, "amqp://store.crew-apps:6379/", "QueueLength"],
] as const)
  test(`RabbitMQ is asked at ${host} for its ${mode} where the config says ${JSON.stringify(said)}`, () => {
    const { topology, objects } = made(scaling({ triggers: { parcels: { ...RABBIT, ...said } } }));
    const [trigger] = only(objects, "ScaledObject").spec.triggers.slice(-1);
    assert.equal(trigger.metadata, {
      host,
      queueName: "parcels",
      vhostName: "/",
      mode,
      value: "7",
      activationValue: "0",
    });
    assert.equal(only(objects, "TriggerAuthentication").spec.secretTargetRef, [
      { parameter: "username", name: "database", key: "user" },
      { parameter: "password", name: "database", key: "password" },
    ]);
    const { reaches } = (topology.platform.addons.find(({ name }) => name === "keda")!.network as any).operator;
    assert.equal(
      reaches.slice(1), // the API server first; Prometheus is nothing to it
      "broker" in said
        ? [{ to: { namespace: "crew-apps", pods: { "app.kubernetes.io/name": "store" } }, ports: [6380] }]
        : [{ to: "anywhere", ports: [5671] }],
    );
    const { watchedBy } = topology.workloads.find(({ name, cluster }) => name === "store" && cluster.name === "gke")!;
    assert.equal(
      watchedBy.map(({ ports }) => ports),
      "broker" in said ? [[{ port: 6380, transport: "TCP" }]] : [],
    );
  });

test("a broker that is a service lets KEDA in, and is a dependency", () => {
  const { topology } = made();
  const on = (name: string) =>
    topology.workloads.find((workload) => workload.name === name && workload.cluster.name === "gke")!;
  assert.equal(
    on("store").watchedBy.map(({ namespace, ports }) => [namespace, ports]),
    [["keda", [{ port: 6380, transport: "TCP" }]]],
  );
  assert.equal(
    on("woken").dependsOn.map(({ service, port }) => [service, port]),
    [["store", 6379]],
  );
});

test.run();
