import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Experiment as ConfigExperiment } from "../../config/model/resilience.ts";
import { seconds, type Duration } from "../../config/units.ts";
import type { Experiment } from "../../topology/resilience.ts";
import { createValidator, schemasBelow } from "../../6-verify/kubernetes/index.ts";
import { PACKAGE_ROOT } from "../../package-root.ts";
import { topologyOf } from "../../../test/support/topology.ts";
import { faultTemplates, type Template } from "./faults.ts";
import { longest, schedule } from "./schedule.ts";
import { BASE, ecosystemWith, emitFor, objectsOf, workloadOf } from "./test/ecosystem.ts";
import { watches } from "./watch.ts";

const test = suite("schedules");
const { validate } = createValidator(schemasBelow(`${PACKAGE_ROOT}schemas/crds`));

interface Workflow {
  entry: string;
  templates: (Template & {
    children?: string[];
    statusCheck?: { mode: string; duration: string; http: { url: string } };
  })[];
}
const workflowOf = (object: { [field: string]: unknown }) => (object["spec"] as { workflow: Workflow }).workflow;

test("an experiment is gated, waits for an abort to arrive, and runs beside its watch", () => {
  const [object] = objectsOf(emitFor({ ...BASE, kind: "network-loss", loss: "1%", abortOn: ["quick", "good"] })).filter(
    ({ kind }) => kind === "Schedule",
  );
  assert.equal(object!.metadata, {
    name: "api-harm",
    namespace: "red",
    labels: {
      "app.kubernetes.io/instance": "api",
      "app.kubernetes.io/managed-by": "eco-compile",
      "app.kubernetes.io/name": "api",
      "app.kubernetes.io/part-of": "eco",
      "eco-compile.dev/team": "red",
    },
    annotations: { "eco-compile.dev/source": "resilience.experiments.harm" },
  });
  const { workflow, ...spec } = object!["spec"] as { workflow: Workflow };
  assert.equal(spec, {
    schedule: "0 10 * * 2",
    concurrencyPolicy: "Forbid",
    startingDeadlineSeconds: 300,
    historyLimit: 3,
    type: "Workflow",
  });
  assert.equal(
    workflow.templates.map(({ name, templateType, deadline, children = [], statusCheck }) => [
      name,
      templateType,
      deadline,
      ...children,
      ...(statusCheck ? [statusCheck.mode, statusCheck.duration, statusCheck.http.url.replace(/.*\/v1/, "")] : []),
    ]),
    [
      ["experiment", "Serial", "430s", "gate-quick", "gate-good", "settle", "run"],
      // No deadline on a gate: past it a template has ended like a good one, and the fault would begin.
      ["gate-quick", "StatusCheck", undefined, "Synchronous", "30s", "/slo/red/api/quick"],
      ["gate-good", "StatusCheck", undefined, "Synchronous", "30s", "/slo/red/api/good"],
      ["settle", "Suspend", "10s"],
      ["run", "Parallel", "330s", "fault", "watch-quick", "watch-good"],
      ["fault", "NetworkChaos", "5m"],
      ["watch-quick", "StatusCheck", "330s", "Continuous", "300s", "/slo/red/api/quick"],
      ["watch-good", "StatusCheck", "330s", "Continuous", "300s", "/slo/red/api/good"],
    ],
  );
});

const duration = fc
  .tuple(fc.integer({ min: 30, max: 7200 }), fc.constantFrom("s", "m", "h"))
  .map(([value, unit]): Duration =>
    unit === "s" ? `${value}s` : unit === "m" ? `${value / 40}m` : `${value / 4000}h`,
  );
