/** How long names may be for those who take them, beyond what the schemas of objects say. */
import type { KubernetesObject } from "../../lab/cluster/client.ts";

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names */
const SUBDOMAIN = 253;
/** https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
const LABEL = 63;

const MAX: Readonly<Record<string, number>> = {
  // RFC 1035 and 1123: https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
  Namespace: LABEL,
  Service: LABEL,
  // Its pods have its name in a label: https://kubernetes.io/docs/concepts/workloads/controllers/job/
  Job: LABEL,
  // Its jobs get eleven characters more: https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/
  CronJob: 52,
  // Its pods have `<name>-<hash of ten>` in the label controller-revision-hash:
  // https://github.com/kubernetes/kubernetes/issues/64023
  StatefulSet: 52,
  // What it makes has its name in the label managed-by:
  // https://github.com/chaos-mesh/chaos-mesh/blob/master/controllers/schedule/cron/controller.go
  Schedule: LABEL,
  // `keda-hpa-<name>` is a label, and cut in the middle where it is longer:
  // https://github.com/kedacore/keda/blob/v2.21.0/controllers/keda/hpa.go
  ScaledObject: LABEL - "keda-hpa-".length,
};

const LABEL_VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/;
const NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
/** RBAC takes more: https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#path-segment-names */
const PATH_SEGMENTS = new Set(["Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding"]);

/** The names and labels of an object, those of its pods included, that are too long or of another form. */
export function nameFaults({ kind, metadata, ...rest }: KubernetesObject): string[] {
  const { name } = metadata;
  const max = MAX[kind] ?? SUBDOMAIN;
  return [
    ...(name.length > max ? [`${kind} ${name}: ${name.length} characters, and ${max} fit`] : []),
    ...(NAME.test(name) || PATH_SEGMENTS.has(kind) ? [] : [`${kind} ${name} is no name`]),
    ...labelsIn({ metadata, ...rest })
      .filter(([, value]) => value.length > LABEL || !LABEL_VALUE.test(value))
      .map(([key, value]) => `${kind} ${name}: label ${key}: ${value}`),
  ];
}

/** Of the object and of what it is a template for, and those that it selects by. */
function labelsIn(value: unknown, within = ""): [string, string][] {
  if (value === null || typeof value !== "object") return [];
  if (Array.isArray(value)) return value.flatMap((inner) => labelsIn(inner));
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
    const isLabels = key === "matchLabels" || (key === "labels" && within === "metadata");
    return isLabels && inner !== null ? Object.entries(inner as Record<string, string>) : labelsIn(inner, key);
  });
}
