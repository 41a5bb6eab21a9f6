/** All Kubernetes objects that come of random configs: what the compiler writes, and what its charts render. */
import { load } from "js-yaml";
import { renderTogether, type Values } from "../helm/together.ts";
import { randomOutput } from "../../compiled/random.ts";
import type { Data, KubernetesObject } from "../../cluster/client.ts";
import { objectsOf } from "../../delivery/applications.ts";
import type { Delivered } from "../../delivery/index.ts";
import type { Charts } from "../helm/charts.ts";

/** Rendered in one run of helm. */
const TOGETHER = 60;

/** Each object once. */
export async function randomObjects(charts: Charts, seed: number, configs: number): Promise<Delivered[]> {
  const files = await randomOutput({
    ground: "services",
    seed,
    configs,
    files: String.raw`^generated/clusters/.*\.yaml$`,
  });
  const written = [...files].flatMap(([file, text]) =>
    objectsOf(text)
      .filter(({ apiVersion }) => typeof apiVersion === "string")
      .map((object): Delivered => ({ object, file, namespace: "argocd", origin: "compiled" })),
  );
  const values = written.flatMap(({ object, file }) => valuesOf(object, file, files));
  const distinct = [...new Map(values.map((one) => [JSON.stringify(one), one])).values()];
  const rendered: Delivered[] = [];
  for (let begin = 0; begin < distinct.length; begin += TOGETHER) {
    for (const object of renderTogether(charts, distinct.slice(begin, begin + TOGETHER)))
      rendered.push({ object, file: `${object.kind} of a chart`, namespace: "shop", origin: "chart" });
  }
  return [...new Map([...written, ...rendered].map((one) => [JSON.stringify(one.object), one])).values()];
}

/** The values that an Application gives a chart of helm-library. */
function valuesOf(object: KubernetesObject, file: string, files: ReadonlyMap<string, string>): Values[] {
  if (object.kind !== "Application") return [];
  const { sources = [] } = object["spec"] as Data;
  return sources.flatMap(({ path, helm }: Data): Values[] => {
    const chart = /helm-library\/([\w-]+)$/.exec(path ?? "")?.[1];
    const values = /generated\/.*$/.exec(helm?.valueFiles?.[0] ?? "")?.[0];
    if (chart === undefined || values === undefined) return [];
    return [{ chart, values: load(files.get(`${file.split("/")[0]}/${values}`)!) }];
  });
}

/** Every schedule in objects: of jobs, of experiments, and of triggers that scale by the clock. */
export const schedulesIn = (objects: readonly Delivered[]): string[] => [
  ...new Set(
    objects.flatMap(({ object: { kind, ...object } }) => {
      const { schedule, triggers = [] } = (object["spec"] ?? {}) as Data;
      if (kind === "CronJob" || kind === "Schedule") return [schedule as string];
      if (kind !== "ScaledObject") return [];
      return triggers.flatMap(({ type, metadata }: Data) => (type === "cron" ? [metadata.start, metadata.end] : []));
    }),
  ),
];
