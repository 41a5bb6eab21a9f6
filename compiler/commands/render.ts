import { existsSync } from "node:fs";
import { join } from "node:path";
import { packageLibrary } from "../1-load/package-library.ts";
import { readLibrary } from "../1-load/library.ts";
import type { Emission } from "../5-emit/index.ts";
import { commentLines } from "../5-emit/serialise/header.ts";
import { printable } from "../diagnostics/escape.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import { PACKAGE_ROOT } from "../package-root.ts";
import type { Topology } from "../topology/index.ts";
import type { Workload } from "../topology/workloads.ts";
import { begin } from "./begin.ts";
import { Helm, NoHelm, RenderError } from "./render/helm.ts";
import { show, type ProjectOptions } from "./show.ts";

/**
 * `eco-compile render`: the objects that clusters get of their workloads, as Argo CD would make them of what would be
 * compiled now. Nothing is written into the project. Exit code 1 where not all of them could be printed.
 */
export async function renderCommand(asked: string | undefined, options: ProjectOptions): Promise<void> {
  const project = begin(options);
  const { compile } = await import("../compile.ts");
  const { ok, topology, emission, diagnostics } = await compile({ ...project, mode: "emit" });
  if (!ok || topology === undefined || emission === undefined) {
    await show({ diagnostics, summary: { lines: [] } }, options);
    process.exitCode = 1;
    return;
  }
  const chosen = workloadsCalled(asked, topology);
  if (typeof chosen === "string") {
    process.stderr.write(`${chosen}\n`);
    process.exitCode = 1;
    return;
  }
  const helm = new Helm(chartFiles(topology, project.root));
  try {
    const problems = chosen.flatMap((workload) => {
      const { text, problem } = rendered(workload, emission, helm);
      process.stdout.write(text);
      return problem ?? [];
    });
    for (const problem of new Set(problems)) process.stderr.write(`${problem}\n`);
    process.exitCode = problems.length === 0 ? 0 : 1;
  } finally {
    helm.end();
  }
}

/** Those of a service, or the one on a cluster; all where nobody asks. A text says why there is none. */
function workloadsCalled(asked: string | undefined, { workloads }: Topology): readonly Workload[] | string {
  if (asked === undefined) return workloads;
  const found = workloads.filter((workload) => workload.name === asked || idOf(workload) === asked);
  if (found.length > 0) return found;
  const names = [...new Set(workloads.flatMap((workload) => [workload.name, idOf(workload)]))];
  return `no workload is called ${JSON.stringify(asked)}; ${didYouMean(asked, names) ?? `write a service, or CLUSTER/SERVICE, of ${[...new Set(workloads.map(({ name }) => name))].join(", ")}`}`;
}

/** As the folders of the output are called. */
const idOf = ({ name, cluster }: Workload): string => `${cluster.name}/${name}`;

/** The files of a chart: those that are written with the output, or those of the repository. */
function chartFiles({ library }: Topology, root: string): (chart: string) => ReadonlyMap<string, Uint8Array> {
  const shipped = packageLibrary(PACKAGE_ROOT);
  return (chart) => {
    if (library.vendored) return shipped.folder(`helm-library/${chart}`);
    const folder = join(root, library.charts, chart);
    if (!existsSync(folder))
      throw new RenderError(`there is no ${library.charts}/${chart}, which library: "in-repo" asks for`);
    return readLibrary(folder);
  };
}

interface Rendered {
  text: string;
  problem?: string;
}

/** What the chart makes, then what lies beside it. */
function rendered(workload: Workload, { files }: Emission, helm: Helm): Rendered {
  const { name, kind, namespace, cluster, path } = workload;
  const values = files.find((file) => file.path === `${path}/values.yaml`)?.content;
  const manifests = files.filter((file) => file.path.startsWith(`${path}/manifests/`));
  const beside = manifests.map((file) => document(file.path, text(file.content)));
  const title = `${idOf(workload)}: namespace ${namespace}, Kubernetes ${cluster.version}`;
  if (values === undefined) return { text: [heading(title), ...beside].join("") };
  const chart = `helm-library/${kind} with ${path}/values.yaml`;
  try {
    const made = helm.template({ chart: kind, name, namespace, kubernetes: cluster.version, values });
    return { text: [heading(title), document(chart, made), ...beside].join("") };
  } catch (error) {
    const problem = problemOf(error, workload);
    const instead = document(`values of helm-library/${kind}, whose objects are missing here`, text(values));
    return { text: [heading(title), instead, ...beside].join(""), problem };
  }
}

function problemOf(error: unknown, workload: Workload): string {
  if (error instanceof NoHelm)
    return "helm is not on PATH: the values of charts are printed in place of their objects; install it (https://helm.sh/docs/intro/install/)";
  if (error instanceof RenderError) return `${idOf(workload)}: ${error.message.split("\n").map(printable).join("\n")}`;
  throw error;
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("utf8");

const heading = (title: string): string => commentLines(title);

/** One stream of documents: each begins with its line, whatever came before. */
const document = (from: string, content: string): string =>
  `---\n${commentLines(from)}${content.replace(/^---\n/, "").replace(/\n*$/, "\n")}`;
