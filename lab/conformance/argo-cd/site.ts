/**
 * A git host with an ecosystem's repository, the chart repositories that its Applications name, and clusters that are
 * brought up by the words of argocd/README.md.
 */
import { execFile } from "node:child_process";
import { cpSync, existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { PACKAGE_ROOT } from "../../../compiler/package-root.ts";
import type { Cluster } from "../../compiled/views.ts";
import { topologyOf } from "../../compiled/index.ts";
import { Project } from "../../compiled/project.ts";
import type { Data } from "../../cluster/client.ts";
import { startCluster, type LabCluster } from "../../cluster/index.ts";
import { neededTool } from "../../cluster/tools.ts";
import { startArgoCd, type ArgoCd } from "../../components/argo-cd.ts";
import { chartRepositories } from "../../components/chart-repositories.ts";
import { gitHost, Repository, type Push } from "../../components/git.ts";
import { startInternet, type Internet } from "../../components/internet.ts";
import { playPodMetrics } from "../../components/pod-metrics.ts";
import { playSourceController } from "../../components/source-controller.ts";
import { applicationOf, rootObjects, type Application } from "../../delivery/index.ts";
import { beginRun, endRun, type Run } from "../../run.ts";
import { until } from "../../until.ts";
import { applicationsIn } from "./applications.ts";
import { kindsLeftBehind } from "./kinds.ts";
import { PATIENCE } from "./live.ts";

export interface Site {
  run: Run;
  /** The project's folder in the repository: `` or `examples/online-boutique/`. */
  project: string;
  repository: Repository;
  /** The project in the repository, as people edit it. */
  edited: Project;
  internet: Internet;
  clusters: readonly Cluster[];
  close(): void;
}

/** Of a repository of users, what Argo CD may read, and what they edit. */
const APPLIED = ["generated", "helm-library"];
const EDITED = [
  "ecosystem.config.ts",
  "ecosystem",
  "ecosystem.images.json",
  "ecosystem.lock.json",
  "ecosystem.tuning.json",
];

export interface SiteOptions {
  /** Users' own files are there as well. Default: they are left out, since nothing reads them. */
  edited?: boolean;
}

/** The first environment follows `main`, later ones their pointers: all begin at one commit. */
export async function openSite(name: string, project: string, { edited: isEdited }: SiteOptions = {}): Promise<Site> {
  const run = beginRun(name);
  const {
    repository: { url },
    clusters,
    environments,
  } = await topologyOf(project, ["repository", "clusters", "environments"]);
  const repository = await Repository.create(run, url);
  const content = isEdited ? [...APPLIED, ...EDITED] : APPLIED;
  for (const file of content.filter((file) => existsSync(join(PACKAGE_ROOT, project, file))))
    cpSync(join(PACKAGE_ROOT, project, file), join(repository.folder, project, file), { recursive: true });
  await repository.push("Begin");
  for (const { revision } of environments) if (revision !== "main") await repository.move(revision, "HEAD");
  const charts = await chartRepositories(
    run,
    clusters.flatMap((cluster) => applicationsOf(cluster, project)),
  );
  const internet = await startInternet(run, new Map([...charts, [new URL(url).host, gitHost(run)]]));
  const edited = new Project(join(repository.folder, project));
  return { run, project, repository, edited, internet, clusters, close: () => internet.close() };
}

/** The committed Applications of a cluster, without the root. */
export const applicationsOf = (cluster: Cluster, project: string): Application[] =>
  rootObjects(cluster, project)
    .filter(({ object }) => object.kind === "Application" && object.metadata.name !== "platform-root")
    .map(applicationOf);

/** The Applications that the repository has for a cluster now. */
export const namesIn = ({ repository, project }: Site, { path }: Cluster): string[] =>
  readdirSync(join(repository.folder, project, path, "argocd/applications")).map((file) => basename(file, ".yaml"));

export interface Delivery {
  cluster: Cluster;
  lab: LabCluster;
  argoCd: ArgoCd;
  stop(): Promise<void>;
}

/**
 * A control plane, and the three steps of argocd/README.md; the repository is a public one. Webhooks are not called:
 * their programs do not run here.
 */
export async function bootstrap(
  { run, repository, project, internet }: Site,
  cluster: Cluster,
  { kinds = false }: { kinds?: boolean } = {},
): Promise<Delivery> {
  const lab = await startCluster({
    cluster,
    nodes: "max",
    ...(kinds ? { data: await kindsLeftBehind(run, applicationsOf(cluster, project)) } : { crds: [] }),
    webhooks: false,
  });
  const metrics = await playPodMetrics(lab.client);
  const sources = playSourceController(lab.client, repository);
  const env = {
    ...process.env,
    ...internet.environment,
    KUBECONFIG: lab.kubeconfig,
    HELM_CACHE_HOME: join(lab.run.folder, "helm"),
    HELM_CONFIG_HOME: join(lab.run.folder, "helm"),
  };
  const inProject = { cwd: join(repository.folder, project), env };
  const generated = cluster.path;
  const [argoCdSource] = applicationsOf(cluster, project).find(({ name }) => name === "platform-argo-cd")!.sources;
  const { repoURL, targetRevision } = argoCdSource!;
  const install = [
    "install",
    "argo-cd",
    "argo-cd",
    "--repo",
    repoURL,
    "--version",
    targetRevision,
    "--namespace",
    "argocd",
    "--create-namespace",
    "--wait",
    "--values",
    `${generated}/platform/argo-cd/values.yaml`,
  ];
  await promisify(execFile)(neededTool("helm"), install, inProject);
  const argoCd = await startArgoCd(lab, internet, { compareAfter: kinds ? 120 : 30 });
  await promisify(execFile)(neededTool("kubectl"), ["apply", "-f", `${generated}/argocd/root.yaml`], inProject);
  const stop = async (): Promise<void> => {
    await Promise.all([metrics.stop(), sources.stop()]);
    await argoCd.stop();
    await lab.stop();
    endRun(lab.run, { keep: true }); // also what its pods would run
  };
  let stopped: Promise<void> | undefined;
  return { cluster, lab, argoCd, stop: () => (stopped ??= stop()) };
}

/** Milliseconds in which Argo CD, which has answered before, marks what it will look at. */
const MARKING = 500;

/**
 * Tells every Argo CD of a push, and waits until it has looked: a push that comes while it looks is one that it notices
 * only when it compares anew, minutes later.
 */
export async function announce(push: Push, ...deliveries: readonly Delivery[]): Promise<void> {
  await Promise.all(
    deliveries.map(async ({ argoCd, lab: { client } }) => {
      await argoCd.pushed(push);
      await sleep(MARKING);
      await until("looked at after a push", async () => !(await applicationsIn(client)).some(isToBeRefreshed), {
        seconds: PATIENCE,
        every: 500,
      });
    }),
  );
}

const isToBeRefreshed = ({ metadata }: Data): boolean =>
  metadata.annotations?.["argocd.argoproj.io/refresh"] !== undefined;
