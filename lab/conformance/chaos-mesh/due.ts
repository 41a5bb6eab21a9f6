/**
 * The Schedules of an ecosystem that are due now: through the config, and through what Chaos Mesh's controller goes by
 * itself.
 */
import { join } from "node:path";
import { loadInputs } from "../../../compiler/1-load/index.ts";
import { serialise } from "../../../compiler/5-emit/serialise.ts";
import type { Ecosystem } from "../../../compiler/config/model/ecosystem.ts";
import { MODULE_ALIAS, PACKAGE_ROOT } from "../../../compiler/package-root.ts";
import target from "../../../compiler/targets/chaos-mesh/index.ts";
import { objectsOf } from "../../delivery/applications.ts";
import type { Data, KubernetesObject } from "../../cluster/client.ts";
import { topologyOf } from "../../../test/support/topology.ts";

const SUFFIX = "-brief";

/**
 * What the compiler writes for a cluster when every experiment of the config is due at this minute, as it is and once
 * more in brief. Nothing else is changed, and only in the config: `schedule` of each experiment, and a second one
 * beside it that lasts hardly longer than the config may say.
 */
export async function dueObjects(project: string, cluster: string, now: Date): Promise<KubernetesObject[]> {
  const { config, images, tuning } = await loadInputs({ root: join(PACKAGE_ROOT, project), moduleAlias: MODULE_ALIAS });
  const changed = withDueExperiments(structuredClone(config) as Data, now);
  const artifacts = target.emit(
    topologyOf(changed as Ecosystem, images, tuning),
    target.resolve((changed.targets?.["chaos-mesh"] ?? {}) as never),
  );
  return artifacts
    .filter(({ path }) => path.includes(`/${cluster}/services/`))
    .flatMap((artifact) => objectsOf(Buffer.from(serialise(artifact)).toString()));
}

function withDueExperiments(config: Data, now: Date): Data {
  const schedule = `${now.getUTCMinutes()} ${now.getUTCHours()} * * *`;
  const experiments = Object.entries(config.resilience.experiments as Record<string, Data>);
  const brief = ([name, experiment]: [string, Data]): [string, Data] => [
    `${name}${SUFFIX}`,
    {
      ...experiment,
      schedule,
      ...(experiment.kind === "pod-kill" ? { duration: "45s", every: "10s" } : { duration: "30s" }),
    },
  ];
  config.resilience.experiments = Object.fromEntries([
    ...experiments.map(([name, experiment]): [string, Data] => [name, { ...experiment, schedule }]),
    ...experiments.map(brief),
  ]);
  for (const service of Object.values(config.services as Record<string, Data>))
    if (service.chaos) service.chaos = [...service.chaos, ...service.chaos.map((name: string) => `${name}${SUFFIX}`)];
  return config;
}

export const isBrief = ({ metadata }: KubernetesObject): boolean => metadata.name.endsWith(SUFFIX);

/**
 * The last run of what is due at this minute, which is all that the controller still waits for: a Schedule is due when
 * a time of its cron lies between its last run and now (getRecentUnmetScheduleTime in controllers/schedule/cron of
 * Chaos Mesh), as is a CronJob.
 */
export const lastRun = (now: Date): string =>
  new Date(Math.floor(now.getTime() / 60_000) * 60_000 - 60_000).toISOString().replace(".000Z", "Z");
