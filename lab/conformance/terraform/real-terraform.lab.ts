import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import fastGlob from "fast-glob";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { checkModule } from "./check-module.ts";
import { MUTANTS, SOUND } from "./mutants.ts";
import { realTerraform } from "./real-terraform.ts";

const MODULES = fileURLToPath(new URL("../../../terraform-modules/", import.meta.url));
const suiteName = suite("terraform: Terraform itself");
const terraform = realTerraform();
const test = terraform ? suiteName : suiteName.skip;

for (const name of fastGlob.sync("*/*", { cwd: MODULES, onlyDirectories: true }).sort()) {
  test(`validates ${name}`, async () => {
    assert.equal(await terraform!.validate(join(MODULES, name)), []);
  });
}

for (const file of fastGlob.sync("*/*/tests/*.tftest.hcl", { cwd: MODULES }).sort()) {
  test(`passes ${file}`, async () => {
    const runs = await terraform!.test(join(MODULES, dirname(dirname(file))));
    assert.equal(
      runs.filter(({ status }) => status !== "pass"),
      [],
    );
    // Terraform runs every file of the folder; each run block has to show up.
    const blocks = [...readFileSync(join(MODULES, file), "utf8").matchAll(/^run "(\w+)"/gm)].map(([, run]) => run!);
    assert.ok(blocks.length > 0);
    assert.equal(
      blocks.filter((block) => !runs.some(({ run }) => run === block)),
      [],
    );
  });
}

/** Edits of the modules that must not pass unnoticed: what linters miss, and what the consumers force. */
const LAPSES: [module: string, file: string, find: string, replace: string, run: string][] = [
  [
    "gcp/gke",
    "main.tf",
    "enable_private_nodes    = true",
    "enable_private_nodes    = false",
    "is_private_and_hardened",
  ],
  ["gcp/gke", "main.tf", 'state    = "ENCRYPTED"', 'state    = "DECRYPTED"', "is_private_and_hardened"],
  ["gcp/gke", "nodes.tf", 'mode = "GKE_METADATA"', 'mode = "GCE_METADATA"', "is_private_and_hardened"],
  [
    "gcp/gke",
    "nodes.tf",
    "total_min_node_count = each.value.min",
    "min_node_count = each.value.min",
    "counts_are_totals",
  ],
  ["gcp/gke", "main.tf", ": local.is_regional ? 3 : 1", ": 1", "counts_are_totals"],
  ["gcp/gke", "firewall.tf", "target_tags   = [var.name]", "", "the_control_plane_reaches_webhooks"],
  [
    "gcp/gke",
    "firewall.tf",
    '"${google_container_cluster.this.private_cluster_config[0].private_endpoint}/32"',
    '"0.0.0.0/0"',
    "the_control_plane_reaches_webhooks",
  ],
  ["gcp/network", "firewall.tf", "priority    = 65534", "priority    = 1000", "nothing_comes_in_unlisted"],
  [
    "gcp/network",
    "logs.tf",
    "retention_days = var.log_retention_days",
    "retention_days = 30",
    "subnets_are_private_and_logged",
  ],
  ["gcp/runners", "main.tf", '"ONLY_SCALE_OUT"', '"ON"', "load_adds_instances_and_cuts_no_job"],
  [
    "gcp/runners",
    "main.tf",
    "  network_interface {\n",
    "  network_interface {\n    access_config {}\n",
    "instances_are_shielded_and_hidden",
  ],
  [
    "gcp/state-store",
    "main.tf",
    'public_access_prevention    = "enforced"',
    'public_access_prevention    = "inherited"',
    "is_private_and_keeps_versions",
  ],
  [
    "gcp/workload-identity",
    "main.tf",
    "[${var.namespace}/${var.service_account}]",
    "[${var.namespace}/default]",
    "one_kubernetes_service_account_may_act_as_it",
  ],
  [
    "gcp/workload-identity",
    "main.tf",
    "roles/iam.workloadIdentityUser",
    "roles/iam.serviceAccountTokenCreator",
    "one_kubernetes_service_account_may_act_as_it",
  ],
  [
    "gcp/workload-identity",
    "main.tf",
    "role    = each.key",
    'role    = "roles/editor"',
    "one_service_account_with_its_roles",
  ],
  ["aws/workload-identity", "main.tf", "values   = [var.cluster_id]", 'values   = ["*"]', "nobody_else_is_trusted"],
  [
    "aws/workload-identity",
    "main.tf",
    "aws:RequestTag/kubernetes-service-account",
    "aws:RequestTag/kubernetes-pod-name",
    "nobody_else_is_trusted",
  ],
  [
    "aws/workload-identity",
    "main.tf",
    "resources = statement.value.resources",
    'resources = ["*"]',
    "it_may_what_is_asked_for",
  ],
  [
    "azure/workload-identity",
    "main.tf",
    "system:serviceaccount:${var.namespace}:${var.service_account}",
    "system:serviceaccount:${var.namespace}:default",
    "one_service_account_stands_for_it",
  ],
  [
    "azure/workload-identity",
    "main.tf",
    '"/subscriptions/${var.subscription_id}"',
    '"/"',
    "one_identity_with_its_roles",
  ],
];

