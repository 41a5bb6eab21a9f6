/** Every committed values file, held to the chart that Argo CD renders it with. */
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import glob from "fast-glob";
import { load } from "js-yaml";
import * as assert from "uvu/assert";
import { PACKAGE_ROOT } from "../../../compiler/package-root.ts";
import { topologyOf } from "../../compiled/index.ts";
import type { Data } from "../../cluster/client.ts";
import { ChartRenderer, KUBERNETES } from "../../delivery/index.ts";
import { labSuite } from "../../lab-suite.ts";
import { ECOSYSTEMS } from "../../ecosystems.ts";
import { record } from "../../record/notes.ts";
import { temporaryFolder } from "../../../test/support/tree.ts";
import { HELM, isOurs, releasesOf, valuesFile, type Release } from "./releases.ts";

const test = labSuite("helm: every values file", ["helm"]);
const charts = new ChartRenderer(KUBERNETES);

/** The kinds that run a service's pods; a chart of helm-library makes exactly one of them. */
const WORKLOADS = new Set(["Deployment", "StatefulSet", "DaemonSet", "CronJob", "Job"]);

const lint = (chart: string, values: string): string =>
  charts.helm(["lint", "--strict", "--kube-version", KUBERNETES, chart, "--values", values]);
const template = (chart: string, values: string): string =>
  charts.helm(["template", "release", chart, "--kube-version", KUBERNETES, "--values", values]);

/**
 * Of the chart that a release is rendered with and the library that it needs, relative to the repository. Where the
 * config vendors the library, they are generated files.
 */
const chartFiles = ({ source }: Release): string[] =>
  glob.sync(
    ["eco-library", basename(source.path!)].map((chart) => `${dirname(source.path!)}/${chart}/**`),
    { cwd: PACKAGE_ROOT, dot: true },
  );

let sample: Release;

for (const [ecosystem, project] of Object.entries(ECOSYSTEMS)) {
  const { clusters } = await topologyOf(project, ["clusters"]);
  for (const cluster of clusters) {
    const releases = releasesOf(cluster, project);
    const ours = releases.filter(isOurs);
    const theirs = releases.filter((release) => !isOurs(release));
    sample ??= ours.find(({ source }) => source.path?.endsWith("/service"))!;

    test(`${ecosystem}/${cluster.name}: lint --strict finds nothing, and each workload's chart makes one workload of its name`, () => {
      assert.ok(ours.length > 0);
      let objects = 0;
      for (const release of ours) {
        assert.match(
          lint(charts.folderOf(release.source)!, valuesFile(release)),
          "1 chart(s) linted, 0 chart(s) failed",
          release.values,
        );
        const rendered = charts.render(release.source, release.namespace)!;
        assert.equal(
          rendered.filter(({ kind }) => WORKLOADS.has(kind)).map(({ metadata }) => metadata.name),
          [release.name],
          release.values,
        );
        for (const { kind, metadata } of rendered)
          assert.is(
            metadata.namespace ?? release.namespace,
            release.namespace,
            `${release.values}: ${kind} ${metadata.name}`,
          );
        objects += rendered.length;
      }
      record(
        {
          ...HELM,
          judged: `${ecosystem}/${cluster.name}: values of workloads, linted (--strict) and rendered into ${objects} objects`,
          count: ours.length,
          level: "schema",
        },
        [...ours.map(({ values }) => values), ...ours.flatMap(chartFiles)],
      );
    });

    test(`${ecosystem}/${cluster.name}: upstream charts that a Go module has render our values, and heed every one`, () => {
      const rendered = theirs.flatMap((release) => {
        const objects = charts.render(release.source, release.namespace);
        return objects ? [{ release, objects, folder: charts.folderOf(release.source)! }] : [];
      });
      assert.ok(rendered.length > 0);
      for (const { release, objects, folder } of rendered) {
        assert.ok(objects.length > 0, release.values);
        assert.equal(
          strangersIn(load(readFileSync(valuesFile(release), "utf8")), defaultsOf(folder)),
          [],
          `${release.values}: no value of the chart`,
        );
      }
      const names = rendered.map(({ release }) => release.source.chart).join(", ");
      record(
        {
          ...HELM,
          judged: `${ecosystem}/${cluster.name}: values of upstream charts (${names}), rendered; each is a value that the chart knows`,
          count: rendered.length,
          level: "schema",
        },
        rendered.map(({ release }) => release.values),
      );
    });
  }
}

/**
 * The defaults of a chart. Istio keeps its own one level down:
 * https://github.com/istio/istio/blob/master/manifests/charts/istio-cni/templates/zzz_profile.yaml
 */
function defaultsOf(folder: string): Data {
  const { _internal_defaults_do_not_set, ...rest } = load(readFileSync(join(folder, "values.yaml"), "utf8")) as Data;
  return { ...rest, ..._internal_defaults_do_not_set };
}

