/**
 * Values of upstream charts that are in no registry. Charts hand some of them on as they are; these parts are put where
 * they end up, and the API server judges them there. What else a chart makes of its values is not seen.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import { PACKAGE_ROOT } from "../../../compiler/package-root.ts";
import type { Data, KubernetesObject } from "../../cluster/client.ts";
import type { Delivered, AbsentChart } from "../../delivery/index.ts";

/** What the lab puts around a container, so that a pod of it may be judged. */
const RESTRICTED = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ["ALL"] },
  runAsNonRoot: true,
  seccompProfile: { type: "RuntimeDefault" },
};

export function handedOn({ file, namespace, chart }: AbsentChart): Delivered[] {
  const values: Data = load(readFileSync(join(PACKAGE_ROOT, file), "utf8"));
  const objects = [
    ...podsOf(values, chart),
    ...(values.extraObjects ?? []),
    ...configOf(values),
    ...prometheusOf(values),
  ];
  return objects.map((object) => ({ object, file, namespace, origin: "upstream" }));
}

/**
 * A pod for every `resources` of the values, with the pod's security context where the values have one. KEDA's chart has
 * one map of them, by component.
 */
function podsOf(values: Data, chart: string): KubernetesObject[] {
  const found: Data[] = [];
  const walk = (value: Data, within: string): void => {
    if (value === null || typeof value !== "object") return;
    for (const [key, child] of Object.entries<Data>(value)) {
      if ([key, within].includes("resources") && (child.requests || child.limits)) found.push(child);
      else if (key !== "extraObjects" && key !== "volumeClaimTemplate") walk(child, key);
    }
  };
  walk(values, "");
  return found.map((resources, index) => ({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: `${chart}-${index}` },
    spec: {
      ...(values.podSecurityContext ? { securityContext: values.podSecurityContext } : {}),
      containers: [{ name: "main", image: "registry.example/main:1", resources, securityContext: RESTRICTED }],
    },
  }));
}

/**
 * argo-cd's chart writes each into a ConfigMap, as text:
 * https://argo-cd.readthedocs.io/en/stable/operator-manual/argocd-cm-yaml/
 */
function configOf({ configs = {} }: Data): KubernetesObject[] {
  const texts = (entries: Data): Data =>
    Object.fromEntries(Object.entries(entries).map(([key, value]) => [key, String(value)]));
  return Object.entries<Data>(configs)
    .filter(([name]) => ["cm", "params", "rbac"].includes(name))
    .map(([name, entries]) => ({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: `argocd-${name}` },
      data: texts(entries),
    }));
}

/** kube-prometheus-stack's chart makes a Prometheus of it, under other names for these. */
function prometheusOf({ prometheus }: Data): KubernetesObject[] {
  if (!prometheus?.prometheusSpec) return [];
  const { storageSpec, ...fields } = prometheus.prometheusSpec;
  const spec = Object.fromEntries(Object.entries(fields).filter(([name]) => !name.endsWith("NilUsesHelmValues")));
  return [
    {
      apiVersion: "monitoring.coreos.com/v1",
      kind: "Prometheus",
      metadata: { name: "prometheus" },
      spec: { ...spec, ...(storageSpec ? { storage: storageSpec } : {}) },
    },
  ];
}
