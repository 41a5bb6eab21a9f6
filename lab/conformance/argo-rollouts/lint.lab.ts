/**
 * Each Rollout beside all that it refers to, under the linter of Argo Rollouts: the validation of its controller,
 * without a cluster.
 */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import * as assert from "uvu/assert";
import type { Cluster } from "../../compiled/views.ts";
import { topologyOf } from "../../compiled/index.ts";
import { describe, type Data, type KubernetesObject } from "../../cluster/client.ts";
import { neededTool } from "../../cluster/tools.ts";
import { ChartRenderer, deliver, KUBERNETES, rootObjects, type Delivered } from "../../delivery/index.ts";
import { labSuite } from "../../lab-suite.ts";
import { ECOSYSTEMS } from "../../ecosystems.ts";
import { record } from "../../record/notes.ts";
import { packages } from "../../toolchain/versions.ts";
import { temporaryFolder } from "../../../test/support/tree.ts";

const test = labSuite("argo-rollouts: lint", ["kubectl-argo-rollouts", "helm"]);

const LINT = {
  consumer: "kubectl argo rollouts lint",
  version: packages.get("argo-rollouts")!.version,
  level: "schema" as const,
};
/** What the linter reads, and what a Rollout has its pods from. */
const KINDS = new Set(["Rollout", "Service", "VirtualService", "AnalysisTemplate", "Deployment"]);

const renderer = new ChartRenderer(KUBERNETES);
const charts = {
  render: (...[source, namespace]: Parameters<ChartRenderer["render"]>) =>
    source.chart ? undefined : renderer.render(source, namespace),
};

/** The objects of each service that has a Rollout. */
const groupsOf = (cluster: Cluster, project: string): Delivered[][] =>
  [...deliver(rootObjects(cluster, project), charts)]
    .map(({ objects }) => objects.filter(({ object }) => KINDS.has(object.kind)))
    .filter((objects) => objects.some(({ object }) => object.kind === "Rollout"));

/**
 * The Rollout with the pods of the Deployment that it refers to, as its controller puts it together before it
 * validates; the linter does not, and holds the selectors of Services to a template that is empty.
 * https://github.com/argoproj/argo-rollouts/blob/v1.10.1/rollout/controller.go (refResolver.Resolve)
 */
function resolved(objects: readonly KubernetesObject[]): KubernetesObject[] {
  return objects.map((object) => {
    const { workloadRef, ...spec } = object["spec"] as Data;
    if (object.kind !== "Rollout" || !workloadRef) return object;
    const deployment = objects.find(
      ({ kind, metadata }) => kind === workloadRef.kind && metadata.name === workloadRef.name,
    ) as Data;
    return { ...object, spec: { ...spec, template: deployment.spec.template } };
  });
}

/** Empty where there is nothing to find. */
function lint(objects: readonly KubernetesObject[]): string {
  const file = join(temporaryFolder("lint"), "rollout.yaml");
  writeFileSync(file, objects.map((object) => JSON.stringify(object)).join("\n---\n"));
  const { status, stdout, stderr } = spawnSync(neededTool("kubectl-argo-rollouts"), ["lint", "--filename", file], {
    encoding: "utf8",
  });
  return status === 0 ? "" : `${stdout}${stderr}` || `exit code ${status}`;
}

let sample: Readonly<Record<"canary" | "blueGreen", KubernetesObject[]>>;

for (const [ecosystem, project] of Object.entries(ECOSYSTEMS)) {
  const { clusters } = await topologyOf(project, ["clusters"]);
  test(`${ecosystem}: every Rollout passes with what it refers to`, () => {
    const groups = clusters.flatMap((cluster) => groupsOf(cluster, project));
    assert.ok(groups.length > 0);
    for (const group of groups) {
      const objects = group.map(({ object }) => object);
      assert.is(lint(objects.filter(({ kind }) => kind === "Rollout")), "", group[0]!.file);
      assert.is(lint(resolved(objects)), "", group[0]!.file);
    }
    const rollouts = groups.map((group) => group.find(({ object }) => object.kind === "Rollout")!);
    record(
      {
        ...LINT,
        judged: `${ecosystem}: Rollouts, each with its Services, routes and analyses`,
        count: rollouts.length,
      },
      rollouts.map(({ file }) => file),
    );
    const having = (strategy: string): KubernetesObject[] =>
      resolved(
        groups
          .find((group) => group.some(({ object }) => strategy in ((object as Data).spec?.strategy ?? {})))!
          .map(({ object }) => object),
      );
    sample ??= { canary: having("canary"), blueGreen: having("blueGreen") };
  });
}

const mutants: readonly {
  name: string;
  of: "canary" | "blueGreen";
  breaks: (spec: Data, objects: KubernetesObject[]) => void;
  finding: RegExp;
}[] = [
  { name: "an unknown field", of: "canary", breaks: (spec) => (spec.replica = 3), finding: /unknown field/ },
  {
    name: "an unknown step",
    of: "canary",
    breaks: ({ strategy }) => strategy.canary.steps.push({ setWieght: 5 }),
    finding: /unknown field|step/i,
  },
  {
    name: "a weight above a hundred",
    of: "canary",
    breaks: ({ strategy }) => strategy.canary.steps.push({ setWeight: 500 }),
    finding: /weight/i,
  },
  {
    name: "two strategies at once",
    of: "canary",
    breaks: ({ strategy }) => (strategy.blueGreen = { activeService: "web" }),
    finding: /strateg/i,
  },
  {
    name: "a duration that is none",
    of: "canary",
    breaks: ({ strategy }) => strategy.canary.steps.push({ pause: { duration: "soon" } }),
    finding: /duration/i,
  },
  {
    name: "one Service for both versions",
    of: "canary",
    breaks: ({ strategy }) => (strategy.canary.canaryService = strategy.canary.stableService),
    finding: /canaryService|stableService|same/i,
  },
  {
    name: "a selector and a template that do not match",
    of: "canary",
    breaks: (spec) => (spec.template.metadata.labels = { other: "yes" }),
    finding: /selector/i,
  },
  {
    name: "one Service for active and preview",
    of: "blueGreen",
    breaks: ({ strategy }) => (strategy.blueGreen.previewService = strategy.blueGreen.activeService),
    finding: /previewService|activeService|same/i,
  },
];

for (const { name, of, breaks, finding } of mutants) {
  test(`caught: ${name}`, () => {
    const objects = structuredClone(sample[of]);
    breaks((objects.find(({ kind }) => kind === "Rollout") as Data).spec, objects);
    const found = lint(objects);
    assert.ok(finding.test(found), `${objects.map(describe).join(", ")}; found instead: ${found || "nothing"}`);
  });
}

test("the mutants are counted", () =>
  record({ ...LINT, judged: "broken Rollouts, each found", count: mutants.length }));

test.run();
