import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { FOLDER_READERS } from "../../../compiler/5-emit/read-folders.ts";
import { consumer } from "../../toolchain/consumer.ts";
import { CASES, DATA } from "./cases.ts";

const POLICIES = join(import.meta.dirname, "../../../policies");
const conftest = consumer("conftest");
const test = suite("policies over a pull request");
const withConftest = conftest ? test : test.skip;

const documentOf = (wanted: string): unknown => CASES.find(([name]) => name === wanted)![1].object;
const service = documentOf("a public service") as { metadata: object };
const SERVICES = "generated/clusters/live/services";

/** Of what is here, only what a reader has is read. */
const MANIFEST = {
  folders: {
    [`${SERVICES}/web/manifests`]: "manifests",
    "generated/terraform/gcp/live": "terraform",
    "generated/lib/terraform-modules/gcp/gke": "terraform",
  },
  files: Object.fromEntries(
    [
      `${SERVICES}/web/manifests/gateway.yaml`,
      `${SERVICES}/web/manifests/services.yaml`,
      "generated/terraform/gcp/live/main.tf",
      "generated/lib/terraform-modules/gcp/gke/main.tf",
    ].map((path) => [path, {}]),
  ),
};

const CLEAN: Record<string, string> = {
  "generated/policies/data.json": JSON.stringify({ eco: DATA }),
  "generated/policies/costs.json": JSON.stringify(documentOf("costs within the budget")),
  "generated/manifest.json": JSON.stringify(MANIFEST),
  "generated/lib/terraform-modules/gcp/gke/main.tf": 'variable "region" {\n  default = "us-east1"\n}\n',
  "generated/clusters/live/platform/istio/values.yaml": "global: { hub: docker.io/istio }\n",
  // Charts that travel along are templates, not YAML.
  "generated/lib/helm-library/service/templates/deployment.yaml": '{{- include "eco.deployment" . }}\n',
  [`${SERVICES}/web/values.yaml`]: JSON.stringify(documentOf("hardened values")),
  [`${SERVICES}/web/manifests/gateway.yaml`]: JSON.stringify(documentOf("a declared host")),
  "generated/terraform/gcp/live/main.tf":
    'module "live" {\n  source = "../modules/gke"\n  name   = "live"\n  region = "europe-west1"\n  zone   = "${var.zone}"\n}\n',
};

const DIRTY: Record<string, string> = {
  "generated/policies/costs.json": JSON.stringify(documentOf("costs above the budget")),
  [`${SERVICES}/web/values.yaml`]: JSON.stringify(documentOf("values without a memory limit")),
  [`${SERVICES}/web/manifests/services.yaml`]: [service, { ...service, metadata: { ...service.metadata, name: "api" } }]
    .map((object) => JSON.stringify(object))
    .join("\n---\n"),
  "generated/terraform/gcp/live/main.tf": 'module "live" {\n  source = "../modules/gke"\n  region = "us-east1"\n}\n',
  "generated/terraform/aws/foundation/main.tf":
    'module "network" {\n  source  = "../modules/network"\n  regions = ["us-east-1"]\n}\n',
};

/** Runs a command as policies/README.md has it, but for where the policies lie. */
function documented(
  tool: "conftest" | "opa",
  cwd: string,
  input = "",
): { status: number | null; stdout: string; stderr: string } {
  const path = consumer(tool)!;
  const readme = readFileSync(join(POLICIES, "README.md"), "utf8").replaceAll("\\\n", " ");
  const command = readme
    .split("\n")
    .find((line) => line.startsWith(`    ${tool} `))!
    .trim();
  return spawnSync("sh", ["-c", command.replace(tool, path).replace(" policies ", ` ${POLICIES} `)], {
    cwd,
    input,
    encoding: "utf8",
  });
}

