import { suite } from "uvu";
import * as assert from "uvu/assert";
import { everything } from "../../../scripts/everything/everything.ts";
import { projectTopology, topologyOf } from "../../../test/support/topology.ts";
import type { KubernetesObject } from "../../5-emit/artifact.ts";
import { createValidator, schemasBelow } from "../../6-verify/kubernetes/index.ts";
import {
  applicationSelector,
  applicationVersionSelector,
  versionSelector,
  workloadSelector,
} from "../../facts/queries.ts";
import type { Service } from "../../config/model/services.ts";
import type { Topology } from "../../topology/index.ts";
import { PACKAGE_ROOT } from "../../package-root.ts";
import prometheus from "./index.ts";

const test = suite("prometheus");
const topology = await projectTopology();

interface Spec {
  namespaceSelector: { matchNames: string[] };
  podTargetLabels: string[];
  podMetricsEndpoints: { interval: string }[];
}
function monitor(cluster: string, given: Topology = topology): KubernetesObject & { spec: Spec } {
  const { body } = prometheus
    .emit(given)
    .find(({ path }) => path === `generated/clusters/${cluster}/platform/prometheus/manifests/pod-monitors.yaml`)!;
  return (body.kind === "kubernetes" ? body.objects[0] : undefined) as never;
}

test("every object fits the schema of its kind", () => {
  const { validate } = createValidator(schemasBelow(`${PACKAGE_ROOT}schemas/crds`));
  for (const { name } of topology.clusters) assert.equal(validate(monitor(name)), []);
});

test("proxies of the namespaces with meshed workloads on that cluster", () => {
  assert.equal(monitor("cluster-paris").spec.namespaceSelector, { matchNames: ["platform", "shop"] });
  assert.equal(monitor("cluster-amsterdam").spec.namespaceSelector, { matchNames: ["shop"] });
  const unmeshed = {
    ...topology,
    workloads: topology.workloads.map((workload) => ({ ...workload, meshed: workload.name === "watchdog" })),
  };
  assert.equal(monitor("cluster-paris", unmeshed).spec.namespaceSelector, { matchNames: ["platform"] });
});

const WEB = { name: "web", namespace: "shop" };
const namesIn = (selector: string): string[] => [...selector.matchAll(/([a-z_]+)="/g)].map(([, name]) => name!);

/** Labels of the series of a scrape: the operator's own, and those that it copies as Prometheus spells them. */
const labelsOf = ({ podTargetLabels }: Spec): string[] => [
  ...["namespace", "pod"],
  ...podTargetLabels.map((label) => label.replaceAll(/[^a-zA-Z0-9_]/g, "_")),
];

test("what queries select by is on the series: the mesh's, and the application's that the agent hands on", () => {
  const labels = labelsOf(monitor("cluster-paris").spec);
  const [byVersion] = namesIn(versionSelector(WEB, "x")).filter(
    (name) => !namesIn(workloadSelector(WEB)).includes(name),
  );
  assert.ok(labels.includes(byVersion!), byVersion);
  for (const name of namesIn(applicationVersionSelector(WEB, "x"))) assert.ok(labels.includes(name), name);
});

/** The PodMonitors beside a workload `added`, by its cluster. */
function monitorsOf(service: Partial<Service>): KubernetesObject[] {
  const added = {
    team: "crew",
    image: "registry.example/crew/added",
    placement: "all",
    ports: { http: { port: 80 }, stats: { port: 9100, targetPort: 9101 } },
    telemetry: { metrics: { port: "stats", path: "/stats" } },
    ...service,
  } as Service;
  return prometheus
    .emit(topologyOf({ ...everything, services: { ...everything.services, added } }))
    .filter(({ path }) => /\/services\/added\/manifests\/metrics\.yaml$/.test(path))
    .flatMap(({ body }) => (body.kind === "kubernetes" ? body.objects : []));
}

for (const kind of ["stateful", "job"] as const)
  test(`${kind}: what is outside of the mesh is scraped at its port, and labelled as queries ask`, () => {
    const monitors = monitorsOf({ kind });
    assert.is(monitors.length, topologyOf(everything).clusters.length);
    const [object] = monitors as [KubernetesObject & { spec: Spec }];
    const { validate } = createValidator(schemasBelow(`${PACKAGE_ROOT}schemas/crds`));
    assert.equal(validate(object), []);
    assert.is(object.metadata.namespace, "crew-apps");
    const { selector, podMetricsEndpoints } = object.spec as unknown as Record<string, unknown>;
    assert.equal(selector, { matchLabels: { "app.kubernetes.io/name": "added" } });
    assert.equal(podMetricsEndpoints, [{ port: "stats", path: "/stats", interval: "20s" }]);
    for (const name of namesIn(applicationSelector(WEB))) assert.ok(labelsOf(object.spec).includes(name), name);
  });

test("in the mesh the agent hands metrics on, and who tells none is not asked", () => {
  for (const kind of ["service", "daemon"] as const) assert.equal(monitorsOf({ kind }), []);
  assert.equal(monitorsOf({ kind: "stateful", telemetry: {} }), []);
});

test("as often as the config says", () => {
  const observability = {
    ...topology.observability,
    metrics: { ...topology.observability.metrics, interval: "1m" as const },
  };
  assert.is(monitor("cluster-paris", { ...topology, observability }).spec.podMetricsEndpoints[0]!.interval, "60s");
});

test.run();
