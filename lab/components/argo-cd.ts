/**
 * Argo CD as processes: repo server, application controller, API server and redis, from the one program that they all
 * are. Namespace, kinds and ConfigMaps come from its chart before. Flags and variables:
 * https://argo-cd.readthedocs.io/en/stable/operator-manual/server-commands/argocd-application-controller/
 */
import { chmodSync, copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { KubernetesObject } from "../cluster/client.ts";
import type { LabCluster } from "../cluster/index.ts";
import { neededTool } from "../cluster/tools.ts";
import { freePorts } from "../ports.ts";
import { startProcess, type LabProcess, type ProcessOptions } from "../process.ts";
import { moduleFolder } from "../toolchain/index.ts";
import type { Push } from "./git.ts";
import type { Internet } from "./internet.ts";
import { startRedis } from "./redis.ts";

export const ARGO_CD = [
  "argocd-repo-server",
  "argocd-application-controller",
  "argocd-server",
  "redis-server",
  "helm",
  "git",
] as const;

export interface ArgoCd {
  /** Of its API. */
  url: string;
  /** Tells it of a push, as GitHub does: https://argo-cd.readthedocs.io/en/stable/operator-manual/webhook/ */
  pushed(push: Push): Promise<void>;
  /** How often it has read the schemas of all kinds anew, since a CRD came, went or changed. */
  schemasReadAnew(): number;
  processes: readonly LabProcess[];
  stop(): Promise<void>;
}

/** What a test would else wait for. */
const HASTE = {
  ARGOCD_SYNC_WAVE_DELAY: "0", // seconds between waves, for controllers to begin with what they got; health is looked at either way
  ARGOCD_REPO_SERVER_PARALLELISM_LIMIT: "2", // of `helm template`
  ARGOCD_RECONCILIATION_JITTER: "0s",
  // Each event makes it compare the Application, and the root; by default it takes together those of 100 ms.
  ARGOCD_CLUSTER_CACHE_EVENTS_PROCESSING_INTERVAL: "500ms",
  ARGOCD_ENABLE_K8S_EVENT: "none", // of each change of an Application's status, for people
};

/**
 * The cluster that it runs in, as it knows it without this, but for the compression of answers: on loopback it costs
 * more than it saves. https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#clusters
 */
const IN_CLUSTER: KubernetesObject = {
  apiVersion: "v1",
  kind: "Secret",
  metadata: { name: "in-cluster", namespace: "argocd", labels: { "argocd.argoproj.io/secret-type": "cluster" } },
  stringData: {
    name: "in-cluster",
    server: "https://kubernetes.default.svc",
    config: JSON.stringify({ disableCompression: true }),
  },
};

export interface ArgoCdOptions {
  /**
   * Seconds after which an Application is compared whatever happens; else it is two to three minutes. Argo CD tracks no
   * CRDs, so it notices only then that one has become healthy.
   */
  compareAfter: number;
}

export async function startArgoCd(
  { client, run, kubeconfig }: LabCluster,
  internet: Internet,
  { compareAfter }: ArgoCdOptions,
): Promise<ArgoCd> {
  await client.apply(IN_CLUSTER);
  const redis = await startRedis(run, "argocd-redis");
  const [repo, repoMetrics, controllerMetrics, api, apiMetrics] = (await freePorts(5)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const folder = join(run.folder, "argo-cd");
  for (const name of ["tmp", "home", "tls", "ssh", "gnupg", "plugins", "assets", "bin"])
    mkdirSync(join(folder, name), { recursive: true });
  // Upstream's script, which the repo server runs on every commit. Files of a Go module are not executable.
  const verify = join(folder, "bin/git-verify-wrapper.sh");
  copyFileSync(join(moduleFolder("argo-cd")!, "hack/git-verify-wrapper.sh"), verify);
  chmodSync(verify, 0o755);
  const env = {
    ...HASTE,
    ARGOCD_RECONCILIATION_TIMEOUT: `${compareAfter}s`,
    KUBECONFIG: kubeconfig,
    ARGOCD_FAKE_IN_CLUSTER: "true",
    ARGOCD_GPG_ENABLED: "false",
    ARGOCD_GNUPGHOME: join(folder, "gnupg"),
    ARGOCD_TLS_DATA_PATH: join(folder, "tls"),
    ARGOCD_SSH_DATA_PATH: join(folder, "ssh"),
    ARGOCD_PLUGINSOCKFILEPATH: join(folder, "plugins"),
    ARGOCD_ASK_PASS_SOCK: join(folder, "ask-pass.sock"),
    HOME: join(folder, "home"),
    TMPDIR: join(folder, "tmp"),
    GIT_CONFIG_NOSYSTEM: "1",
    PATH: `${dirname(verify)}:${dirname(neededTool("helm"))}:${process.env["PATH"]}`,
  };
  const start = (
    name: string,
    args: readonly string[],
    more: Pick<ProcessOptions, "ready" | "env">,
  ): Promise<LabProcess> =>
    startProcess(run, {
      name,
      command: neededTool(name),
      args: ["--redis", redis.address, "--loglevel", "info", ...args],
      seconds: 180,
      ...more,
      env: { ...env, ...more.env },
    });
  const toRepoServer = ["--repo-server", `127.0.0.1:${repo}`, "--repo-server-plaintext", "--namespace", "argocd"];
  const healthy = (port: number) => async () => (await fetch(`http://127.0.0.1:${port}/healthz`)).ok;

  const repoServer = await start(
    "argocd-repo-server",
    [
      "--address",
      "127.0.0.1",
      "--port",
      String(repo),
      "--metrics-address",
      "127.0.0.1",
      "--metrics-port",
      String(repoMetrics),
      "--disable-tls",
      "--client-ca-path",
      "",
    ],
    {
      env: internet.environment,
      ready: healthy(repoMetrics),
    },
  );
  const server = await start(
    "argocd-server",
    [
      ...toRepoServer,
      "--address",
      "127.0.0.1",
      "--port",
      String(api),
      "--metrics-port",
      String(apiMetrics),
      "--insecure",
      "--staticassets",
      join(folder, "assets"),
    ],
    { ready: healthy(api) },
  );
  const controller = await start(
    "argocd-application-controller",
    [...toRepoServer, "--metrics-port", String(controllerMetrics), "--persist-resource-health"],
    { ready: healthy(controllerMetrics) },
  );
  const processes = [controller, server, repoServer, redis.process];
  const url = `http://127.0.0.1:${api}`;
  return {
    url,
    processes,
    schemasReadAnew: () => readFileSync(controller.log, "utf8").split("Open API schemas due to CRD event").length - 1,
    async pushed(push) {
      const response = await fetch(`${url}/api/webhook`, {
        method: "POST",
        headers: { "content-type": "application/json", "x-github-event": "push" },
        body: JSON.stringify(gitHubEvent(push)),
      });
      if (!response.ok) throw new Error(`webhook: ${response.status} ${await response.text()}`);
    },
    async stop() {
      for (const { stop } of processes) await stop();
    },
  };
}

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads#push, as far as Argo CD reads it. */
const gitHubEvent = ({ webUrl, branch, before, after, files }: Push) => ({
  ref: `refs/heads/${branch}`,
  before,
  after,
  repository: { html_url: webUrl, default_branch: "main" },
  commits: [{ id: after, added: [], removed: [], modified: files }],
});
