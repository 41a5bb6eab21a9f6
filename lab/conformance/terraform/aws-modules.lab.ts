/**
 * All AWS roots, those of samples included, and the AWS modules by the real provider: what its own code refuses beyond
 * the schemas, too.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fastGlob from "fast-glob";
import * as assert from "uvu/assert";
import { PACKAGE_ROOT } from "../../../compiler/package-root.ts";
import { labSuite } from "../../lab-suite.ts";
import { record } from "../../record/notes.ts";
import { copyAwsTree, PROVIDER_VERSION, WITH_PROVIDER, type AwsTree } from "./aws-lab.ts";

const test = labSuite("terraform: AWS modules with their provider", WITH_PROVIDER);

/** Ecosystems with roots for AWS; only the first one's are committed to be applied. */
const PROJECTS = {
  reference: "",
  "sample regions": "test/samples/regions/expected",
  "sample existing": "test/samples/existing/expected",
};
const row = {
  consumer: "Terraform with the AWS provider",
  version: `provider ${PROVIDER_VERSION}`,
  level: "schema",
} as const;

const trees: AwsTree[] = [];
const copyOf = (project: string): AwsTree => {
  const tree = copyAwsTree(join(PACKAGE_ROOT, project));
  trees.push(tree);
  return tree;
};
test.after(() => trees.forEach((tree) => tree.stop()));

for (const [name, project] of Object.entries(PROJECTS)) {
  const roots = fastGlob
    .sync("*", { cwd: join(PACKAGE_ROOT, project, "generated/terraform/aws"), onlyDirectories: true })
    .sort();

  test(`${name}: the provider is of a version that the roots ask for, and accepts them`, async () => {
    const tree = copyOf(project);
    assert.ok(roots.length >= 3);
    for (const name of roots) {
      const root = tree.root(name);
      await root.init("-backend=false");
      assert.match(
        readFileSync(join(root.folder, ".terraform.lock.hcl"), "utf8"),
        `version     = "${PROVIDER_VERSION}"`,
      );
      assert.equal(await root.validate(), [], name);
    }
    record(
      { ...row, judged: `${name}: \`init\` and \`validate\` of the AWS roots`, count: roots.length },
      project === "" ? fastGlob.sync("generated/terraform/aws/*/*.tf", { cwd: PACKAGE_ROOT }) : [],
    );
  });
}

test("the modules keep what their tests promise, with the provider mocked by its own schemas", async () => {
  const tree = copyOf("");
  const modules = fastGlob
    .sync("*", { cwd: join(PACKAGE_ROOT, "terraform-modules/aws"), onlyDirectories: true })
    .sort();
  let count = 0;
  for (const name of modules) {
    const module = tree.module(name);
    await module.init();
    const runs = await module.test();
    assert.ok(runs.length > 0, name);
    assert.equal(
      runs.filter(({ status }) => status !== "pass"),
      [],
      name,
    );
    count += runs.length;
  }
  record({ ...row, judged: `\`test\` of the ${modules.length} AWS modules`, count });
});

/**
 * One of each kind in one module, in resources that no other one depends on: Terraform looks at nothing that follows
 * from an error. The last two are beyond any schema.
 */
const BROKEN: readonly [file: string, find: string, replace: string, error: RegExp][] = [
  [
    "flow-logs.tf",
    "max_aggregation_interval = 60",
    "max_agregation_interval  = 60",
    /Unsupported argument: An argument named "max_agregation_interval"/,
  ],
  [
    "flow-logs.tf",
    "  role   = aws_iam_role.flow.id\n",
    "",
    /Missing required argument: The argument "role" is required/,
  ],
  [
    "endpoints.tf",
    "from_port         = 443",
    'from_port         = "https"',
    /Incorrect attribute value type: Inappropriate value for attribute "from_port": a number is required/,
  ],
  [
    "endpoints.tf",
    'vpc_endpoint_type   = "Interface"',
    'vpc_endpoint_type   = "Interfaces"',
    /expected vpc_endpoint_type to be one of/,
  ],
  ["main.tf", 'domain = "vpc"', 'domain = "vpcs"', /expected domain to be one of/],
];

test("caught: misspelt and missing arguments, a wrong type, and values that AWS does not have", async () => {
  const tree = copyOf("");
  const module = tree.module("network");
  for (const [file, find, replace] of BROKEN) {
    const path = join(module.folder, file);
    const source = readFileSync(path, "utf8");
    assert.is(source.split(find).length, 2, `${find} stands there once`);
    writeFileSync(
      path,
      source.replace(find, () => replace),
    );
  }
  await module.init();
  const said = (await module.validate()).map(({ text }) => text).join("\n");
  for (const [, , replace, error] of BROKEN)
    assert.ok(error.test(said), `${replace.trim() || "a missing argument"} is not among\n${said}`);
  record({ ...row, judged: "broken arguments of a module, each refused", count: BROKEN.length });
});

test.run();
