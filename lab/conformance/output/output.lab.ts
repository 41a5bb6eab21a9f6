import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import glob from "fast-glob";
import { load, loadAll } from "js-yaml";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { createValidator, schemasBelow } from "../../../compiler/6-verify/kubernetes/index.ts";
import type { PolicyData } from "../../../compiler/policy/parameters.ts";
import { loadPolicies, type PolicyInput } from "../../../compiler/policy/evaluate.ts";
import { PACKAGE_ROOT } from "../../../compiler/package-root.ts";
import { topologyOf } from "../../compiled/index.ts";
import type { Workload } from "../../compiled/views.ts";
import { ECOSYSTEMS } from "../../ecosystems.ts";
import { consumer } from "../../toolchain/consumer.ts";
import { Charts, helm, type Data } from "../helm/charts.ts";
import { checkModule } from "../terraform/check-module.ts";

/** The committed output of every ecosystem of the repository, as its consumers see it. */
const terraform = consumer("terraform");
const conftest = consumer("conftest");
const { validate } = createValidator(schemasBelow(join(PACKAGE_ROOT, "schemas/crds")));

const readYaml = (file: string): Data => load(readFileSync(file, "utf8"));

for (const [name, project] of Object.entries(ECOSYSTEMS)) {
  const root = join(PACKAGE_ROOT, project);
  const generated = join(root, "generated");

  (terraform ? test : test.skip)(`${name}: terraform fmt changes nothing (needs terraform)`, () => {
    const { status, stdout } = spawnSync(terraform!, ["fmt", "-check", "-recursive", generated], { encoding: "utf8" });
    assert.is(status, 0, stdout);
  });

  test(`${name}: every Terraform root fits its modules and the providers' schemas`, async () => {
    const roots = glob.sync("terraform/*/*", { cwd: generated, onlyDirectories: true });
    assert.ok(roots.length >= 4);
    for (const folder of roots) assert.equal(await checkModule(join(generated, folder)), [], folder);
  });

  (helm ? test : test.skip)(
    `${name}: every workload's chart renders, and what it renders passes schemas and policies (needs helm)`,
    async () => {
      const { workloads } = await topologyOf(project, ["workloads"]);
      const charts = new Charts();
      const data = (JSON.parse(readFileSync(join(generated, "policies/data.json"), "utf8")) as { eco: PolicyData }).eco;
      const inputs: PolicyInput[] = [];
      for (const workload of workloads) {
        const objects = rendered(charts, workload, root);
        assert.ok(objects.length > 0, workload.path);
        for (const object of objects) {
          assert.equal(validate(object), [], `${object.kind} ${object.metadata.name} of ${workload.path}`);
          inputs.push({
            kind: "object",
            object: { ...object, metadata: { namespace: workload.namespace, ...object.metadata } },
            cluster: workload.cluster.name,
          });
        }
      }
      const { evaluate } = await loadPolicies(data);
      assert.equal(
        evaluate(inputs).map(({ policy, message }) => `${policy}: ${message}`),
        [],
      );
      const [first] = inputs;
      charts.remove();
      const unpinned = structuredClone(inputs.find(({ object }) => (object as Data).kind === "Deployment")!);
      (unpinned.object as Data).spec.template.spec.containers[0].image = "evil.example/x:latest";
      assert.ok(evaluate([first!, unpinned]).length > 0, "a foreign image passes");
    },
  );

  (conftest ? test : test.skip)(`${name}: the pull request's policies pass (needs conftest)`, () => {
    const policies = join(PACKAGE_ROOT, "policies");
    const options = [
      "test",
      "--combine",
      "--ignore",
      "^generated/lib/",
      "--policy",
      policies,
      "--data",
      "generated/policies/data.json",
      "--namespace",
      "eco.pull_request",
      "generated",
    ];
    const { status, stdout, stderr } = spawnSync(conftest!, options, { cwd: root, encoding: "utf8" });
    assert.is(status, 0, stdout + stderr);
  });
}

/** The objects of one workload, as Argo CD would apply them. */
function rendered(charts: Charts, { kind, name, namespace, path }: Workload, root: string): Data[] {
  const values = join(root, path, "values.yaml");
  assert.is(readYaml(values).name, name);
  const text = charts.helm([
    "template",
    name,
    join(charts.folder, kind),
    "--namespace",
    namespace,
    "--kube-version",
    "1.34.0",
    "--values",
    values,
  ]);
  return (loadAll(text) as Data[]).filter(Boolean);
}

test.run();
