/** All that Argo CD would apply to a cluster, in its order, from the committed files and the charts that they name. */
import type { Cluster } from "../compiled/views.ts";
import type { Data, KubernetesObject } from "../cluster/client.ts";
import { applicationOf, inSyncOrder, objectsIn, type Application, type Found } from "./applications.ts";
import { ChartRenderer } from "./charts.ts";

export { applicationOf, waveOf, type Application, type Found } from "./applications.ts";
export { ChartRenderer } from "./charts.ts";

/**
 * Whose words an object is: the compiler's own, those of a chart of helm-library, or those of an upstream chart that
 * got our values.
 */
type Origin = "compiled" | "chart" | "upstream";

export interface Delivered extends Found {
  origin: Origin;
  /** Where it goes when it names no namespace itself. */
  namespace: string;
}

/** One sync: objects that Argo CD applies together, once everything before is there. */
export interface Sync {
  /** Of the Application; `platform-root` for the root's own objects. */
  application: string;
  objects: readonly Delivered[];
  /** Upstream charts that cannot be had here, whose objects are therefore not among them. */
  absentCharts: readonly AbsentChart[];
}

export interface AbsentChart {
  chart: string;
  version: string;
  /** Its values, relative to the repository. */
  file: string;
  namespace: string;
}

/** Kubernetes' version as the lab runs it. */
export const KUBERNETES = "1.34.4";

/**
 * What the root Application of a cluster brings. `project` is the project's folder relative to the repository: ``, or
 * `examples/online-boutique/`.
 */
export const rootObjects = ({ path }: Cluster, project: string): Found[] => objectsIn(`${project}${path}/argocd`);

/** The root's objects by wave; after each Application, what it brings. */
export function* deliver(root: readonly Found[], charts: Charts = new ChartRenderer(KUBERNETES)): Generator<Sync> {
  for (const found of inSyncOrder(root)) {
    yield { application: ROOT, objects: [{ ...found, origin: "compiled", namespace: "argocd" }], absentCharts: [] };
    if (found.object.kind !== "Application" || found.object.metadata.name === ROOT) continue;
    yield contentOf(applicationOf(found), charts);
  }
}

const ROOT = "platform-root";

export type Charts = Pick<ChartRenderer, "render">;

export function contentOf(application: Application, charts: Charts): Sync {
  const { name, namespace, sources } = application;
  const objects: Delivered[] = [];
  const absentCharts: AbsentChart[] = [];
  for (const source of sources) {
    if (source.helm) {
      const rendered = charts.render(source, namespace);
      const file = source.helm.valueFiles[0]!.replace(/^(\$values)?\//, "");
      if (rendered)
        objects.push(
          ...rendered.map((object) => ({
            object,
            file,
            namespace,
            origin: source.chart ? ("upstream" as const) : ("chart" as const),
          })),
        );
      else absentCharts.push({ chart: source.chart!, version: source.targetRevision, file, namespace });
    } else if (source.path !== undefined) {
      objects.push(...objectsIn(source.path).map((found) => ({ ...found, namespace, origin: "compiled" as const })));
    }
    // A source with values and manifests has its manifests at `path`, beside the `ref`.
  }
  return { application: name, objects: inPhases(objects), absentCharts };
}

/**
 * Helm's hooks become Argo CD's: what comes before an installation comes before the sync.
 * https://argo-cd.readthedocs.io/en/stable/user-guide/helm/#helm-hooks
 */
function inPhases(objects: readonly Delivered[]): Delivered[] {
  const hook = ({ metadata }: KubernetesObject): string => (metadata["annotations"] as Data)?.["helm.sh/hook"] ?? "";
  const live = objects.filter(({ object }) => !/delete|rollback/.test(hook(object)));
  const before = ({ object }: Delivered): boolean => /pre-(install|upgrade)/.test(hook(object));
  const after = ({ object }: Delivered): boolean => /post-(install|upgrade)/.test(hook(object));
  return [live.filter(before), live.filter((each) => !before(each) && !after(each)), live.filter(after)].flatMap(
    inSyncOrder,
  );
}
