/**
 * The Schedules of an ecosystem that are due now: through the config, and through what Chaos Mesh's controller goes by
 * itself.
 */
import { outputOf } from "../../compiled/index.ts";
import { objectsOf } from "../../delivery/applications.ts";
import type { KubernetesObject } from "../../cluster/client.ts";
import { SCHEDULE, SUFFIX } from "./every-experiment-due.ts";

/** What the compiler writes for a cluster when every experiment of the config is due at this minute. */
export async function dueObjects(project: string, cluster: string, now: Date): Promise<KubernetesObject[]> {
  const { files } = await outputOf(project, {
    views: [],
    files: new RegExp(`^generated/clusters/${cluster}/services/`),
    variant: new URL("./every-experiment-due.ts", import.meta.url),
    target: "chaos-mesh",
  });
  const minute = `${now.getUTCMinutes()} ${now.getUTCHours()} * * *`;
  return [...files.values()].flatMap((text) => objectsOf(text.replaceAll(SCHEDULE, minute)));
}

export const isBrief = ({ metadata }: KubernetesObject): boolean => metadata.name.endsWith(SUFFIX);

/**
 * The last run of what is due at this minute, which is all that the controller still waits for: a Schedule is due when
 * a time of its cron lies between its last run and now (getRecentUnmetScheduleTime in controllers/schedule/cron of
 * Chaos Mesh), as is a CronJob.
 */
export const lastRun = (now: Date): string =>
  new Date(Math.floor(now.getTime() / 60_000) * 60_000 - 60_000).toISOString().replace(".000Z", "Z");
