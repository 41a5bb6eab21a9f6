import { standInCharts } from "../../components/chart-repositories.ts";
import { record, type Level } from "../../record/notes.ts";
import { packages } from "../../toolchain/versions.ts";
import { contentOfFiles } from "./files.ts";
import { applicationsOf, type Delivery, type Site } from "./site.ts";

const CONSUMER = { consumer: "Argo CD", version: packages.get("argo-cd")!.version };

/** Notes the clusters that were brought up, with the files that Argo CD has read and applied for it. */
export function recordClusters({ project }: Site, deliveries: readonly Delivery[], otherwise = ""): void {
  for (const { cluster } of deliveries) {
    const applications = applicationsOf(cluster, project);
    const isStandIn = ({ sources }: (typeof applications)[number]): boolean =>
      sources.some(({ chart }) => chart !== undefined && standInCharts.has(chart));
    const own = applications.filter((application) => !isStandIn(application));
    const title = `${project === "" ? "reference" : "online-boutique"}/${cluster.name}`;
    record(
      {
        ...CONSUMER,
        judged: `${title}: bootstrap in the order of the waves, Applications Synced and Healthy${otherwise}`,
        count: own.length + 1,
        level: "reconciled",
      },
      [
        ...contentOfFiles(`${project}${cluster.path}/argocd`),
        ...own.flatMap(({ name }) => contentOfFiles(folderOf(project, cluster.path, name))),
      ],
    );
    // Values that nothing has rendered are no files that were judged.
    const standIns = applications.filter(isStandIn);
    record({
      ...CONSUMER,
      judged: `${title}: Applications of charts that no registry has (${standIns.map(({ name }) => name.replace("platform-", "")).join(", ")})`,
      count: standIns.length,
      level: "schema",
      verdict: "passed with stand-ins of the lab, which have their CRDs alone",
    });
  }
}

export const recordSeen = (judged: string, count: number, level: Level = "reconciled"): void =>
  record({ ...CONSUMER, judged, count, level });

const folderOf = (project: string, path: string, application: string): string =>
  application === "platform-terraform"
    ? `${project}${path}/terraform`
    : application.startsWith("platform-")
      ? `${project}${path}/platform/${application.slice("platform-".length)}`
      : `${project}${path}/services/${application}`;
