import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Charts, coalesce, example, chartNames, helm, library, type Data, type Rendered } from "./charts.ts";
import { container, only, podTemplate, workload } from "./objects.ts";
import { holdsAll } from "./rules.ts";

const helmCharts = suite("helm: the charts render what the values say");
const test = helm ? helmCharts : helmCharts.skip;

let charts: Charts;
helmCharts.before(() => {
  if (helm) charts = new Charts();
});
helmCharts.after(() => charts?.remove());

for (const chart of chartNames) {
  for (const name of ["smallest", "fullest"] as const) {
    test(`${chart}: the ${name} values pass helm lint --strict and hold every rule`, () => {
      assert.match(charts.lint(chart, example(chart, name)), "1 chart(s) linted, 0 chart(s) failed");
      holdsAll(charts.render(chart, example(chart, name)));
    });
  }
}

test("helm dependency build needs no network, leaves the lock as it is and gives the same objects", () => {
  const fresh = new Charts();
  for (const chart of chartNames) {
    const folder = join(fresh.folder, chart);
    rmSync(join(folder, "charts"), { recursive: true });
    fresh.helm(["dependency", "build", folder]);
    assert.is(
      readFileSync(join(folder, "Chart.lock"), "utf8"),
      readFileSync(join(library, chart, "Chart.lock"), "utf8"),
    );
    assert.equal(fresh.render(chart, example(chart, "fullest")), charts.render(chart, example(chart, "fullest")));
  }
  fresh.remove();
});

/** What is laid over the fullest values, and what is worth saying in so many words beside the rules. */
const cases: { name: string; chart: string; over: Data; then?: (rendered: Rendered) => void }[] = [
  {
    name: "no rollout and no autoscaler: the Deployment counts the replicas",
    chart: "service",
    over: { rollout: { enabled: false }, autoscaling: {} },
    then: (rendered) => assert.is(workload(rendered).spec.replicas, 4),
  },
  {
    name: "an autoscaler without a rollout: no replicas beside it, and it scales the Deployment",
    chart: "service",
    over: { rollout: { enabled: false } },
    then: (rendered) => {
      assert.not("replicas" in workload(rendered).spec);
      assert.is(only(rendered, "HorizontalPodAutoscaler").spec.scaleTargetRef.kind, "Deployment");
    },
  },
  {
    name: "a rollout: literally no replicas, and the autoscaler scales the Rollout",
    chart: "service",
    over: {},
    then: (rendered) => {
      assert.is(workload(rendered).spec.replicas, 0);
      assert.is(only(rendered, "HorizontalPodAutoscaler").spec.scaleTargetRef.kind, "Rollout");
    },
  },
  {
    name: "a rollout without an autoscaler still has a disruption budget",
    chart: "service",
    over: { autoscaling: {} },
    then: (rendered) => assert.is(only(rendered, "PodDisruptionBudget").spec.minAvailable, "50%"),
  },
  {
    name: "a single replica: no disruption budget that would block every drain",
    chart: "service",
    over: { replicas: 1, autoscaling: {}, rollout: { enabled: false } },
    then: ({ objects }) => assert.not(objects.some(({ kind }) => kind === "PodDisruptionBudget")),
  },
  { name: "an autoscaler from one replica on", chart: "service", over: { autoscaling: { minReplicas: 1 } } },
  {
    name: "a rolling update",
    chart: "service",
    over: { strategy: { type: "RollingUpdate", maxSurge: 1, maxUnavailable: "10%" } },
  },
  {
    name: "a tag instead of a digest",
    chart: "service",
    over: { image: { digest: "" } },
    then: (rendered) => assert.is(container(rendered).image, "registry.example:5000/shop/web:2.4.1"),
  },
  {
    name: "a budget in numbers, zero among them",
    chart: "service",
    over: { podDisruptionBudget: { minAvailable: undefined, maxUnavailable: 0 } },
    then: (rendered) => assert.is(only(rendered, "PodDisruptionBudget").spec.maxUnavailable, 0),
  },
  { name: "no spreading", chart: "service", over: { topologySpread: { zone: "", host: "" } } },
  {
    name: "outside the mesh: the pod says so, whatever its namespace says",
    chart: "service",
    over: { mesh: { enabled: false } },
    then: (rendered) => assert.is(podTemplate(rendered).metadata.labels["sidecar.istio.io/inject"], "false"),
  },
  { name: "no traffic at all", chart: "service", over: { networkPolicy: { ingress: [], egress: [] } } },
  { name: "scaled to nothing", chart: "stateful", over: { replicas: 0 } },
  { name: "updates on deletion", chart: "stateful", over: { updateStrategy: { type: "OnDelete" } } },
  {
    name: "a pod on each node, which its callers get",
    chart: "daemon",
    over: {
      internalTrafficPolicy: "Local",
      updateStrategy: { type: "RollingUpdate", maxSurge: 0, maxUnavailable: "10%" },
    },
  },
  { name: "updates on deletion", chart: "daemon", over: { updateStrategy: { type: "OnDelete" } } },
  { name: "a run for each change", chart: "job", over: { schedule: "" } },
  { name: "a macro for a schedule", chart: "job", over: { schedule: "@daily" } },
  {
    name: "numbers past a million, which Helm may print as 1e+06",
    chart: "job",
    over: { activeDeadlineSeconds: 2000000, security: { runAsUser: 1000000 } },
  },
];

