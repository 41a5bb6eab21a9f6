/**
 * The operator of Prometheus: makes the scrape configuration of PodMonitors, which it finds by what a Prometheus object
 * says. The StatefulSet that it makes as well has pods that nobody runs.
 */
import { gunzipSync } from "node:zlib";
import { load } from "js-yaml";
import type { Client, Data } from "../cluster/client.ts";
import type { LabCluster } from "../cluster/index.ts";
import { neededTool } from "../cluster/tools.ts";
import { freePort } from "../ports.ts";
import { startProcess, type LabProcess } from "../process.ts";

/** Starts it on a cluster that has its CRDs, as an administrator: the chart with its rights is in no registry. */
export async function startPrometheusOperator({ run, kubeconfig }: LabCluster): Promise<LabProcess> {
  const address = `127.0.0.1:${await freePort()}`;
  return startProcess(run, {
    name: "prometheus-operator",
    command: neededTool("prometheus-operator"),
    args: [`--web.listen-address=${address}`, "--kubelet-endpoints=false"],
    env: { KUBECONFIG: kubeconfig },
    ready: async () => (await fetch(`http://${address}/healthz`)).ok,
  });
}

/**
 * The scrape configurations that it has made for a Prometheus, once they have so many jobs. What the reloader beside
 * Prometheus puts in place of variables stands in them: the first of one shard.
 * https://github.com/prometheus-operator/prometheus-operator/blob/v0.85.0/pkg/operator/config_reloader.go
 */
export async function scrapesFor(client: Client, prometheus: Data, count: number): Promise<Data[]> {
  const { name, namespace } = prometheus.metadata;
  const secret = await client.waitFor(
    { apiVersion: "v1", kind: "Secret", namespace, name: `prometheus-${name}` },
    (object) => scrapesIn(object).length === count,
    `has ${count} scrape configurations`,
    { seconds: 60, instead: async () => "another number" },
  );
  return scrapesIn(secret);
}

function scrapesIn({ data }: Data): Data[] {
  const text = gunzipSync(Buffer.from(data["prometheus.yaml.gz"], "base64")).toString().replaceAll("$(SHARD)", "0");
  return (load(text) as Data).scrape_configs ?? [];
}

/** The same, run here: pods are found at the lab's API server, and asked through a proxy that leads to those that run. */
export const runHere = (
  scrapes: readonly Data[],
  { kubeconfig, proxy }: { kubeconfig: string; proxy: string },
): Data[] =>
  scrapes.map((scrape) => ({
    ...scrape,
    proxy_url: proxy,
    kubernetes_sd_configs: scrape.kubernetes_sd_configs.map((discovery: Data) => ({
      ...discovery,
      kubeconfig_file: kubeconfig,
    })),
  }));
