import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadAll } from "js-yaml";
import type { KubernetesObject } from "../../cluster/client.ts";
import { KUBERNETES } from "../../delivery/index.ts";
import { temporaryFolder } from "../../../test/support/tree.ts";
import type { Charts, Data } from "./charts.ts";

/** Values of a chart of helm-library. */
export interface Values {
  chart: string;
  values: Data;
}

/**
 * Renders many values in one run of helm, which takes longer to start than to render: a chart of which each is a
 * dependency by another name (https://helm.sh/docs/helm/helm_dependency/, `alias`). Each is held to its chart's schema
 * and refusals, as by itself. Throws with helm's words for the first that is refused.
 */
export function renderTogether(charts: Charts, all: readonly Values[]): KubernetesObject[] {
  const folder = temporaryFolder("together");
  // What lies there and is no dependency would be rendered with its defaults.
  for (const chart of new Set(all.map((one) => one.chart)))
    cpSync(join(charts.folder, chart), join(folder, "charts", chart), { recursive: true });
  mkdirSync(join(folder, "templates"));
  const alias = (index: number): string => `one-${index}`;
  const dependencies = all.map(({ chart }, index) => ({ name: chart, version: "0.1.0", alias: alias(index) }));
  writeFileSync(
    join(folder, "Chart.yaml"),
    JSON.stringify({ apiVersion: "v2", name: "together", version: "0.1.0", dependencies }),
  );
  writeFileSync(
    join(folder, "values.json"),
    JSON.stringify(Object.fromEntries(all.map(({ values }, index) => [alias(index), values]))),
  );
  const args = ["--kube-version", KUBERNETES, "--namespace", "shop", "--values", join(folder, "values.json")];
  const text = charts.helm(["template", "together", folder, ...args]);
  return (loadAll(text) as (KubernetesObject | null)[]).filter((object) => object !== null);
}