for (const { name, chart, over, then } of cases) {
  test(`${chart}: ${name}`, () => {
    const rendered = charts.render(chart, varied(chart, over));
    holdsAll(rendered);
    then?.(rendered);
  });
}

const content = (files: Data, mountPath = "/etc/app"): Data => ({ config: { files, mountPath } });

test("the name of the ConfigMap follows its content, and the pods follow the name", () => {
  const values = { ...example("service", "smallest"), ...content({ "a.yaml": "one" }) };
  const first = charts.render("service", values);
  const same = charts.render("service", {
    ...values,
    version: "2.0.0",
    annotations: { "eco-compile.dev/source": "elsewhere" },
  });
  const other = charts.render("service", { ...values, ...content({ "a.yaml": "two" }) });
  const renamed = charts.render("service", { ...values, ...content({ "b.yaml": "one" }) });
  const names = [first, same, other, renamed].map((rendered) => only(rendered, "ConfigMap").metadata.name);
  assert.is(names[1], names[0]);
  assert.is(new Set(names).size, 3);
  assert.not.equal(podTemplate(other), podTemplate(first));
});

test("the name of a Job follows its pods and not its annotations", () => {
  const values = example("job", "smallest");
  const name = (over: Data): string => workload(charts.render("job", { ...values, ...over })).metadata.name;
  assert.is(name({ annotations: { "eco-compile.dev/source": "elsewhere" } }), name({}));
  assert.is.not(name({ image: { ...values.image, tag: "1.0.1" } }), name({}));
});

test("what may change is in no selector", () => {
  const values = example("stateful", "smallest");
  const changed = {
    ...values,
    team: "other",
    partOf: "other",
    component: "other",
    version: "9",
    labels: { a: "b" },
    mesh: { enabled: true },
  };
  const [before, after] = [values, changed].map((each) => workload(charts.render("stateful", each)).spec);
  assert.equal(after.selector, before.selector);
  assert.equal(after.volumeClaimTemplates, before.volumeClaimTemplates);
});

/** What the schema cannot compare, helm refuses with a sentence. Each replaces whole values of the fullest. */
const { probes } = example("service", "fullest");
const refused: { chart: string; over: Data; message: string }[] = [
  {
    chart: "service",
    over: { probes: { liveness: probes.liveness, readiness: probes.liveness } },
    message: "liveness and readiness are identical",
  },
  {
    chart: "service",
    over: { probes: { ...probes, startup: { tcpSocket: { port: "admin" } } } },
    message: "no entry of ports is named admin",
  },
  {
    chart: "service",
    over: { ports: [1, 2].map((port) => ({ name: "http", port, targetPort: port, protocol: "http" })) },
    message: "ports: name http is used twice",
  },
  {
    chart: "service",
    over: { services: [{ name: "web" }, { name: "web" }] },
    message: "services: name web is used twice",
  },
  {
    chart: "service",
    over: { services: [{ name: "web" }], ports: [], probes: {} },
    message: "at least one entry of ports with a port",
  },
  { chart: "service", over: { env: { POD_NAME: "x" } }, message: "name POD_NAME is used twice" },
  { chart: "service", over: content({ "a.yaml": "" }, "/tmp"), message: "mountPath /tmp is used twice" },
  {
    chart: "stateful",
    over: { volumes: [{ name: "data", mountPath: "/x", sizeLimit: "1Mi" }] },
    message: "name data is used twice",
  },
  { chart: "service", over: { preStopSleepSeconds: 61 }, message: "above terminationGracePeriodSeconds" },
  { chart: "service", over: { progressDeadlineSeconds: 10 }, message: "must be above minReadySeconds" },
  {
    chart: "service",
    over: { autoscaling: { minReplicas: 3, maxReplicas: 2, targetCPUUtilizationPercentage: 50 } },
    message: "minReplicas is above maxReplicas",
  },
];

for (const { chart, over, message } of refused) {
  test(`${chart}: refused: ${message}`, () => {
    const values = { ...example(chart, "fullest"), ...over };
    assert.throws(
      () => charts.render(chart, values),
      (error: Error) => error.message.includes(message),
    );
  });
}

/** The fullest values with some laid over them; a map laid over as {} empties the one below. */
function varied(chart: string, over: Data): Data {
  const base = Object.entries(example(chart, "fullest")).filter(([key]) => JSON.stringify(over[key]) !== "{}");
  return coalesce(Object.fromEntries(base), over);
}

helmCharts.run();
