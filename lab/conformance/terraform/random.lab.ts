/**
 * Roots of random configs that the compiler takes: Terraform accepts them, the modules' own conditions hold, and they
 * plan. `RUNS=3000 npm run lab -- test terraform` for the roots of more configs, `SEED=2` for others.
 */
import * as assert from "uvu/assert";
import { labSuite } from "../../lab-suite.ts";
import { record } from "../../record/notes.ts";
import { againstConditions, callsIn, type Call } from "./conditions.ts";
import { planTest } from "./mocked-plan.ts";
import { Layout, randomRoots, type RandomRoot } from "./random-roots.ts";
import { realTerraform, terraformVersion, type RealTerraform } from "./real-terraform.ts";
import { shapeOf } from "./shape.ts";

const test = labSuite("terraform: roots of random configs", ["terraform", "go"]);

const RUNS = Number(process.env["RUNS"] ?? 40);
const SEED = Number(process.env["SEED"] ?? 1);
/** A root takes a second: this many are what CI has time for. */
const MOST = process.env["RUNS"] === undefined ? 150 : Infinity;

let terraform: RealTerraform;
let all: RandomRoot[];
/** One root of each shape. */
let distinct: RandomRoot[];
let calls: Call[];
let layout: Layout;
test.after(() => layout?.remove());

const row = { consumer: "Terraform", version: terraformVersion(), level: "schema" as const };

test(`${RUNS} configs have roots of all clouds`, async () => {
  terraform = realTerraform()!;
  layout = new Layout();
  all = await randomRoots(SEED, RUNS);
  distinct = [...new Map(all.map((root) => [shapeOf(root), root])).values()];
  calls = callsIn(all);
  console.log(`${all.length} roots, of ${distinct.length} shapes; ${calls.length} calls of modules`);
  assert.equal([...new Set(distinct.map(({ cloud }) => cloud))].sort(), ["aws", "azure", "gcp"]);
  assert.ok(distinct.length > 20 && distinct.length <= MOST, `${distinct.length} shapes`);
});

test("terraform validate accepts a root of each shape", async () => {
  const faults: string[] = [];
  for (const root of distinct) faults.push(...(await refusals(root)));
  assert.is(faults.join("\n"), "");
  record({
    ...row,
    judged:
      "roots of random configs, one of each shape: `validate` with the modules that they call, against the provider's schemas",
    count: distinct.length,
  });
});

test("the modules' own conditions hold for the values of every root", async () => {
  assert.is((await againstConditions(terraform, calls)).join("\n"), "");
  record({
    ...row,
    judged: "calls of the modules in roots of random configs: what the variables' own conditions say of their values",
    count: calls.length,
  });
});

test("a root of each shape plans, with its provider mocked", async () => {
  const faults: string[] = [];
  for (const root of distinct) faults.push(...(await unplanned(root)));
  assert.is(faults.join("\n"), "");
  record({
    ...row,
    judged:
      "roots of random configs, one of each shape: a plan with a mocked provider, with the resources' own conditions",
    count: distinct.length,
  });
});

/** What `validate` finds wrong in a root. */
async function refusals(root: RandomRoot): Promise<string[]> {
  const problems = await terraform.validate(layout.add(root));
  return problems.map(({ file, line, message }) => `${file}:${line}: ${message}\n${root.files.get("main.tf")}`);
}

/** What stops a plan of a root. */
async function unplanned(root: RandomRoot): Promise<string[]> {
  const runs = await terraform.test(layout.add(root, { "plan.tftest.hcl": planTest(root) }));
  const failed = runs.filter(({ status }) => status !== "pass");
  if (runs.length === 0) return ["no plan was made"];
  return failed.map(({ messages }) => `${messages.join("\n")}\n${root.files.get("main.tf")}`);
}

/** A root that calls a module, with an edit of its `main.tf`. */
function edited(module: string, pattern: RegExp, text: string): RandomRoot {
  const found = all.find(({ files }) => {
    const main = files.get("main.tf")!;
    return main.includes(`terraform-modules/${module}"`) && pattern.test(main);
  });
  assert.ok(found, `no root calls ${module} with ${pattern}`);
  return { ...found, files: new Map(found.files).set("main.tf", found.files.get("main.tf")!.replace(pattern, text)) };
}

test("caught: an argument that the module does not have", async () => {
  const faults = await refusals(edited("aws/eks", /kubernetes_version/, "kubernetes_versions"));
  assert.match(faults.join("\n"), /An argument named "kubernetes_versions" is not expected here/);
});

test("caught: a value that a condition of its variable refuses, among all others", async () => {
  const [broken] = callsIn([edited("gcp/gke", /kubernetes_version = "[^"]*"/, 'kubernetes_version = "1.3"')]);
  const faults = await againstConditions(terraform, [...calls, broken!]);
  assert.is(faults.length, 1);
  assert.match(faults[0]!, /Use a minor version such as/);
});

test("caught: a value that a condition of a resource refuses", async () => {
  const few = "min = 1\n      max = 2\n      initial = 2\n";
  const broken = edited("gcp/gke", /min +=.*\n +max +=.*\n +initial +=.*\n/, few);
  assert.equal(await refusals(broken), []);
  const faults = await unplanned(broken);
  assert.match(faults.join("\n"), /GKE starts the same count in each of/);
});

test.run();
