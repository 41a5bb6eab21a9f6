import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { FolderReader } from "../5-emit/read-folders.ts";
import { plan, write } from "./index.ts";
import { emitted, inFolder, OPTIONS, put, readTree, type Files } from "./test/tree.ts";

const test = suite("strangers");

const FILES: Files = {
  "argo-cd:generated/clusters/a/argocd/root.yaml": "kind: Application\n",
  "helm:generated/clusters/a/services/web/values.yaml": "a: 1\n",
  "argo-rollouts:generated/clusters/a/services/web/manifests/rollout.yaml": "kind: Rollout\n",
  "terraform:generated/terraform/gcp/foundation/main.tf": "a = 1\n",
  "terraform:generated/lib/terraform-modules/gcp/network/main.tf": "a = 1\n",
  "argo-cd:generated/lib/helm-library/service/Chart.yaml": "name: service\n",
  "opa:generated/policies/data.json": "{}\n",
};
const folders = new Map<string, FolderReader>([
  ["generated/clusters/a/argocd", "manifest-tree"],
  ["generated/clusters/a/services/web/manifests", "manifests"],
  ["generated/terraform/gcp/foundation", "terraform"],
  ["generated/lib/terraform-modules/gcp/network", "terraform"],
  ["generated/lib/helm-library/service", "chart"],
  ["generated/policies", "policies"],
]);
const options = { ...OPTIONS, folders };

const APPLIED = [
  "generated/clusters/a/argocd/evil.yaml",
  "generated/clusters/a/argocd/deeper/still/evil.json",
  "generated/clusters/a/services/web/manifests/evil.yml",
  "generated/clusters/a/services/web/manifests/Kustomization",
  "generated/terraform/gcp/foundation/evil.tf",
  "generated/terraform/gcp/foundation/main_override.tf.json",
  "generated/terraform/gcp/foundation/x.auto.tfvars",
  "generated/lib/terraform-modules/gcp/network/evil.tf",
  "generated/lib/helm-library/service/templates/evil.yaml",
  "generated/lib/helm-library/service/crds/evil.yaml",
  "generated/policies/evil.rego",
];
for (const path of APPLIED) {
  test(
    `${path} is a difference, named, and stays`,
    inFolder((root) => {
      write(root, emitted(FILES), options);
      put(root, path, "evil\n");
      const compared = plan(root, emitted(FILES), options);
      assert.equal(
        [compared.clean, compared.strangers, compared.create.length + compared.change.length + compared.delete.length],
        [false, [path], 0],
      );
      assert.equal(
        compared.diagnostics.map(({ id, severity, position }) => [id, severity, position!.file]),
        [["write/stranger", "warning", path]],
      );
      assert.match(compared.diagnostics[0]!.hint!, "extra");
      assert.equal(write(root, emitted(FILES), options).strangers, [path]);
      assert.is(readTree(root)[path], "evil\n");
    }),
  );
}

for (const path of [
  "generated/notes.md",
  "generated/notes/todo.yaml",
  "generated/clusters/a/services/web/notes.yaml",
  "generated/clusters/a/services/web/manifests/README.md",
  "generated/clusters/a/services/web/manifests/below/not-read.yaml",
  "generated/terraform/gcp/foundation/.terraform.lock.hcl",
  "generated/terraform/gcp/foundation/.terraform/modules/x/main.tf",
  "generated/terraform/gcp/foundation/terraform.tfstate",
]) {
  test(
    `${path} is read by nobody and left alone`,
    inFolder((root) => {
      write(root, emitted(FILES), options);
      put(root, path, "mine\n");
      const compared = plan(root, emitted(FILES), options);
      assert.equal([compared.clean, compared.strangers, compared.diagnostics], [true, [], []]);
    }),
  );
}

test(
  "a link is a stranger: an applier may follow it",
  inFolder((root) => {
    write(root, emitted(FILES), options);
    put(root, "elsewhere/evil.yaml", "evil\n");
    symlinkSync("../../../../elsewhere/evil.yaml", join(root, "generated/clusters/a/argocd/evil.yaml"));
    assert.equal(plan(root, emitted(FILES), options).strangers, ["generated/clusters/a/argocd/evil.yaml"]);
  }),
);

test(
  "a folder in the name of a file is none, nor is one that is empty or missing",
  inFolder((root) => {
    write(root, emitted(FILES), options);
    mkdirSync(join(root, "generated/clusters/a/argocd/x.yaml"));
    assert.ok(plan(root, emitted(FILES), options).clean);
    assert.equal(plan(join(root, "nowhere"), emitted(FILES), options).strangers, []);
  }),
);

test(
  "what the plan deletes is no stranger; what another revision left behind is one",
  inFolder((root) => {
    const more: Files = { ...FILES, "argo-cd:generated/clusters/a/argocd/old.yaml": "kind: Application\n" };
    write(root, emitted(more), options);
    assert.equal(
      [plan(root, emitted(FILES), options).strangers, plan(root, emitted(FILES), options).delete.length],
      [[], 1],
    );
    write(root, emitted(FILES), options);
    put(root, "generated/clusters/a/argocd/old.yaml", "kind: Application\n"); // git checkout, while a run was writing
    assert.equal(plan(root, emitted(FILES), options).strangers, ["generated/clusters/a/argocd/old.yaml"]);
  }),
);

test(
  "each is named once, although folders lie in each other",
  inFolder((root) => {
    const nested = {
      ...options,
      folders: new Map<string, FolderReader>([["generated/clusters/a", "manifest-tree"], ...folders]),
    };
    write(root, emitted(FILES), nested);
    put(root, "generated/clusters/a/argocd/evil.yaml", "evil\n");
    assert.equal(plan(root, emitted(FILES), nested).strangers, ["generated/clusters/a/argocd/evil.yaml"]);
  }),
);

test.run();
