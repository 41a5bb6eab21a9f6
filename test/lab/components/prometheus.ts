/** Prometheus, with the configuration that a suite gives it: https://prometheus.io/docs/prometheus/latest/configuration/configuration/ */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Data } from "../cluster/client.ts";
import { neededTool } from "../cluster/tools.ts";
import { freePort } from "../ports.ts";
import { startProcess, type LabProcess } from "../process.ts";
import type { Run } from "../run.ts";

export interface Prometheus extends LabProcess {
  url: string;
  /** What an expression gives now. */
  query(expression: string): Promise<Sample[]>;
}

export interface Sample {
  labels: Readonly<Record<string, string>>;
  value: number;
}

export interface PrometheusOptions {
  /** Of the process in its run. Default: `prometheus`. */
  name?: string;
  /** Its configuration file, as data. Paths in it are relative to the run's folder. */
  configuration: Readonly<Record<string, unknown>>;
}

export async function startPrometheus(run: Run, { name = "prometheus", configuration }: PrometheusOptions): Promise<Prometheus> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const file = join(run.folder, `${name}.yml`);
  writeFileSync(file, JSON.stringify(configuration, null, 2)); // JSON is YAML
  const started = await startProcess(run, {
    name,
    command: neededTool("prometheus"),
    args: [`--config.file=${file}`, `--storage.tsdb.path=${join(run.folder, name)}`, `--web.listen-address=127.0.0.1:${port}`],
    ready: async () => (await fetch(`${url}/-/ready`)).ok,
  });
  return { ...started, url, query: (expression) => instant(url, expression) };
}

/** https://prometheus.io/docs/prometheus/latest/querying/api/#instant-queries */
async function instant(url: string, expression: string): Promise<Sample[]> {
  const { status, data, error } = (await (await fetch(`${url}/api/v1/query?${new URLSearchParams({ query: expression })}`)).json()) as Data;
  if (status !== "success") throw new Error(`${expression}: ${error}`);
  return data.result.map(({ metric, value }: Data) => ({ labels: metric, value: Number(value[1]) }));
}

export interface Discovery {
  kubeconfig: string;
  /** Every scrape goes to this proxy: nothing listens at the addresses of the lab's pods. */
  proxy: string;
}

/**
 * The scrape configuration that prometheus-operator makes of a PodMonitor, for the fields that the compiler writes; the operator itself is not part of the lab. Left out:
 * selector and port name, which belong to the sidecars that no pod of the lab has.
 * https://github.com/prometheus-operator/prometheus-operator/blob/v0.85.0/pkg/prometheus/promcfg.go (generatePodMonitorConfig)
 */
export const scrapeOf = ({ metadata, spec }: Data, { kubeconfig, proxy }: Discovery): Data[] =>
  spec.podMetricsEndpoints.map(({ path, interval, relabelings = [] }: Data, index: number) => ({
    job_name: `podMonitor/${metadata.namespace}/${metadata.name}/${index}`,
    scrape_interval: interval,
    metrics_path: path,
    proxy_url: proxy,
    kubernetes_sd_configs: [{ role: "pod", kubeconfig_file: kubeconfig, namespaces: { names: spec.namespaceSelector.matchNames } }],
    relabel_configs: [
      { source_labels: ["__meta_kubernetes_namespace"], target_label: "namespace" },
      { source_labels: ["__meta_kubernetes_pod_name"], target_label: "pod" },
      ...(spec.podTargetLabels ?? []).map((label: string) => ({ source_labels: [`__meta_kubernetes_pod_label_${sanitised(label)}`], target_label: sanitised(label), regex: "(.+)", replacement: "${1}" })),
      ...relabelings.map(({ action, sourceLabels, regex, replacement, targetLabel }: Data) => ({ action, source_labels: sourceLabels, regex, replacement, target_label: targetLabel })),
    ],
  }));

const sanitised = (label: string): string => label.replace(/[^a-zA-Z0-9_]/g, "_");