for (const [name, file, find, replace, run] of LAPSES) {
  test(`${name}: the tests see ${JSON.stringify(replace.trim())}`, async () => {
    await inCopy(join(MODULES, name), async (folder) => {
      const source = readFileSync(join(folder, file), "utf8");
      assert.is(source.split(find).length, 2, `${find} stands there once`);
      writeFileSync(
        join(folder, file),
        source.replace(find, () => replace),
      );
      keepRun(folder, run);
      const runs = await terraform!.test(folder);
      assert.is(runs.find((result) => result.run === run)?.status, "fail");
    });
  });
}

/** Takes the other runs out of the tests, each of which starts the provider several times. */
function keepRun(folder: string, run: string): void {
  for (const file of fastGlob.sync("tests/*.tftest.hcl", { cwd: folder, absolute: true })) {
    const text = readFileSync(file, "utf8");
    writeFileSync(
      file,
      text.replace(/^run "(\w+)" \{$.*?^\}$/gms, (block, name) => (name === run ? block : "")),
    );
  }
}

/** What `checkModule` asks for beyond Terraform's own rules. */
const STRICTER = [
  "variable that nothing uses",
  "local that nothing uses",
  "variable without a type",
  "output without a description",
  "provider that is not pinned",
  "pin that excludes the checked release",
  "no required version",
  "provider that is not required",
  "module call with an unknown inner name",
  "default with an unknown field",
];

/** What Terraform, or the real provider, finds out only while it plans. */
const EARLIER = [
  "argument of the provider's",
  "wrong type through a local",
  "wrong type through an attribute",
  "wrong iterator",
  "field that the module's output does not have",
  "unknown attribute",
  "unknown field of a variable's object",
  "unknown field of each.value",
];

test("agrees with checkModule on what is sound and what is broken", async () => {
  await inCopy(undefined, async (folder) => {
    for (const [path, content] of Object.entries(SOUND)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    const root = join(folder, "root");
    assert.equal(await terraform!.validate(root), []);
    const accepted: string[] = [];
    for (const { name, find, replace } of MUTANTS) {
      writeFileSync(
        join(root, "main.tf"),
        SOUND["root/main.tf"]!.replace(find, () => replace),
      );
      const findings = await terraform!.validate(root).catch((error: Error) => [{ message: error.message }]);
      if (findings.length === 0) accepted.push(name);
      assert.ok((await checkModule(root)).length > 0, name);
    }
    assert.equal(
      accepted.filter((name) => !STRICTER.includes(name) && !EARLIER.includes(name)),
      [],
    );
  });
});

async function inCopy(source: string | undefined, work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "terraform-copy-"));
  try {
    if (source) cpSync(source, folder, { recursive: true });
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

suiteName.run();
