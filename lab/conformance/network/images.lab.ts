/**
 * The images of the platform's add-ons: what the rendered charts run, held against what their targets say, which is what
 * the policies go by.
 */
import * as assert from "uvu/assert";
import { topologyOf } from "../../compiled/index.ts";
import { ChartRenderer, deliver, KUBERNETES, rootObjects } from "../../delivery/index.ts";
import { ECOSYSTEMS } from "../../ecosystems.ts";
import { labSuite } from "../../lab-suite.ts";
import { record } from "../../record/notes.ts";
import { packages } from "../../toolchain/versions.ts";
import { imagesIn, nameOf, UNUSED } from "./images.ts";
import { rendered } from "./renderings.ts";

const test = labSuite("images of the add-ons", ["helm"]);
const charts = new ChartRenderer(KUBERNETES);

/** The images of a cluster's add-ons with upstream charts, by the add-on's name. */
function runIn(cluster: Parameters<typeof rootObjects>[0], project: string): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { application, objects, absentCharts } of deliver(rootObjects(cluster, project), charts)) {
    const ofCharts = [
      ...objects.filter(({ origin }) => origin === "upstream").map(({ object }) => object),
      ...absentCharts.flatMap(rendered),
    ];
    found.set(application.replace(/^platform-/, ""), new Set(ofCharts.flatMap(imagesIn).map(nameOf)));
  }
  return found;
}

for (const [ecosystem, project] of Object.entries(ECOSYSTEMS)) {
  test(`${ecosystem}: the charts run what their targets say, and nothing else`, async () => {
    const { clusters, addonImages } = await topologyOf(project, ["clusters", "addonImages"]);
    let count = 0;
    for (const cluster of clusters) {
      const run = runIn(cluster, project);
      for (const { name, images, injected, upstream } of addonImages.filter(({ cluster: at }) => at === cluster.name)) {
        if (!upstream) continue;
        const said = images!.filter((image) => !UNUSED.includes(image) && !injected.includes(image));
        assert.equal([...(run.get(name) ?? [])].sort(), [...said].sort(), `${cluster.name}: ${name}`);
        count += said.length;
      }
    }
    assert.ok(count > 10);
    record({
      consumer: "helm",
      version: packages.get("helm")!.version,
      level: "schema",
      verdict: "passed",
      judged: `${ecosystem}: images that rendered charts of add-ons run are those that the targets name; charts that no registry has as rendered before`,
      count,
    });
  });
}

test("caught: an image from elsewhere", () => {
  const pod = { template: { spec: { containers: [{ image: "registry.istio.io/release/pilot:1.30.3" }] } } };
  assert.equal(imagesIn({ kind: "Deployment", spec: pod }).map(nameOf), ["registry.istio.io/release/pilot"]);
  assert.is(nameOf("openpolicyagent/gatekeeper:v3.23.1"), "docker.io/openpolicyagent/gatekeeper");
});

test.run();
