/** The workloads of what the compiler made, and what Argo CD would apply of them. */
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ProgressiveStrategy } from "../../../compiler/topology/rollouts.ts";
import { outputOf, type Output } from "../../compiled/index.ts";
import type { Workload } from "../../compiled/views.ts";
import { applicationOf, inSyncOrder, objectsOf } from "../../delivery/applications.ts";
import type { ChartRenderer } from "../../delivery/index.ts";
import type { Data, KubernetesObject } from "../../cluster/client.ts";
import { temporaryFolder } from "../../../test/support/tree.ts";

/** What Argo Rollouts has a part in, the Application that brings it, and what joins the control plane beside it. */
const READ =
  /^generated\/clusters\/[^/]+\/(services\/.*\/(values|rollout|analysis|traffic)\.yaml|argocd\/applications\/.*|platform\/.*\/(namespaces|pod-monitors)\.yaml)$/;

export type Compiled = Output<"clusters" | "workloads">;

/** A project, or a variant of it, as far as the releases of its workloads go. */
export const compiledFor = (project: string, variant?: URL): Promise<Compiled> =>
  outputOf(project, {
    views: ["clusters", "workloads"],
    files: READ,
    ...(variant === undefined ? {} : { variant }),
  });

export type ProgressiveWorkload = Workload & { strategy: ProgressiveStrategy };

export const progressiveOn = ({ workloads }: Compiled["topology"], cluster: string): ProgressiveWorkload[] =>
  workloads.filter(
    (workload): workload is ProgressiveWorkload =>
      workload.cluster.name === cluster && workload.strategy.kind !== "rolling",
  );

/**
 * Suffixes of the files below a workload's folder that Argo Rollouts has a part in; the values are those of the
 * Deployment that it takes over.
 */
const FILES = ["values.yaml", "manifests/rollout.yaml", "manifests/analysis.yaml", "manifests/traffic.yaml"] as const;

export const filesOf = ({ path }: Workload, { files }: Compiled): string[] =>
  FILES.map((name) => `${path}/${name}`).filter((file) => files.has(file));

/**
 * The objects of a workload that its Application would apply, in the order of their waves: what the chart renders, and
 * what the compiler wrote beside it.
 */
export function objectsFor(workload: Workload, compiled: Compiled, charts: ChartRenderer): KubernetesObject[] {
  const application = compiled.files.get(`${workload.cluster.path}/argocd/applications/${workload.name}.yaml`)!;
  const { sources, namespace } = applicationOf({ object: objectsOf(application)[0]!, file: "" });
  const chart = sources.find(({ helm }) => helm !== undefined)!;
  const folder = temporaryFolder("values");
  for (const file of chart.helm!.valueFiles) {
    const copy = join(folder, file); // a project may be a folder of its repository
    mkdirSync(dirname(copy), { recursive: true });
    writeFileSync(copy, compiled.files.get(`${workload.path}/values.yaml`)!);
  }
  const rendered = charts
    .render(chart, namespace, folder)!
    .map((object): KubernetesObject => ({ ...object, metadata: { namespace, ...object.metadata } }));
  const written = filesOf(workload, compiled)
    .filter((file) => file.includes("/manifests/"))
    .flatMap((file) => objectsOf(compiled.files.get(file)!));
  return inSyncOrder([...rendered, ...written].map((object) => ({ object }))).map(({ object }) => object);
}

/** What a delivery pipeline writes into ecosystem.images.json: a digest, here of a name and a number. */
export const digestOf = (service: string, release: number): string =>
  `sha256:${createHash("sha256").update(`${service} ${release}`).digest("hex")}`;

/** The same objects with another image: all that a release changes. */
export function released(
  objects: readonly KubernetesObject[],
  { name, image }: Workload,
  digest: string,
): KubernetesObject[] {
  return objects.map((object) => {
    if (object.kind !== "Deployment") return object;
    const copy = structuredClone(object) as Data;
    copy.spec.template.spec.containers.find((container: Data) => container.name === name).image =
      `${image.repository}@${digest}`;
    return copy;
  });
}
