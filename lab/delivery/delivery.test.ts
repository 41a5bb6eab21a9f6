import glob from "fast-glob";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { PACKAGE_ROOT } from "../../compiler/package-root.ts";
import { topologyOf } from "../compiled/index.ts";
import { ECOSYSTEMS } from "../ecosystems.ts";
import type { KubernetesObject } from "../cluster/client.ts";
import { inSyncOrder, type Source } from "./applications.ts";
import { contentOf, deliver, rootObjects, waveOf, type Charts } from "./index.ts";

const test = suite("lab: what Argo CD would apply");

/** Renders nothing, and remembers what it was asked for. */
function asked(): { charts: Charts; files: string[] } {
  const files: string[] = [];
  return {
    files,
    charts: {
      render: ({ helm }: Source) => (
        files.push(...helm!.valueFiles.map((file) => file.replace(/^(\$values)?\//, ""))),
        []
      ),
    },
  };
}

for (const [name, project] of Object.entries(ECOSYSTEMS)) {
  test(`${name}: every file of a cluster is delivered, once, and in the order of the waves`, async () => {
    const { clusters } = await topologyOf(project, ["clusters"]);
    for (const cluster of clusters) {
      const { charts, files } = asked();
      const syncs = [...deliver(rootObjects(cluster, project), charts)];
      const found = syncs.flatMap(({ objects }) => objects);
      const folder = `${project}${cluster.path}`;
      const committed = glob.sync(`${folder}/**/*.yaml`, { cwd: PACKAGE_ROOT }).sort();
      assert.equal([...new Set([...found.map(({ file }) => file), ...files])].sort(), committed);
      assert.is(new Set(files).size, files.length, "values are used once");
      const key = ({ object, namespace }: (typeof found)[number]): string =>
        [object.apiVersion, object.kind, object.metadata.namespace ?? namespace, object.metadata.name].join(" ");
      assert.is(new Set(found.map(key)).size, found.length, "no object comes twice");
      const waves = syncs
        .filter(({ application }) => application === "platform-root")
        .map(({ objects: [first] }) => waveOf(first!.object));
      assert.equal(
        waves,
        [...waves].sort((a, b) => a - b),
      );
    }
  });
}

const object = (
  kind: string,
  name: string,
  annotations: Record<string, string> = {},
): { object: KubernetesObject } => ({ object: { apiVersion: "v1", kind, metadata: { name, annotations } } });

test("waves come before kinds, and kinds before names", () => {
  const wave = (number: number) => ({ "argocd.argoproj.io/sync-wave": String(number) });
  const unsorted = [
    object("Rollout", "z"),
    object("Deployment", "b"),
    object("Deployment", "a"),
    object("Namespace", "z"),
    object("Rollout", "early", wave(-1)),
    object("Namespace", "late", wave(2)),
  ];
  assert.equal(
    inSyncOrder(unsorted).map(({ object: { metadata } }) => metadata.name),
    ["early", "z", "a", "b", "z", "late"],
  );
});

test("a chart's hooks come before and after it, and those of deletions not at all", () => {
  const hook = (name: string, when: string) => object("Job", name, { "helm.sh/hook": when }).object;
  const charts: Charts = {
    render: () => [
      hook("after", "post-install,post-upgrade"),
      hook("gone", "pre-delete"),
      object("Service", "main").object,
      hook("before", "pre-install"),
    ],
  };
  const source: Source = {
    repoURL: "https://charts.example",
    chart: "some",
    targetRevision: "1",
    helm: { releaseName: "some", valueFiles: ["$values/v.yaml"] },
  };
  const application = {
    name: "some",
    object: object("Application", "some").object,
    file: "a.yaml",
    namespace: "ns",
    sources: [source],
  };
  assert.equal(
    contentOf(application, charts).objects.map(({ object: { metadata } }) => metadata.name),
    ["before", "main", "after"],
  );
  const absent = contentOf(application, { render: () => undefined });
  assert.equal(absent, {
    application: "some",
    objects: [],
    absentCharts: [{ chart: "some", version: "1", file: "v.yaml", namespace: "ns" }],
  });
});

test.run();
