/**
 * How each part of a control plane is started. Flags:
 * https://kubernetes.io/docs/reference/command-line-tools-reference/
 */
import { request as httpsRequest } from "node:https";
import { join } from "node:path";
import { constants, cpSync, existsSync, readFileSync } from "node:fs";
import { freePorts } from "../ports.ts";
import { startProcess, type LabProcess } from "../process.ts";
import type { Run } from "../run.ts";
import type { Access } from "./client.ts";
import { makeCredentials, type Credentials } from "./credentials.ts";
import { writeKubeconfig } from "./kubeconfig.ts";
import { neededTool, stageFiles } from "./tools.ts";

export const PARTS = ["controller-manager", "scheduler", "kwok"] as const;
export type Part = (typeof PARTS)[number];

export interface ControlPlane {
  credentials: Credentials;
  access: Access;
  processes: LabProcess[];
}

export interface ControlPlaneOptions {
  parts: readonly Part[];
  webhooks: boolean;
  /** Of etcd, to begin with. Default: none. */
  data?: string | undefined;
}

/** etcd and the API server, then the other parts at once. */
export async function startControlPlane(
  run: Run,
  { parts, webhooks, data }: ControlPlaneOptions,
): Promise<ControlPlane> {
  if (data !== undefined) cpSync(data, etcdFolder(run), { recursive: true, mode: constants.COPYFILE_FICLONE });
  const [etcdPort, peerPort, apiPort, managerPort, schedulerPort] = (await freePorts(5)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const credentials = makeCredentials(run.folder);
  const url = `https://127.0.0.1:${apiPort}`;
  const certificates = join(run.folder, "certificates");
  const etcd = await startEtcd(run, etcdPort, peerPort);
  const server = await startApiServer(run, { etcdPort, apiPort, certificates, credentials, webhooks });
  // The server writes a certificate of its own, and the one that signed it, when it finds none.
  const caFile = join(certificates, "apiserver.crt");
  const access: Access = { url, ca: readFileSync(caFile, "utf8"), token: credentials.token("admin") };
  const configOf = (user: "system:kube-controller-manager" | "system:kube-scheduler" | "kwok"): string =>
    writeKubeconfig(join(run.folder, `${user.replace("system:", "")}.kubeconfig`), {
      ...access,
      token: credentials.token(user),
    });

  const starts: Record<Part, () => Promise<LabProcess>> = {
    "controller-manager": () =>
      startControllerManager(run, {
        port: managerPort,
        kubeconfig: configOf("system:kube-controller-manager"),
        caFile,
        credentials,
      }),
    scheduler: () => startScheduler(run, { port: schedulerPort, kubeconfig: configOf("system:kube-scheduler") }),
    kwok: () => startKwok(run, configOf("kwok")),
  };
  const others = await Promise.all(parts.map((part) => starts[part]()));
  return { credentials, access, processes: [...others.reverse(), server, etcd] };
}

export const etcdFolder = ({ folder }: Run): string => join(folder, "etcd");

function startEtcd(run: Run, port: number, peerPort: number): Promise<LabProcess> {
  const [url, peers] = [`http://127.0.0.1:${port}`, `http://127.0.0.1:${peerPort}`];
  return startProcess(run, {
    name: "etcd",
    command: neededTool("etcd"),
    args: [
      `--data-dir=${etcdFolder(run)}`,
      `--listen-client-urls=${url}`,
      `--advertise-client-urls=${url}`,
      `--listen-peer-urls=${peers}`,
      `--initial-advertise-peer-urls=${peers}`,
      `--initial-cluster=default=${peers}`,
      "--unsafe-no-fsync", // the data are as short-lived as the run
      "--log-level=warn",
    ],
    ready: async () => (await fetch(`${url}/health`)).ok,
  });
}

interface ApiServer {
  etcdPort: number;
  apiPort: number;
  certificates: string;
  credentials: Credentials;
  webhooks: boolean;
}

function startApiServer(
  run: Run,
  { etcdPort, apiPort, certificates, credentials, webhooks }: ApiServer,
): Promise<LabProcess> {
  return startProcess(run, {
    name: "kube-apiserver",
    command: neededTool("kube-apiserver"),
    args: [
      `--etcd-servers=http://127.0.0.1:${etcdPort}`,
      `--secure-port=${apiPort}`,
      "--bind-address=127.0.0.1",
      "--advertise-address=127.0.0.1",
      "--endpoint-reconciler-type=none", // a loopback address is none that an EndpointSlice may have
      `--cert-dir=${certificates}`,
      `--token-auth-file=${credentials.tokenFile}`,
      "--authorization-mode=Node,RBAC",
      "--enable-admission-plugins=NodeRestriction",
      ...(webhooks ? [] : ["--disable-admission-plugins=MutatingAdmissionWebhook,ValidatingAdmissionWebhook"]),
      "--service-cluster-ip-range=10.96.0.0/16",
      "--service-account-issuer=https://kubernetes.default.svc.cluster.local",
      `--service-account-key-file=${credentials.serviceAccountKey}`,
      `--service-account-signing-key-file=${credentials.serviceAccountKey}`,
      "--allow-privileged=true", // as in the clouds: what may be privileged is Pod Security's business
      "--profiling=false",
    ],
    ready: async () => existsSync(join(certificates, "apiserver.crt")) && (await answers(apiPort, "/readyz")),
  });
}

interface Manager {
  port: number;
  kubeconfig: string;
  caFile: string;
  credentials: Credentials;
}

function startControllerManager(run: Run, { port, kubeconfig, caFile, credentials }: Manager): Promise<LabProcess> {
  return startProcess(run, {
    name: "kube-controller-manager",
    command: neededTool("kube-controller-manager"),
    args: [
      ...ofClient(run, port, kubeconfig),
      `--service-account-private-key-file=${credentials.serviceAccountKey}`,
      `--root-ca-file=${caFile}`,
      "--use-service-account-credentials=true", // every controller has no more rights than its own role gives it
      "--controllers=*,-certificatesigningrequest-signing-controller,-node-ipam-controller,-node-route-controller,-service-lb-controller",
      "--kube-api-qps=300",
      "--kube-api-burst=600",
    ],
    ready: () => answers(port, "/healthz"),
  });
}

function startScheduler(run: Run, { port, kubeconfig }: Pick<Manager, "port" | "kubeconfig">): Promise<LabProcess> {
  return startProcess(run, {
    name: "kube-scheduler",
    command: neededTool("kube-scheduler"),
    args: [...ofClient(run, port, kubeconfig), "--kube-api-qps=300", "--kube-api-burst=600"],
    ready: () => answers(port, "/healthz"),
  });
}

const ofClient = (run: Run, port: number, kubeconfig: string): string[] => [
  `--kubeconfig=${kubeconfig}`,
  `--secure-port=${port}`,
  "--bind-address=127.0.0.1",
  `--cert-dir=${join(run.folder, `certificates-${port}`)}`,
  "--leader-elect=false",
  "--profiling=false",
];

/**
 * https://kwok.sigs.k8s.io/docs/user/configuration/: nodes are ready, and pods run as soon as they are scheduled. No
 * container ever runs.
 */
function startKwok(run: Run, kubeconfig: string): Promise<LabProcess> {
  return startProcess(run, {
    name: "kwok",
    command: neededTool("kwok"),
    args: [
      `--kubeconfig=${kubeconfig}`,
      ...stageFiles().map((file) => `--config=${file}`),
      "--manage-all-nodes=true",
      "--node-lease-duration-seconds=40",
      "--cidr=10.244.0.0/16",
      "--node-ip=10.0.0.1",
    ],
  });
}

/** Asks a server on loopback whether it is well. Its certificate is its own; nothing secret is said. */
function answers(port: number, path: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    httpsRequest({ host: "127.0.0.1", port, path, rejectUnauthorized: false, timeout: 2000 }, (incoming) => {
      incoming.resume();
      resolve(incoming.statusCode === 200);
    })
      .on("error", reject)
      .on("timeout", function (this: { destroy(error: Error): void }) {
        this.destroy(new Error("no answer"));
      })
      .end();
  });
}