function inTree<T>(files: Record<string, string>, run: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "eco-pull-request-"));
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    return run(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function judge(files: Record<string, string>): { status: number | null; failures: string[] } {
  const { status, stdout, stderr } = inTree(files, (folder) => documented("conftest", folder));
  const failures = [...stdout.matchAll(/FAIL.* - eco\.pull_request - (.*)$/gm)].map(([, message]) => message!);
  assert.ok(stdout.includes(" tests, "), stderr);
  return { status, failures: failures.sort() };
}

withConftest("a clean tree passes", () => {
  assert.equal(judge(CLEAN), { status: 0, failures: [] });
});

withConftest("each violation is reported with file, object and place", () => {
  assert.equal(judge({ ...CLEAN, ...DIRTY }), {
    status: 1,
    failures: [
      `${SERVICES}/web/manifests/services.yaml: Service api: spec.type: Service api is public (LoadBalancer) and not declared as a public endpoint`,
      `${SERVICES}/web/manifests/services.yaml: Service web: spec.type: Service web is public (LoadBalancer) and not declared as a public endpoint`,
      `${SERVICES}/web/values.yaml: resources.limits.memory: container web states no memory in its limits`,
      "generated/policies/costs.json: budgets.everything.minimum: budget everything is 1000.5 EUR, but the ecosystem costs at least 1000.75 EUR",
      "generated/terraform/aws/foundation/main.tf: module.network[0].regions[0]: us-east-1 is not in an allowed region (eu-west-3)",
      "generated/terraform/gcp/live/main.tf: module.live[0].region: us-east1 is not in an allowed region (europe-west1)",
    ],
  });
});

const withOpa = consumer("opa") ? test : test.skip;

withConftest("a file that no target wrote is reported where it would be applied", () => {
  const strangers = [
    `${SERVICES}/web/manifests/debug.yaml`,
    "generated/terraform/gcp/live/debug_override.tf",
    "generated/lib/terraform-modules/gcp/gke/debug.tf",
  ];
  const content = (path: string) =>
    path.endsWith(".tf") ? 'variable "x" {}\n' : JSON.stringify(documentOf("a declared host"));
  const files = Object.fromEntries([...strangers, `${SERVICES}/web/notes.yaml`].map((path) => [path, content(path)]));
  const { failures } = judge({ ...CLEAN, ...files });
  assert.equal(
    failures,
    strangers
      .map((path) => `${path}: no target wrote it, and it is applied: everything in ${dirname(path)} is read`)
      .sort(),
  );
});

const NAMES = [
  "a.yaml",
  "a.yml",
  "a.json",
  "a.jsonnet",
  "Kustomization",
  "a.tf",
  "a.tf.json",
  "a.tofu",
  "terraform.tfvars",
  "x.auto.tfvars",
  "x.tfvars",
  "a.rego",
  "README.md",
  ".terraform.lock.hcl",
];
withOpa("what each reader takes is the same for the compiler and for the policies", () => {
  for (const [reader, { recursive, takes }] of Object.entries(FOLDER_READERS)) {
    const files = NAMES.flatMap((name) => [`generated/x/${name}`, `generated/x/below/${name}`]);
    const input = JSON.stringify([
      { path: "generated/manifest.json", contents: { files: {}, folders: { "generated/x": reader } } },
      ...files.map((path) => ({ path, contents: {} })),
    ]);
    const { stdout, stderr } = inTree(CLEAN, (folder) => documented("opa", folder, input));
    assert.match(stdout, /^\[/, stderr);
    const expected = files.filter(
      (path) => takes.test(basename(path)) && (recursive || dirname(path) === "generated/x"),
    );
    assert.equal(
      (JSON.parse(stdout) as { file: string; policy: string }[])
        .filter(({ policy }) => policy === "strangers")
        .map(({ file }) => file)
        .sort(),
      expected.sort(),
      reader,
    );
  }
});

withOpa("opa alone gives the same answer", () => {
  const path = `${SERVICES}/web/values.yaml`;
  const input = JSON.stringify([
    { path: "generated/manifest.json", contents: MANIFEST },
    { path, contents: documentOf("values without a memory limit") },
  ]);
  const { stdout, stderr } = inTree(CLEAN, (folder) => documented("opa", folder, input));
  assert.match(stdout, /^\[/, stderr);
  assert.equal(
    (JSON.parse(stdout) as { msg: string }[]).map(({ msg }) => msg),
    [`${path}: resources.limits.memory: container web states no memory in its limits`],
  );
});

test.run();
