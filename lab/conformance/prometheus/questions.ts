/**
 * Every PromQL expression that the compiler has written, as it stands in the committed files, with what its value must
 * be.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import glob from "fast-glob";
import { PACKAGE_ROOT } from "../../../compiler/package-root.ts";
import type { Data } from "../../cluster/client.ts";
import { objectsIn } from "../../delivery/applications.ts";

export interface Question {
  /** The file and the place in it, for people. */
  title: string;
  file: string;
  query: string;
  comparison: ">=" | "<=";
  threshold: number;
  /** Requests in the window below which there is no answer. */
  minimum: number;
  /** The conditions of an analysis, which its controller evaluates. */
  conditions?: { success: string; failure: string };
}

/** The hash of the new version's pods, where the controller of Argo Rollouts puts it. */
export const NEW = "new";

export const questionsOf = (project: string): Question[] => [...analyses(project), ...gates(project)];

const clustersOf = (project: string): string => `${project}generated/clusters`;

const analyses = (project: string): Question[] =>
  objectsIn(clustersOf(project))
    .filter(({ object }) => object.kind === "AnalysisTemplate")
    .flatMap(({ object, file }) =>
      (object as Data).spec.metrics.map(({ name, successCondition, failureCondition, provider }: Data) => {
        const query = provider.prometheus.query.replaceAll("{{args.version}}", NEW);
        const [, comparison, threshold] = /result\[0\] (>=|<=) ([\d.]+)/.exec(successCondition)!;
        return {
          title: `${file}: ${object.metadata.name}: ${name}`,
          file,
          query,
          comparison,
          threshold: Number(threshold),
          minimum: minimumOf(query),
          conditions: { success: successCondition, failure: failureCondition },
        };
      }),
    );

/** The configuration of slo-gate stands as a text in its values. */
function gates(project: string): Question[] {
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
