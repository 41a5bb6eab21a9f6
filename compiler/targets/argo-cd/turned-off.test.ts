import { suite } from "uvu";
import * as assert from "uvu/assert";
import { validatedProject } from "../../../test/support/topology.ts";
import { resolve } from "../../5-emit/contribute.ts";
import { emit } from "../../5-emit/index.ts";
import { targets } from "../registry.ts";
import { library } from "../../../test/support/emit.ts";
import { namedPaths, objectsOf, presence, type Application } from "./test/emitted.ts";

const test = suite("argo-cd: targets that are turned off");
const project = await validatedProject();

/** Targets that may be off, but for this one, without which there is no Application, and the one that writes for people. */
const choices = targets.map(({ name }) => name).filter((name) => name !== "argo-cd" && name !== "runbooks");
/** None, one, two, all but one, all. */
const subsets = [
  ...choices.flatMap((one, index) => [[one], ...choices.slice(index + 1).map((other) => [one, other])]),
  ...choices.map((one) => choices.filter((other) => other !== one)),
  [],
  choices,
];

/** What is made of the reference ecosystem with these targets turned off, and which files are written then. */
function without(off: readonly string[]) {
  const section = Object.fromEntries(off.map((name) => [name, false]));
  const inputs = { ...project, ecosystem: { ...project.ecosystem, targets: section } };
  const { topology, active, diagnostics } = resolve(inputs, targets);
  const { artifacts, folders } = emit(topology, active, library);
  return {
    topology,
    diagnostics,
    artifacts,
    folders,
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
  assert.is(applications.length, roots + topology.workloads.length + topology.platform.addons.length);
});

/** A target, and Applications that are there with it alone. */
const NEEDED: [target: string, applications: string[]][] = [
  ["chaos-mesh", ["platform-chaos-mesh", "platform-slo-gate"]],
  ["istio", ["platform-istio-base", "platform-istio-cni", "platform-istio-policies", "platform-istiod"]],
  ["namespaces", ["platform-namespaces"]],
  ["opa", ["platform-gatekeeper", "platform-gatekeeper-policies"]],
  ["storage", ["platform-storage"]],
  ["terraform", ["platform-source-controller", "platform-terraform", "platform-tofu-controller"]],
  ["argo-rollouts", ["platform-argo-rollouts"]],
  ["prometheus", ["platform-prometheus"]],
];
for (const [target, gone] of NEEDED) {
  test(`without ${target}: ${gone.join(", ")} are gone`, () => {
    const left = namesOf([target]);
    assert.equal(
      namesOf([])
        .filter((name) => !left.includes(name))
        .sort(),
      gone,
    );
  });
}

/** What is in the reference ecosystem that needs a target. */
const UNMET: [target: string, word: string, places: string[]][] = [
  ["argo-rollouts", "progressive-delivery", ["services.checkout.rollout", "services.claude-service.rollout"]],
  ["chaos-mesh", "faults", ["services.checkout.chaos"]],
  ["istio", "mesh", ["security.mesh.enabled"]],
  ["opa", "admission", ["resilience"]],
  ["prometheus", "metrics", ["resilience", "rollouts.careful.analysis"]],
];
for (const [target, word, places] of UNMET) {
  test(`without ${target}, what needs ${word} is an error where the config asks for it`, () => {
    const found = without([target]).diagnostics;
    assert.ok(found.every(({ id, message }) => id === "targets/not-provided" && message.includes(` ${word}, which`)));
    for (const place of places)
      assert.ok(
        found.some(({ at }) => at === place),
        `${place}: ${found.map(({ at }) => at).join(" ")}`,
      );
  });
}
for (const target of ["helm", "namespaces", "runbooks", "storage", "terraform"]) {
  test(`nothing in the config needs ${target}`, () => assert.equal(without([target]).diagnostics, []));
}

test("without terraform there are no roots, and no objects that would apply them", () => {
  assert.equal(
    without(["terraform"]).paths.filter((path) => path.includes("/terraform/")),
    [],
  );
});

test("without helm a workload's Application is its manifests, and there is none without those", () => {
  const { applications, topology, paths } = without(["helm"]);
  for (const { name, path, cluster } of topology.workloads) {
    const own = applications.find(
      ({ metadata, spec }) =>
        metadata.name === name && spec.sources.some((source) => source.path?.startsWith(cluster.path)),
    );
    assert.equal(
      own?.spec.sources.map((source) => source.path),
      paths.some((each) => each.startsWith(`${path}/manifests/`)) ? [`${path}/manifests`] : undefined,
    );
  }
});

test.run();
