/**
 * Compiles a config that a test has changed, as `eco-compile` does but for writing, and renders what Argo CD would
 * apply of its workloads.
 */
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { loadInputs } from "../../../compiler/1-load/index.ts";
import { packageLibrary } from "../../../compiler/1-load/package-library.ts";
import { validate } from "../../../compiler/2-validate/index.ts";
import type { ProgressiveStrategy } from "../../../compiler/topology/rollouts.ts";
import type { Topology } from "../../../compiler/topology/index.ts";
import type { Workload } from "../../../compiler/topology/workloads.ts";
import { check } from "../../../compiler/4-check/index.ts";
import { emit } from "../../../compiler/5-emit/index.ts";
import { verify } from "../../../compiler/6-verify/index.ts";
import type { Diagnostic } from "../../../compiler/diagnostics/diagnostic.ts";
import { MODULE_ALIAS, PACKAGE_ROOT } from "../../../compiler/package-root.ts";
import { targets } from "../../../compiler/targets/registry.ts";
import { resolve } from "../../../compiler/5-emit/contribute.ts";
import { checksOf } from "../../../compiler/5-emit/select.ts";
import { applicationOf, inSyncOrder, objectsOf } from "../../delivery/applications.ts";
import type { ChartRenderer } from "../../delivery/index.ts";
import type { Data, KubernetesObject } from "../../cluster/client.ts";
import { temporaryFolder } from "../../../test/support/tree.ts";

export interface Compiled {
  topology: Topology;
  /** Path relative to the project → text. */
  files: ReadonlyMap<string, string>;
}

/**
 * `change` gets the loaded config and image digests, and changes them in place. Throws where the compiler finds an
 * error.
 */
export async function compileChanged(project: string, change: (config: Data, images: Data) => void): Promise<Compiled> {
  const loaded = await loadInputs({ root: join(PACKAGE_ROOT, project), moduleAlias: MODULE_ALIAS });
  const { config, images } = structuredClone({ config: loaded.config, images: loaded.images }) as Data;
  change(config, images);
  const validated = faultless(validate({ ...loaded, config, images }));
  const { topology, active, at } = faultless(resolve(validated, targets));
  faultless(check(topology, checksOf(active), at));
  const emission = faultless(emit(topology, active, packageLibrary(PACKAGE_ROOT)));
  faultless(await verify(emission, topology));
  return {
    topology,
    files: new Map(emission.files.map(({ path, content }) => [path, Buffer.from(content).toString("utf8")])),
  };
}

function faultless<T extends { diagnostics: readonly Diagnostic[] }>(outcome: T): T {
  const errors = outcome.diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new Error(errors.map(({ id, at, message }) => `${id} at ${at}: ${message}`).join("\n"));
  return outcome;
}

export type ProgressiveWorkload = Workload & { strategy: ProgressiveStrategy };

export const progressiveOn = ({ workloads }: Topology, cluster: string): ProgressiveWorkload[] =>
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
