/** Finds its way in rendered objects, and says what the values make of them. */
import * as assert from "uvu/assert";
import { RELEASE, type Data, type Rendered } from "./charts.ts";

export function workload({ objects }: Rendered): Data {
  return objects.find(({ kind }) => ["Deployment", "StatefulSet", "DaemonSet", "CronJob", "Job"].includes(kind));
}

export function podTemplate(rendered: Rendered): Data {
  const { kind, spec } = workload(rendered);
  return kind === "CronJob" ? spec.jobTemplate.spec.template : spec.template;
}

export function container(rendered: Rendered): Data {
  const { containers } = podTemplate(rendered).spec;
  assert.is(containers.length, 1);
  assert.is(containers[0].name, rendered.values.name);
  return containers[0];
}

export function only({ objects }: Rendered, kind: string): Data {
  const found = objects.filter((object) => object.kind === kind);
  assert.is(found.length, 1, `one ${kind}`);
  return found[0];
}

export function mountOf(rendered: Rendered, path: string): Data {
  const mounts = container(rendered).volumeMounts.filter(({ mountPath }: Data) => mountPath === path);
  assert.is(mounts.length, 1, `one mount at ${path}`);
  const volumes = podTemplate(rendered).spec.volumes.filter(({ name }: Data) => name === mounts[0].name);
  assert.is(volumes.length, 1, `one volume for ${path}`);
  return { ...mounts[0], volume: volumes[0] };
}

export function standardLabels(values: Data): Data {
  return {
    ...values.labels,
    "app.kubernetes.io/name": values.name,
    "app.kubernetes.io/instance": RELEASE,
    "app.kubernetes.io/part-of": values.partOf,
    "app.kubernetes.io/component": values.component,
    "app.kubernetes.io/managed-by": "Helm",
    "eco-compile.dev/team": values.team,
    ...(values.version ? { "app.kubernetes.io/version": values.version } : {}),
  };
}

export function selector(values: Data): Data {
  return { "app.kubernetes.io/name": values.name };
}

export function transport(port: Data): string {
  return port.protocol === "udp" ? "UDP" : "TCP";
}

export function leastReplicas(values: Data): number {
  return values.autoscaling?.minReplicas ?? values.replicas;
}

/** What the kubelet makes of a value with no variable defined before it: $$ is $, and an unknown $(NAME) stays. */
export function expanded(value: string): string {
  return value.replace(/\$\$/g, "$$");
}

export function contains(actual: Data, expected: Data): void {
  for (const [key, value] of entries(expected)) assert.equal(actual[key], value, key);
}

export function entries(map: Data): [string, Data][] {
  return Object.entries(map ?? {});
}

export function byName(list: Data[]): Data[] {
  return [...list].sort((a, b) => (a.name < b.name ? -1 : 1));
}
