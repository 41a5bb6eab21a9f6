import { suite } from "uvu";
import * as assert from "uvu/assert";
import { projectTopology } from "../../../test/support/topology.ts";
import type { KubernetesObject } from "../../5-emit/artifact.ts";
import { createValidator, schemasBelow } from "../../6-verify/kubernetes/index.ts";
import { versionSelector } from "../../facts/queries.ts";
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

test("the label that analyses select a version by is copied from the pods", () => {
  const copied = monitor("cluster-paris").spec.podTargetLabels.map((label) => label.replaceAll(/[^a-zA-Z0-9_]/g, "_")); // as Prometheus spells it
  const [, asked] = /,([a-z_]+)="x"$/.exec(versionSelector({ name: "web", namespace: "shop" }, "x"))!;
  assert.equal(copied, [asked]);
});

test("as often as the config says", () => {
  const observability = {
    ...topology.observability,
    metrics: { ...topology.observability.metrics, interval: "1m" as const },
  };
  assert.is(monitor("cluster-paris", { ...topology, observability }).spec.podMetricsEndpoints[0]!.interval, "60s");
});

test.run();
