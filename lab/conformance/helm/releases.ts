/** The releases that Argo CD makes of the charts: which chart, which committed values, which namespace. */
import { join } from "node:path";
import type { Cluster } from "../../compiled/views.ts";
import { PACKAGE_ROOT } from "../../../compiler/package-root.ts";
import { applicationOf, rootObjects } from "../../delivery/index.ts";
import type { Source } from "../../delivery/applications.ts";
import { packages } from "../../toolchain/versions.ts";

export interface Release {
  name: string;
  namespace: string;
  source: Source;
  /** The committed values, relative to the repository. */
  values: string;
}

export const HELM = { consumer: "helm", version: packages.get("helm")!.version };

export const releasesOf = (cluster: Cluster, project: string): Release[] =>
  rootObjects(cluster, project)
    .filter(({ object }) => object.kind === "Application")
    .map(applicationOf)
    .flatMap(({ namespace, sources }) =>
      sources.flatMap((source) =>
        source.helm
          ? [
              {
                name: source.helm.releaseName,
                namespace,
                source,
                values: source.helm.valueFiles[0]!.replace(/^(\$values)?\//, ""),
              },
            ]
          : [],
      ),
    );

/** Whether it is a chart of helm-library; the others are upstream's. */
export const isOurs = ({ source }: Release): boolean => source.path !== undefined;

export const valuesFile = ({ values }: Pick<Release, "values">): string => join(PACKAGE_ROOT, values);
