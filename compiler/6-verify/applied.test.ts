import { suite } from "uvu";
import * as assert from "uvu/assert";
import { library } from "../../test/support/emit.ts";
import { validatedProject } from "../../test/support/topology.ts";
import type { TargetArtifact } from "../5-emit/artifact.ts";
import { resolve } from "../5-emit/contribute.ts";
import { emit } from "../5-emit/index.ts";
import { kubernetesFile, kubernetesObject } from "../5-emit/kubernetes.ts";
import { defineTarget, type Target } from "../5-emit/target.ts";
import { targets } from "../targets/registry.ts";
import type { Topology } from "../topology/index.ts";
import type { Workload } from "../topology/workloads.ts";
import { appliedOnce } from "./applied.ts";

/** Whatever a target writes is read by one Application: case by case where targets may write. */
const test = suite("applied once");
const project = await validatedProject();

const map = ({ name, namespace, labels, source }: Workload) =>
  kubernetesObject({ apiVersion: "v1", kind: "ConfigMap", name: `${name}-owners`, namespace, labels, source }, {});

/** A target that writes what the test says. */
const writing = (emitted: (topology: Topology) => ReturnType<NonNullable<Target["emit"]>>): Target<never>[] => [
  ...targets,
  defineTarget({ name: "owners", summary: "", emit: emitted }),
];

function found(
  all: readonly Target<never>[],
  change: (artifacts: TargetArtifact[]) => TargetArtifact[] = (same) => same,
) {
  const { topology, active } = resolve(project, all);
  return appliedOnce(change([...emit(topology, active, library).artifacts]), topology).map(
    ({ id, message }) => `${id}: ${message}`,
  );
}

test("everything that our own targets write", () => assert.equal(found(targets), []));

test("a manifest for each workload, whatever its kind and strategy", () => {
  const all = writing(({ workloads }) =>
    workloads.map((workload) =>
      kubernetesFile(`${workload.path}/manifests/owners.yaml`, [map(workload)], workload.source),
    ),
  );
  const { workloads } = resolve(project, all).topology;
  for (const kind of ["rolling", "canary", "blue-green", "shadow"])
    assert.ok(
      workloads.some(({ strategy }) => strategy.kind === kind),
      kind,
    );
  assert.equal(found(all), []);
});

test("a file where nothing looks is found", () => {
  const all = writing(({ workloads: [workload] }) => [
    kubernetesFile(`${workload!.path}/more/owners.yaml`, [map(workload!)], workload!.source),
  ]);
  assert.equal(found(all).length, 1);
  assert.match(
    found(all)[0]!,
    /^verify\/not-applied: no Application reads .*\/more\/owners\.yaml, which the owners target/,
  );
});

test("an Application that reads another's folder is found", () => {
  const twice = (artifacts: TargetArtifact[]) =>
    artifacts.map((artifact): TargetArtifact => {
      if (!artifact.path.endsWith("cluster-paris/argocd/applications/storefront.yaml")) return artifact;
      const text = JSON.stringify(artifact.body).replaceAll(
        "services/storefront/manifests",
        "services/checkout/manifests",
      );
      return { ...artifact, body: JSON.parse(text) as TargetArtifact["body"] };
    });
  const ids = found(targets, twice).map((finding) => finding.split(":")[0]);
  assert.equal([...new Set(ids)].sort(), ["verify/applied-twice", "verify/not-applied"]);
});

test("while argo-cd is off somebody else applies the output", () =>
  assert.equal(found(targets.filter(({ name }) => name !== "argo-cd")), []));

test.run();
