/**
 * What the charts that no registry has make of the committed values, as `record.ts` has seen it of the charts
 * themselves: who runs, of which image, who listens, who is called.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import { PACKAGE_ROOT } from "../../../compiler/package-root.ts";
import type { Data, KubernetesObject } from "../../cluster/client.ts";
import type { AbsentChart } from "../../delivery/index.ts";

export interface Rendering {
  chart: string;
  version: string;
  /** Digests of the values that it was rendered with; each gave these objects. */
  values: string[];
  objects: KubernetesObject[];
  /** With values of a config in which every registry has a mirror: their digests, and what the chart then runs. */
  mirrored: { values: string[]; images: string[] };
}

export const renderingFile = (chart: string): string => join(import.meta.dirname, "renderings", `${chart}.yaml`);

/** The objects of a chart; throws where it has been rendered in another version, or with other values. */
export function rendered({
  chart,
  version,
  file,
}: Pick<AbsentChart, "chart" | "version" | "file">): KubernetesObject[] {
  const recorded = load(readFileSync(renderingFile(chart), "utf8")) as Rendering;
  if (recorded.version !== version || !recorded.values.includes(digestOf(valuesIn(file))))
    throw new Error(`${chart} ${version} with ${file} was never rendered: see lab/conformance/network/record.ts`);
  return recorded.objects;
}

/** The images of a chart with values of a config with a mirror; throws where they have never been seen. */
export function renderedFromMirror(
  { chart, version }: Pick<AbsentChart, "chart" | "version">,
  values: string,
): string[] {
  const recorded = load(readFileSync(renderingFile(chart), "utf8")) as Rendering;
  if (recorded.version !== version || !recorded.mirrored.values.includes(digestOf(valuesOf(values))))
    throw new Error(`${chart} ${version} was never rendered with such a mirror: see lab/conformance/network/record.ts`);
  return recorded.mirrored.images;
}

/** Those of a committed file, by its path in the repository. */
export const valuesIn = (file: string): Data => valuesOf(join(PACKAGE_ROOT, file));

export const valuesOf = (file: string): Data => load(readFileSync(file, "utf8")) as Data;

/** Of the values but for what pods ask of nodes, which no network sees. */
export const digestOf = (values: Data): string =>
  createHash("sha256")
    .update(JSON.stringify(values, (key, value: Data) => (key === "resources" ? undefined : value)))
    .digest("hex")
    .slice(0, 16);

const WORKLOADS = ["Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob"];
const WHOLE = [
  "APIService",
  "ClusterRoleBinding",
  "MutatingWebhookConfiguration",
  "NetworkPolicy",
  "PodMonitor",
  "RoleBinding",
  "ServiceMonitor",
  "ValidatingWebhookConfiguration",
];

/** What of a chart's objects says who talks with whom, and which images run. */
export function reduced(objects: readonly KubernetesObject[]): KubernetesObject[] {
  const told = objects
    .filter(({ kind }) => kind === "ConfigMap")
    .flatMap((map) => Object.keys(addresses((map as Data).data) ?? {}).map((key) => `${map.metadata.name} ${key}`));
  return objects.flatMap((object) => reducedObject(object, new Set(told)) ?? []);
}

function reducedObject(object: KubernetesObject, told: ReadonlySet<string>): KubernetesObject | undefined {
  const { apiVersion, kind, data, subjects, webhooks } = object as Data;
  const spec = (object as Data).spec ?? {};
  const { name, namespace, labels, annotations } = object.metadata as Data;
  const scrape = annotations?.["prometheus.io/port"];
  const head = {
    apiVersion,
    kind,
    metadata: {
      name,
      ...(namespace ? { namespace } : {}),
      ...(kind === "Service" ? { labels } : {}),
      ...(scrape ? { annotations: { "prometheus.io/port": scrape } } : {}),
    },
  };
  if (kind === "CronJob") return reducedObject({ ...head, kind: "Job", spec: spec.jobTemplate.spec }, told);
  if (WORKLOADS.includes(kind))
    return { ...head, spec: { replicas: spec.replicas ?? 1, template: template(spec, told) } };
  if (kind === "Service") return { ...head, spec: { selector: spec.selector ?? {}, ports: spec.ports } };
  if (kind === "ConfigMap") return addresses(data) && { ...head, data: addresses(data) };
  if (kind === "Prometheus")
    return { ...head, spec: { image: spec.image, serviceAccountName: spec.serviceAccountName } };
  if (kind === "CustomResourceDefinition")
    return spec.conversion?.webhook && { ...head, spec: { conversion: spec.conversion } };
  if (!WHOLE.includes(kind)) return undefined;
  return {
    ...head,
    ...(subjects ? { subjects } : {}),
    ...(webhooks ? { webhooks: webhooks.map((hook: Data) => ({ name: hook.name, clientConfig: place(hook) })) } : {}),
    ...((object as Data).spec ? { spec } : {}),
  };
}

const place = ({ clientConfig: { service } }: Data): Data => ({ service });

/** Of a ConfigMap, what names a host with its port. */
function addresses(data: Data): Data {
  const found = Object.entries(data ?? {}).filter(([, value]) => /^[a-z0-9.-]+:\d+$/.test(String(value)));
  return found.length === 0 ? undefined : Object.fromEntries(found);
}

function template({ template: { metadata, spec } }: Data, told: ReadonlySet<string>): Data {
  const scrape = metadata.annotations?.["prometheus.io/port"];
  const says = ({ value, valueFrom: { configMapKeyRef: from } = {} as Data }: Data): boolean =>
    value !== undefined || (from !== undefined && told.has(`${from.name} ${from.key}`));
  const containers = [...spec.containers, ...(spec.initContainers ?? [])].map(
    ({ name, image, ports, command, args, env = [] }: Data) => ({
      name,
      image,
      ports,
      command,
      args,
      env: env.filter(says),
    }),
  );
  const configured = (spec.volumes ?? []).filter(({ configMap }: Data) => configMap);
  return JSON.parse(
    JSON.stringify({
      metadata: {
        labels: metadata.labels,
        annotations: scrape ? { "prometheus.io/port": scrape } : undefined,
      },
      spec: {
        serviceAccountName: spec.serviceAccountName,
        hostNetwork: spec.hostNetwork,
        containers,
        volumes: configured.map(({ name, configMap }: Data) => ({ name, configMap: { name: configMap.name } })),
      },
    }),
  );
}
