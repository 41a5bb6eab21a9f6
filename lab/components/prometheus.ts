/** A real Prometheus that asks what a suite gives it to ask, and answers on a free port. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { consumer } from "../toolchain/consumer.ts";
import type { Data } from "../cluster/client.ts";
import { freePort } from "../ports.ts";
import { startProcess, type LabProcess } from "../process.ts";
import type { Run } from "../run.ts";

export interface PrometheusOptions {
  /** Of the process in its run. Default: `prometheus`. */
  name?: string;
  /** `host:port` of what it scrapes at `/metrics`. */
  targets?: readonly string[];
  /**
   * Whatever else it scrapes: https://prometheus.io/docs/prometheus/latest/configuration/configuration/#scrape_config
   */
  scrapes?: readonly Data[];
  /** Between two scrapes. Default: a second. */
  interval?: string;
  /** Files with rules, which it evaluates as often as it scrapes. */
  ruleFiles?: readonly string[];
  /** `host:port` of Alertmanagers that it tells. */
  alertmanagers?: readonly string[];
}

export interface Prometheus {
  url: string;
  process: LabProcess;
  /** The samples of an instant query. */
  query(expression: string): Promise<{ metric: Record<string, string>; value: [number, string] }[]>;
  /** Deletes all samples of the series that match, as if they had never been. */
  forget(matcher: string): Promise<void>;
  stop(): Promise<void>;
}

/** https://prometheus.io/docs/prometheus/latest/command-line/prometheus/ */
export async function startPrometheus(
  run: Run,
  {
    name = "prometheus",
    targets = [],
    scrapes = [],
    interval = "1s",
    ruleFiles = [],
    alertmanagers = [],
  }: PrometheusOptions,
): Promise<Prometheus> {
  const command = consumer("prometheus");
  if (command === undefined) throw new Error("prometheus is missing: npm run lab -- install prometheus");
  const folder = join(run.folder, name);
  mkdirSync(folder);
  const config = {
    global: { scrape_interval: interval, scrape_timeout: interval, evaluation_interval: interval },
    scrape_configs: [{ job_name: "lab", static_configs: [{ targets }] }, ...scrapes],
    rule_files: ruleFiles,
    ...(alertmanagers.length > 0
      ? { alerting: { alertmanagers: [{ static_configs: [{ targets: alertmanagers }] }] } }
      : {}),
  };
  writeFileSync(join(folder, "prometheus.yml"), JSON.stringify(config)); // JSON is YAML
  const url = `http://127.0.0.1:${await freePort()}`;
  const args = [
    "--config.file=prometheus.yml",
    "--storage.tsdb.path=data",
    `--web.listen-address=${new URL(url).host}`,
    "--web.enable-admin-api",
    "--log.level=warn",
  ];
  const process = await startProcess(run, {
    name,
    command,
    args,
    cwd: folder,
    ready: async () => (await fetch(`${url}/-/ready`)).ok,
  });

  return {
    url,
    process,
    query: async (expression) => (await succeeded(`${url}/api/v1/query`, { query: expression })).data.result,
    // https://prometheus.io/docs/prometheus/latest/querying/api/#delete-series
    forget: async (matcher) => void (await succeeded(`${url}/api/v1/admin/tsdb/delete_series`, { "match[]": matcher })),
    stop: () => process.stop(),
  };
}

async function succeeded(url: string, parameters: Record<string, string>): Promise<Data> {
  const response = await fetch(url, { method: "POST", body: new URLSearchParams(parameters) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url}: ${response.status} ${text}`);
  return text === "" ? undefined : JSON.parse(text);
}