const percent = fc.integer({ min: 10, max: 1000 }).map((tenths) => `${tenths / 10}%` as const);
const base = fc.record({
  schedule: fc.constant("0 10 * * 2" as const),
  duration,
  scope: percent,
  abortOn: fc.uniqueArray(fc.constantFrom("good" as const, "quick" as const, "own" as const), { minLength: 1 }),
});
const fault: fc.Arbitrary<object> = fc.oneof(
  fc.record({ kind: fc.constant("pod-kill"), every: fc.integer({ min: 5, max: 600 }).map((value) => `${value}s`) }),
  fc.record({
    kind: fc.constant("network-delay"),
    latency: fc.integer({ min: 1, max: 5000 }).map((value) => `${value}ms`),
  }),
  fc.record({ kind: fc.constant("network-loss"), loss: percent }),
  fc.constant({ kind: "network-partition", from: "store" }),
  fc.record({ kind: fc.constant("cpu-stress"), workers: fc.integer({ min: 1, max: 8 }), load: percent }),
  fc.constant({ kind: "memory-stress", size: "0.5Gi" }),
  fc.constant({ kind: "dns-fault", patterns: ["x.example.com"] }),
  fc.constant({ kind: "zone-outage", zone: "eu-west-3a" }),
);
const experiment = fc.tuple(base, fault).map(([one, other]) => ({ ...one, ...other }) as unknown as ConfigExperiment);

/** Seconds that a template takes at most, its own deadline and those below it together. */
function longestOf(name: string, templates: Map<string, Workflow["templates"][number]>): number {
  const { templateType, deadline, children = [], statusCheck } = templates.get(name)!;
  const below = children.map((child) => longestOf(child, templates));
  const own = seconds((deadline ?? statusCheck?.duration) as Duration);
  if (templateType === "Serial")
    return Math.min(
      own,
      below.reduce((a, b) => a + b, 0),
    );
  return templateType === "Parallel" ? Math.min(own, Math.max(...below)) : own;
}

test("whatever the experiment, it ends by itself, hits this workload alone, and is watched by all that it shall be aborted on", () => {
  fc.assert(
    fc.property(experiment, (config) => {
      const topology = topologyOf(ecosystemWith(config));
      const workload = workloadOf(topology);
      const [released] = workload.experiments as [Experiment];
      const watched = watches(topology, workload, released);
      const object = schedule(workload, released, watched, faultTemplates(topology, workload, released)!);
      assert.equal(validate(object), [], "schema and the admission webhooks' rules");

      const { templates: list, entry } = workflowOf(object);
      const templates = new Map(list.map((template) => [template.name, template]));
      const time = seconds(config.duration);
      const faults = list.filter(({ templateType }) => templateType.endsWith("Chaos"));
      assert.ok(faults.length > 0);
      for (const template of faults) {
        const spec = template[template.templateType.replace(/^(DNS|[A-Z])/, (start) => start.toLowerCase())] as {
          duration?: string;
          selector: object;
        };
        assert.is(spec.duration, undefined);
        const { namespaces, labelSelectors } = spec.selector as { namespaces: string[]; labelSelectors: object };
        assert.equal(
          { namespaces, labelSelectors },
          { namespaces: ["red"], labelSelectors: { "app.kubernetes.io/name": "api" } },
        );
      }
      assert.ok(
        longestOf("fault", templates) <= time + 1e-6,
        `the fault takes ${longestOf("fault", templates)}s of ${time}s`,
      );
      assert.ok(longestOf(entry, templates) <= longest(time, watched.length));

      const checks = (prefix: string) =>
        list
          .filter(({ name, abortWithStatusCheck }) => name.startsWith(prefix) && abortWithStatusCheck === true)
          .map(({ name }) => name);
      for (const prefix of ["gate-", "watch-"])
        assert.equal(
          checks(prefix),
          config.abortOn.map((slo) => `${prefix}${slo}`),
        );
      assert.equal(templates.get("run")!.children, ["fault", ...checks("watch-")]);
      assert.equal(
        templates.get(entry)!.children,
        [...checks("gate-"), "settle", "run"],
        "nothing starts before every gate and the pause",
      );
    }),
    { numRuns: 150 },
  );
});

test.run();
