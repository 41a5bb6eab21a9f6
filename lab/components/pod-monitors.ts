/** What Prometheus scrapes because of a PodMonitor. */
import type { Data } from "../cluster/client.ts";

export interface Discovery {
  kubeconfig: string;
  /** Every scrape goes to this proxy: nothing listens at the addresses of the lab's pods. */
  proxy: string;
}

/**
 * The scrape configuration that prometheus-operator makes of a PodMonitor, for the fields that the compiler writes; the
 * operator itself is not part of the lab. Left out: selector and port name, which belong to the sidecars that no pod of
 * the lab has. https://github.com/prometheus-operator/prometheus-operator/blob/v0.85.0/pkg/prometheus/promcfg.go
 * (generatePodMonitorConfig)
 */
export const scrapeOf = ({ metadata, spec }: Data, { kubeconfig, proxy }: Discovery): Data[] =>
  spec.podMetricsEndpoints.map(({ path, interval, relabelings = [] }: Data, index: number) => ({
    job_name: `podMonitor/${metadata.namespace}/${metadata.name}/${index}`,
    scrape_interval: interval,
    scrape_timeout: interval, // the operator leaves it to Prometheus, which takes no longer one
    metrics_path: path,
    proxy_url: proxy,
    kubernetes_sd_configs: [
      { role: "pod", kubeconfig_file: kubeconfig, namespaces: { names: spec.namespaceSelector.matchNames } },
    ],
    relabel_configs: [
      { source_labels: ["__meta_kubernetes_namespace"], target_label: "namespace" },
      { source_labels: ["__meta_kubernetes_pod_name"], target_label: "pod" },
      ...(spec.podTargetLabels ?? []).map((label: string) => ({
        source_labels: [`__meta_kubernetes_pod_label_${sanitised(label)}`],
        target_label: sanitised(label),
        regex: "(.+)",
        replacement: "${1}",
      })),
      ...relabelings.map(({ action, sourceLabels, regex, replacement, targetLabel }: Data) => ({
        action,
        source_labels: sourceLabels,
        regex,
        replacement,
        target_label: targetLabel,
      })),
    ],
  }));

const sanitised = (label: string): string => label.replace(/[^a-zA-Z0-9_]/g, "_");