/**
 * Paths of values that a chart has no default for: Helm passes over a misspelt value without a word. Below an empty
 * map, and in what charts hand on as it is to Kubernetes or Istio, anything may stand.
 */
const HANDED_ON = new Set(["resources", "meshConfig", "podSecurityContext"]);

function strangersIn(values: Data, defaults: Data, path = ""): string[] {
  const isMap = (value: Data): boolean => typeof value === "object" && value !== null && !Array.isArray(value);
  if (!isMap(values) || !isMap(defaults) || Object.keys(defaults).length === 0) return [];
  return Object.entries(values).flatMap(([key, value]) => {
    if (!(key in defaults)) return [`${path}${key}`];
    return HANDED_ON.has(key) ? [] : strangersIn(value, defaults[key], `${path}${key}.`);
  });
}

const saying =
  (message: RegExp) =>
  (error: Error): boolean => {
    if (!message.test(error.message)) throw new Error(`said instead: ${error.message}`);
    return true;
  };

/** The first values of a service, broken. */
const brokenValues: readonly {
  name: string;
  breaks: (values: Data) => void;
  message: RegExp;
  judges?: readonly (typeof lint)[];
}[] = [
  { name: "a misspelt key", breaks: (values) => (values.replica = 2), message: /replica/ },
  {
    name: "a misspelt key deep inside",
    breaks: ({ probes }) => (probes.liveness.periodSecond = 2),
    message: /periodSecond/,
  },
  { name: "a number for a text", breaks: (values) => (values.env = { PORT: 8080 }), message: /PORT/ },
  { name: "a value that is missing", breaks: (values) => delete values.image, message: /image/ },
  { name: "a digest that is none", breaks: ({ image }) => (image.digest = "sha256:short"), message: /digest/ },
  // `fail` does not end a lint: https://github.com/helm/helm/blob/v3.19.2/pkg/engine/engine.go, lintMode
  {
    name: "a probe of a port that there is not",
    judges: [template],
    breaks: ({ probes }) => (probes.readiness = { tcpSocket: { port: "admin" } }),
    message: /no entry of ports is named admin/,
  },
];

for (const { name, breaks, message, judges = [lint, template] } of brokenValues) {
  test(`caught in values: ${name}`, () => {
    const values = load(readFileSync(valuesFile(sample), "utf8")) as Data;
    breaks(values);
    const file = join(temporaryFolder("values"), "values.json");
    writeFileSync(file, JSON.stringify(values));
    const folder = charts.folderOf(sample.source)!;
    for (const judge of judges) assert.throws(() => judge(folder, file), saying(message), judge.name);
  });
}

const brokenCharts: readonly { name: string; file: string; edit: (text: string) => string; message: RegExp }[] = [
  {
    name: "a template that does not parse",
    file: "templates/deployment.yaml",
    edit: (text) => `${text}{{- if }}`,
    message: /missing value for if|parse error/,
  },
  {
    name: "a template that is not there",
    file: "templates/services.yaml",
    edit: (text) => text.replace("eco.", "eco.no-"),
    message: /no template|not defined|error calling include/,
  },
  {
    name: "output that is no YAML",
    file: "templates/deployment.yaml",
    edit: (text) => `${text}\n  a: b: c\n`,
    message: /unable to parse YAML|error converting YAML|YAML parse error/,
  },
  {
    name: "a version of the API that is gone",
    file: "templates/poddisruptionbudget.yaml",
    edit: () => "apiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nmetadata:\n  name: web\n",
    message: /deprecated|unavailable/,
  },
  {
    name: "a name that Kubernetes does not take",
    file: "templates/services.yaml",
    edit: () => "apiVersion: v1\nkind: Service\nmetadata:\n  name: Web_1\n",
    message: /does not conform to Kubernetes naming requirements/,
  },
];

for (const { name, file, edit, message } of brokenCharts) {
  test(`caught in a chart: ${name}`, () => {
    const original = charts.folderOf(sample.source)!;
    const folder = join(temporaryFolder("chart"), basename(original));
    cpSync(original, folder, { recursive: true });
    const path = join(folder, file);
    writeFileSync(path, edit(readFileSync(path, "utf8")));
    assert.throws(() => lint(folder, valuesFile(sample)), saying(message));
  });
}

test("caught in upstream values: a misspelt one", () => {
  const folder = charts.folderOf({ chart: "istiod" })!;
  assert.equal(strangersIn({ autoscaleMim: 1, global: { hubb: "x" } }, defaultsOf(folder)), [
    "autoscaleMim",
    "global.hubb",
  ]);
  record({
    ...HELM,
    judged: "broken values and templates, each refused",
    count: brokenValues.length + brokenCharts.length + 1,
    level: "schema",
  });
});

test.run();
