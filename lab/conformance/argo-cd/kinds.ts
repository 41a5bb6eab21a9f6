/**
 * The CRDs of a cluster's add-ons as an earlier Argo CD has left them, for a cluster whose Argo CD is installed anew: what
 * their charts render. Argo CD puts no mark of its own on CRDs, so it finds nothing to change.
 */
import type { KubernetesObject } from "../../cluster/client.ts";
import { definitionsAmong, withoutDescriptions } from "../../cluster/crds.ts";
import { standInDefinitions } from "../../components/chart-repositories.ts";
import { ChartRenderer, KUBERNETES, type Application } from "../../delivery/index.ts";

/** Those of Argo CD itself come with its installation. */
const INSTALLED = "platform-argo-cd";

export function kindsLeftBehind(applications: readonly Application[]): KubernetesObject[] {
  const charts = new ChartRenderer(KUBERNETES);
  return applications.filter(({ name }) => name !== INSTALLED).flatMap((application) => broughtBy(application, charts));
}

const broughtBy = ({ namespace, sources }: Application, charts: ChartRenderer): KubernetesObject[] =>
  sources
    .filter(({ chart }) => chart !== undefined)
    .flatMap(
      (source) =>
        standInDefinitions(source.chart!) ??
        definitionsAmong(charts.render(source, namespace)!).map(withoutDescriptions),
    );
