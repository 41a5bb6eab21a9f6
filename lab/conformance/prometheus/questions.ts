/**
 * Every PromQL expression that the compiler has written for slo-gate, as it stands in the committed files, with what its
 * value must be. Those of rollouts' gates are in gate/compiled.ts.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import glob from "fast-glob";
import { PACKAGE_ROOT } from "../../../compiler/package-root.ts";
import { sloQuery, uninjected, WATCH_REQUESTS, workloadSelector } from "../../../compiler/facts/queries.ts";
import type { Slo } from "../../../compiler/topology/rollouts.ts";
import type { Data } from "../../cluster/client.ts";

export interface Question {
  /** The file and the place in it, for people. */
  title: string;
  file: string;
  query: string;
  comparison: ">=" | "<=";
  threshold: number;
  /** Requests in the window below which there is no answer. */
  minimum: number;
}

const clustersOf = (project: string): string => `${project}generated/clusters`;

/** The configuration of slo-gate stands as a text in its values. */
export function questionsOf(project: string): Question[] {
  const files = glob.sync(`${clustersOf(project)}/*/platform/slo-gate/values.yaml`, { cwd: PACKAGE_ROOT }).sort();
  return files.flatMap((file) => {
    const values = load(readFileSync(join(PACKAGE_ROOT, file), "utf8")) as Data;
    const { services } = JSON.parse(values.config.files["config.json"]) as {
      services: Record<string, { slos: Record<string, Data> }>;
    };
    return Object.entries(services).flatMap(([service, { slos }]) =>
      Object.entries(slos).map(([slo, { query, comparison, threshold }]): Question => ({
        title: `${file}: ${service}: ${slo}`,
        file,
        query,
        comparison: comparison === "gte" ? ">=" : "<=",
        threshold,
        minimum: minimumOf(query),
      })),
    );
  });
}

const minimumOf = (query: string): number => Number(/>= (\d+)\)$/.exec(query)![1]);

/** Latencies are not asked about in the committed files. */
export function latencyQuestion(): Question {
  const metric = { kind: "latency", threshold: "250ms", source: "" } as const;
  const slo: Slo = { name: "fast", objective: 0.99, window: "30d", metric, source: "" };
  const selector = uninjected(workloadSelector({ name: "storefront", namespace: "shop" }));
  const asked = sloQuery(slo, { selector, window: "120s", minimumRequests: WATCH_REQUESTS });
  return { title: "latency", file: "compiler/facts/queries.ts", ...asked, minimum: WATCH_REQUESTS };
}
