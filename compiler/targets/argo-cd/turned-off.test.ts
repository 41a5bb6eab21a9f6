import { suite } from "uvu";
import * as assert from "uvu/assert";
import { validatedProject } from "../../../test/support/topology.ts";
import { lower } from "../../3-lower/index.ts";
import type { Topology } from "../../topology/index.ts";
import { targets } from "../registry.ts";
import { selectTargets } from "../../5-emit/select.ts";
import { library, namedPaths, objectsOf, presence, type Application } from "./test/emitted.ts";

const test = suite("argo-cd: targets that are turned off");
const project = await validatedProject();

/**
 * Every way to turn targets off, but for this one, without which there is no Application, and for the one that writes
 * for people alone.
 */
const choices = targets.map(({ name }) => name).filter((name) => name !== "argo-cd" && name !== "runbooks");
const subsets = choices.reduce<string[][]>(
  (before, name) => [...before, ...before.map((chosen) => [...chosen, name])],
  [[]],
);

/** What lower makes of the reference ecosystem with these targets turned off, and which files are written then. */
function without(off: readonly string[]): { topology: Topology; applications: Application[]; paths: string[] } {
  const section = Object.fromEntries(off.map((name) => [name, false]));
  const topology = lower({ ...project, ecosystem: { ...project.ecosystem, targets: section } });
  const artifacts = selectTargets(targets, section).flatMap(({ target, options }) =>
    target.emit(topology, options, library),
  );
  return {
    topology,
    applications: objectsOf(artifacts).filter(({ kind }) => kind === "Application") as Application[],
    paths: artifacts.map(({ path }) => path),
  };
}

test(`no Application waits for files that nobody writes, in ${subsets.length} combinations`, () => {
  for (const off of subsets) {
    const { topology, applications, paths } = without(off);
    const isThere = presence(topology, paths);
    for (const application of applications) {
      for (const path of namedPaths(application))
        assert.ok(isThere(path), `without ${off.join(", ")}: ${application.metadata.name} names ${path}`);
      assert.ok(
        application.spec.sources.length > 0,
        `without ${off.join(", ")}: ${application.metadata.name} has no source`,
      );
    }
  }
});

const namesOf = (off: string[]): string[] => [
  ...new Set(without(off).applications.map(({ metadata }) => metadata.name)),
];

test("nothing is left out while every target is on", () => {
  const { topology, applications } = without([]);
  const roots = topology.clusters.length + 1; // and the Terraform objects
  assert.is(
    applications.length,
    roots + topology.workloads.length + topology.clusters.flatMap(({ addons }) => addons).length,
  );
});

/** A target, and Applications that are there with it alone. */
const NEEDED: [target: string, applications: string[]][] = [
  ["chaos-mesh", ["platform-chaos-mesh", "platform-slo-gate"]],
  ["istio", ["platform-istio-policies"]],
  ["namespaces", ["platform-namespaces"]],
  ["opa", ["platform-gatekeeper-policies"]],
  ["storage", ["platform-storage"]],
  ["terraform", ["platform-source-controller", "platform-terraform", "platform-tofu-controller"]],
  ["argo-rollouts", ["platform-argo-rollouts"]],
  ["prometheus", []],
];
for (const [target, gone] of NEEDED) {
  test(`without ${target}: ${gone.join(", ") || "the same Applications"}${gone.length > 0 ? " are gone" : ""}`, () => {
    const left = namesOf([target]);
    assert.equal(
      namesOf([])
        .filter((name) => !left.includes(name))
        .sort(),
      gone,
    );
  });
}

test("without terraform there are no roots, and no objects that would apply them", () => {
  const { topology, paths } = without(["terraform"]);
  assert.equal([topology.terraformRoots, paths.filter((path) => path.includes("/terraform/"))], [[], []]);
});

test("without helm a workload's Application is its manifests, and there is none without those", () => {
  const { applications, topology } = without(["helm"]);
  for (const { name, manifests, path, cluster } of topology.workloads) {
    const own = applications.find(
      ({ metadata, spec }) =>
        metadata.name === name && spec.sources.some((source) => source.path?.startsWith(cluster.path)),
    );
    assert.equal(
      own?.spec.sources.map((source) => source.path),
      manifests ? [`${path}/manifests`] : undefined,
    );
  }
});

test("without argo-rollouts services have their pods by a plain rolling update", () => {
  const { workloads } = without(["argo-rollouts"]).topology;
  assert.equal([...new Set(workloads.map(({ strategy }) => strategy.kind))], ["rolling"]);
  assert.ok(workloads.every(({ kubernetesServices }) => kubernetesServices.next === undefined));
});

test("without chaos-mesh nothing is prepared for experiments", () => {
  const { topology } = without(["chaos-mesh"]);
  assert.equal(
    [topology.resilience.enabled, topology.workloads.flatMap(({ experiments }) => experiments)],
    [false, []],
  );
});

test.run();
