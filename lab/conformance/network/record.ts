/**
 * `node --import tsx lab/conformance/network/record.ts FOLDER`: renders the charts that the lab cannot fetch by itself
 * anew. FOLDER holds them unpacked, with the charts that they need, as `helm pull --untar --repo <repository> --version
 * <version> <chart>` leaves them, for every upstream chart of `compiler/targets/*\/contribution.ts` that is not in
 * `lab/delivery/charts.ts`.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { dump } from "js-yaml";
import { PACKAGE_ROOT } from "../../../compiler/package-root.ts";
import { topologyOf } from "../../compiled/index.ts";
import { ChartRenderer, deliver, KUBERNETES, rootObjects, type AbsentChart } from "../../delivery/index.ts";
import { objectsOf } from "../../delivery/applications.ts";
import { ECOSYSTEMS } from "../../ecosystems.ts";
import { imagesIn, nameOf } from "./images.ts";
import { mirrored } from "./mirrored-charts.ts";
import { digestOf, reduced, renderingFile, valuesIn, valuesOf, type Rendering } from "./renderings.ts";

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("name the folder that holds the charts");
const charts = new ChartRenderer(KUBERNETES);

/** As the name of a release the chart's, as the Applications have it, is the add-on's. */
const releaseOf = ({ file }: Pick<AbsentChart, "file">): string => file.split("/").at(-2)!;

function render(chart: Omit<AbsentChart, "version">, root = PACKAGE_ROOT): Rendering["objects"] {
  const text = charts.helm([
    "template",
    releaseOf(chart),
    join(folder!, chart.chart),
    ...["--namespace", chart.namespace, "--kube-version", KUBERNETES, "--include-crds", "--skip-tests"],
    ...["--values", join(root, chart.file)],
  ]);
  return reduced(objectsOf(text)).sort((a, b) =>
    `${a.kind}/${a.metadata.name}` < `${b.kind}/${b.metadata.name}` ? -1 : 1,
  );
}

const renderings = new Map<string, Rendering>();
for (const project of Object.values(ECOSYSTEMS)) {
  for (const cluster of (await topologyOf(project, ["clusters"])).clusters) {
    for (const chart of [...deliver(rootObjects(cluster, project))].flatMap(({ absentCharts }) => absentCharts)) {
      const objects = render(chart);
      const values = digestOf(valuesIn(chart.file));
      const known = renderings.get(chart.chart);
      if (known === undefined)
        renderings.set(chart.chart, {
          chart: chart.chart,
          version: chart.version,
          values: [values],
          objects,
          mirrored: { values: [], images: [] },
        });
      else if (JSON.stringify(known.objects) !== JSON.stringify(objects))
        throw new Error(`${chart.file} gives other objects than the values of other clusters`);
      else known.values = [...new Set([...known.values, values])].sort();
    }
  }
}
for (const project of Object.values(ECOSYSTEMS))
  for (const { source, namespace, folder: root, file } of (await mirrored(project)).charts) {
    const known = renderings.get(source.chart!)?.mirrored;
    if (known === undefined) continue;
    const objects = render({ chart: source.chart!, file, namespace }, root);
    const images = [...new Set(objects.flatMap(imagesIn).map(nameOf))].sort();
    if (known.values.length > 0 && JSON.stringify(known.images) !== JSON.stringify(images))
      throw new Error(`${file} gives other images than the values of other clusters`);
    known.images = images;
    known.values = [...new Set([...known.values, digestOf(valuesOf(join(root, file)))])].sort();
  }
for (const [chart, rendering] of renderings)
  writeFileSync(renderingFile(chart), dump(rendering, { noRefs: true, lineWidth: 150 }));
console.log([...renderings.values()].map(({ chart, version }) => `${chart} ${version}`).join("\n"));
