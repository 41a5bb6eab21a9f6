/** With a mirror of every registry, the charts of the platform's add-ons run nothing from anywhere else. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { dump } from "js-yaml";
import * as assert from "uvu/assert";
import type { KubernetesObject } from "../../cluster/client.ts";
import { ChartRenderer, KUBERNETES } from "../../delivery/index.ts";
import { ECOSYSTEMS } from "../../ecosystems.ts";
import { labSuite } from "../../lab-suite.ts";
import { record } from "../../record/notes.ts";
import { packages } from "../../toolchain/versions.ts";
import { imagesIn, nameOf, UNUSED } from "./images.ts";
import { mirrored, type MirroredChart } from "./mirrored-charts.ts";
import { MIRROR } from "./mirrored.ts";
import { renderedFromMirror, valuesOf } from "./renderings.ts";

const test = labSuite("mirrors of the add-ons' registries", ["helm"]);
const charts = new ChartRenderer(KUBERNETES);

/** What a chart runs with its values, and what it has said of sidecars. */
function runBy({ source, namespace, folder, file }: MirroredChart): string[] {
  const objects = charts.render(source, namespace, folder);
  if (objects === undefined)
    return renderedFromMirror({ chart: source.chart!, version: source.targetRevision }, join(folder, file));
  return [...objects.flatMap(imagesIn), ...objects.flatMap(sidecarsOf)].map(nameOf);
}

/** Where istiod is told that proxies are: https://github.com/istio/istio/blob/1.30.3/pkg/kube/inject/inject.go */
function sidecarsOf({ kind, metadata, ...object }: KubernetesObject): string[] {
  if (kind !== "ConfigMap" || metadata.name !== "istio-sidecar-injector") return [];
  const { global } = JSON.parse((object["data"] as { values: string }).values);
  return [`${global.hub}/${global.proxy.image}`];
}

const isMirrored = (image: string): boolean => image.startsWith(`${MIRROR}/`);

for (const [ecosystem, project] of Object.entries(ECOSYSTEMS)) {
  test(`${ecosystem}: the charts run images of the mirror, which are those that their targets name`, async () => {
    const { charts, images } = await mirrored(project);
    let count = 0;
    for (const chart of charts) {
      const where = `${chart.cluster}: ${chart.addon}`;
      const run = [...new Set(runBy(chart))].sort();
      assert.equal(
        run.filter((image) => !isMirrored(image)),
        [],
        where,
      );
      const said = images.find(({ name, cluster }) => name === chart.addon && cluster === chart.cluster)!.images!;
      const unused = UNUSED.map((image) => `${MIRROR}/${image}`);
      assert.equal(run, said.filter((image) => !unused.includes(image)).sort(), where);
      count += run.length;
    }
    assert.ok(count > 10);
    record({
      consumer: "helm",
      version: packages.get("helm")!.version,
      level: "schema",
      verdict: "passed",
      judged: `${ecosystem}, with a mirror of every registry: images that rendered charts of add-ons run, and that sidecars are made of, are the mirror's; charts that no registry has as rendered before`,
      count,
    });
  });
}

test("caught: a chart that is not told of the mirror", async () => {
  const chart = (await mirrored("")).charts.find(({ addon }) => addon === "gatekeeper")!;
  const { image: _, ...values } = valuesOf(join(chart.folder, chart.file));
  writeFileSync(join(chart.folder, chart.file), dump(values));
  assert.equal(runBy(chart).map(isMirrored), [false, false]);
});

test.run();
