import { existsSync } from "node:fs";
import { join } from "node:path";
import { packageLibrary } from "../1-load/package-library.ts";
import { readLibrary } from "../1-load/library.ts";
import type { KubernetesObject } from "../5-emit/artifact.ts";
import type { Emission } from "../5-emit/index.ts";
import { commentLines } from "../5-emit/serialise/header.ts";
import type { RenderedChart } from "../6-verify/rendered.ts";
import { printable } from "../diagnostics/escape.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import { PACKAGE_ROOT } from "../package-root.ts";
import type { Cluster } from "../topology/clusters.ts";
import type { Topology } from "../topology/index.ts";
import { begin } from "./begin.ts";
import { Helm, NoHelm, RenderError, type ChartPlace } from "./render/helm.ts";
import { show, type ProjectOptions } from "./show.ts";

export interface RenderCommandOptions extends ProjectOptions {
  /** What clusters get of add-ons as well. */
  addons?: boolean;
}

/**
 * `eco-compile render`: the objects that clusters get of their workloads and add-ons, as Argo CD would make them of what
 * would be compiled now; what charts make is held to schemas and policies as what is compiled. Nothing is written into
 * the project. Exit code 1 where not all of them could be printed, or one of them would be refused.
 */
export async function renderCommand(asked: string | undefined, options: RenderCommandOptions): Promise<void> {
  const project = begin(options);
  const { compile } = await import("../compile.ts");
  let failed = false;
  const { ok, diagnostics } = await compile({
    ...project,
    mode: "emit",
    alsoVerify: async (emission, topology) => {
      const chosen = partsCalled(asked, partsOf(topology), options.addons ?? false);
      if (typeof chosen === "string") {
        process.stderr.write(`${chosen}\n`);
        failed = true;
        return { diagnostics: [] };
      }
      const { charts, problems } = printed(chosen, emission, new Helm(chartFiles(topology, project.root)));
      for (const problem of new Set(problems)) process.stderr.write(`${problem}\n`);
      failed = problems.length > 0;
      const { verifyRendered } = await import("../6-verify/rendered.ts");
      return verifyRendered(await parsed(charts), emission, topology);
    },
  });
  if (diagnostics.length > 0) await show({ diagnostics, summary: { lines: [] } }, options);
  if (failed || !ok) process.exitCode = 1;
}

/** A workload or an add-on on a cluster. */
interface Part {
  of: RenderedChart["of"];
  isAddon: boolean;
  cluster: Cluster;
  /** Absent: compiled manifests alone. */
  chart?: ChartPlace;
}

function partsOf({ workloads, platform, clusters }: Topology): Part[] {
  return [
    ...workloads.map((of) => ({ of, isAddon: false, cluster: of.cluster, chart: { library: of.kind } })),
    ...platform.addons.map((of) => {
      const chart = of.libraryChart === undefined ? of.chart : { library: of.libraryChart };
      const cluster = clusters.find(({ name }) => name === of.cluster)!;
      return { of, isAddon: true, cluster, ...(chart === undefined ? {} : { chart }) };
    }),
  ];
}

/** Those of a service or an add-on, or the one on a cluster; all where nobody asks. A text says why there is none. */
function partsCalled(asked: string | undefined, parts: readonly Part[], withAddons: boolean): readonly Part[] | string {
  if (asked === undefined) return parts.filter(({ isAddon }) => withAddons || !isAddon);
  const found = parts.filter((part) => part.of.name === asked || idOf(part) === asked);
  if (found.length > 0) return found;
  const names = [...new Set(parts.flatMap((part) => [part.of.name, idOf(part)]))];
  const known = [...new Set(parts.map(({ of }) => of.name))].join(", ");
  return `no workload or add-on is called ${JSON.stringify(asked)}; ${didYouMean(asked, names) ?? `write a name, or CLUSTER/NAME, of ${known}`}`;
}

/** As the folders of the output are called. */
const idOf = ({ of, cluster }: Part): string => `${cluster.name}/${of.name}`;

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

/** A part with what its chart made, as text. */
interface Made extends Part {
  text: string;
}

/** Prints the parts; gives back what charts made, and why some were not rendered. */
function printed(parts: readonly Part[], emission: Emission, helm: Helm): { charts: Made[]; problems: string[] } {
  try {
    const rendered = parts.map((part) => {
      const { text, made, problem } = renderedPart(part, emission, helm);
      process.stdout.write(text);
      return { charts: made === undefined ? [] : [{ ...part, text: made }], problems: problem ?? [] };
    });
    return {
      charts: rendered.flatMap(({ charts }) => charts),
      problems: rendered.flatMap(({ problems }) => problems),
    };
  } finally {
    helm.end();
  }
}

interface Rendered {
  text: string;
  made?: string;
  problem?: string;
}

/** What the chart makes, then what lies beside it. */
function renderedPart(part: Part, { files }: Emission, helm: Helm): Rendered {
  const { of, cluster, chart } = part;
  const { name, namespace, path } = of;
  const values = files.find((file) => file.path === `${path}/values.yaml`)?.content;
  const manifests = files.filter((file) => file.path.startsWith(`${path}/manifests/`));
  const beside = manifests.map((file) => document(file.path, text(file.content)));
  const title = `${idOf(part)}: namespace ${namespace}, Kubernetes ${cluster.version}`;
  if (values === undefined || chart === undefined) return { text: [heading(title), ...beside].join("") };
  try {
    const made = helm.template({ chart, name, namespace, kubernetes: cluster.version, values });
    const of = document(`${titleOf(chart)} with ${path}/values.yaml`, made);
    return { text: [heading(title), of, ...beside].join(""), made };
  } catch (error) {
    const problem = problemOf(error, part);
    const instead = document(`values of ${titleOf(chart)}, whose objects are missing here`, text(values));
    return { text: [heading(title), instead, ...beside].join(""), problem };
  }
}

const titleOf = (chart: ChartPlace): string =>
  "library" in chart
    ? `helm-library/${chart.library}`
    : `${chart.repository.replace(/\/$/, "")}/${chart.name} ${chart.version}`;

/** What charts made as objects. */
async function parsed(charts: readonly Made[]): Promise<RenderedChart[]> {
  const { parseAllDocuments } = await import("yaml");
  return charts.map(({ of, isAddon, cluster, text }) => ({
    of,
    isAddon,
    cluster,
    objects: [...parseAllDocuments(text)].flatMap((each) => (each.toJS() as KubernetesObject | null) ?? []),
  }));
}

function problemOf(error: unknown, part: Part): string {
  if (error instanceof NoHelm)
    return "helm is not on PATH: the values of charts are printed in place of their objects; install it (https://helm.sh/docs/intro/install/)";
  if (error instanceof RenderError) return `${idOf(part)}: ${error.message.split("\n").map(printable).join("\n")}`;
  throw error;
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("utf8");

const heading = (title: string): string => commentLines(title);

/** One stream of documents: each begins with its line, whatever came before. */
const document = (from: string, content: string): string =>
  `---\n${commentLines(from)}${content.replace(/^---\n/, "").replace(/\n*$/, "\n")}`;
