/** The policies over the committed trees, as a pull request's check runs them: the commands of policies/README.md. */
import { spawnSync } from "node:child_process";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import glob from "fast-glob";
import * as assert from "uvu/assert";
import { PACKAGE_ROOT } from "../../../compiler/package-root.ts";
import type { Data } from "../../cluster/client.ts";
import { neededTool } from "../../cluster/tools.ts";
import { labSuite } from "../../lab-suite.ts";
import { ECOSYSTEMS, generatedFiles } from "../../ecosystems.ts";
import { record } from "../../record/notes.ts";
import { packages } from "../../toolchain/versions.ts";
import { temporaryFolder } from "../../../test/support/tree.ts";

const test = labSuite("opa: the committed trees as a pull request", ["conftest"]);
const CONFTEST = { consumer: "conftest", version: packages.get("conftest")!.version, level: "schema" as const };
const POLICIES = join(PACKAGE_ROOT, "policies");

/** As policies/README.md has it, but for where the policies lie. */
function conftest(cwd: string, policies = POLICIES): { status: number | null; failures: string[]; said: string } {
  const readme = readFileSync(join(POLICIES, "README.md"), "utf8").replaceAll("\\\n", " ");
  const command = readme
    .split("\n")
    .find((line) => line.startsWith("    conftest "))!
    .trim();
  const { status, stdout, stderr } = spawnSync(
    "sh",
    ["-c", command.replace("conftest", neededTool("conftest")).replace(" policies ", ` ${policies} `)],
    { cwd, encoding: "utf8", maxBuffer: 64 << 20 },
  );
  const failures = [...stdout.matchAll(/FAIL.* - eco\.pull_request - (.*)$/gm)].map(([, message]) => message!).sort();
  return { status, failures, said: `${stdout}${stderr}` };
}

/** What the command reads of a tree: its data, and every file whose language it knows. */
const readOf = (project: string): string[] =>
  generatedFiles(project)
    .map(({ file }) => file)
    .filter(
      (file) =>
        file.startsWith(`${project}generated/`) &&
        !file.startsWith(`${project}generated/lib/`) &&
        /\.(yaml|json|tf)$/.test(file),
    );

for (const [ecosystem, project] of Object.entries(ECOSYSTEMS)) {
  test(`${ecosystem}: the committed tree passes`, () => {
    const { status, failures, said } = conftest(join(PACKAGE_ROOT, project));
    assert.equal(failures, []);
    assert.is(status, 0, said);
    assert.match(said, / tests?, /);
    const files = readOf(project);
    record(
      {
        ...CONFTEST,
        judged: `${ecosystem}: all YAML, JSON and HCL of the tree, parsed and held to the policies with the committed data`,
        count: files.length,
      },
      files,
    );
  });
}

const VENDORED = ["online-boutique", "astronomy-shop"] as const;

for (const ecosystem of VENDORED)
  test(`${ecosystem}: policies that a tree brings along are those of policies/, and judge it as well`, () => {
    const project = ECOSYSTEMS[ecosystem];
    const vendored = `${project}generated/lib/policies`;
    const files = generatedFiles(project)
      .map(({ file }) => file)
      .filter((file) => file.startsWith(`${vendored}/`));
    assert.ok(files.some((file) => file.endsWith(".rego")));
    for (const file of files)
      assert.ok(
        readFileSync(join(PACKAGE_ROOT, file)).equals(readFileSync(join(POLICIES, file.slice(vendored.length)))),
        file,
      );
    const { status, said } = conftest(join(PACKAGE_ROOT, project), join(PACKAGE_ROOT, vendored));
    assert.is(status, 0, said);
    record(
      {
        ...CONFTEST,
        judged: `${ecosystem}: the policies in the tree, which judge it; each file is, byte for byte, the one of policies/ that OPA checks and tests`,
        count: files.length,
      },
      files,
    );
  });

/** The first file of the reference's tree that the pattern finds, broken in a copy; with what must be said. */
const mutants: readonly { name: string; file: string; edit: (text: string) => string; failure: RegExp }[] = [
  {
    name: "values with an image from elsewhere",
    file: "clusters/cluster-ultimate/services/checkout/values.yaml",
    edit: (text) => text.replace("ghcr.io/acme/", "quay.io/stranger/"),
    failure: /image quay\.io\/stranger\/.* is not in an allowed registry/,
  },
  {
    name: "values with a mutable tag in production",
    file: "clusters/cluster-ultimate/services/checkout/values.yaml",
    edit: (text) => text.replace(/digest: sha256:\w+/, 'digest: ""\n  tag: "1"'),
    failure: /checkout\/values\.yaml: image/,
  },
  {
    name: "values without a limit",
    file: "clusters/cluster-ultimate/services/checkout/values.yaml",
    edit: (text) => withValues(text, ({ resources }) => delete resources.limits.memory),
    failure: /states no memory in its limits/,
  },
  {
    name: "a region that is not allowed",
    file: "terraform/gcp/foundation/main.tf",
    edit: (text) => text.replace(/"europe-west1"/g, '"us-east1"'),
    failure: /us-east1 is not in an allowed region/,
  },
  {
    name: "costs above the budget",
    file: "policies/costs.json",
    edit: (text) => text.replace(/"minimum": [\d.]+/g, '"minimum": 99999999'),
    failure: /costs at least 99999999/,
  },
  {
    name: "data that allow another registry",
    file: "policies/data.json",
    edit: (text) => text.replaceAll("ghcr.io/acme/", "ghcr.io/other/"),
    failure: /not in an allowed registry/,
  },
];

function withValues(text: string, change: (values: Data) => void): string {
  const values = load(text) as Data;
  change(values);
  return JSON.stringify(values); // JSON is YAML
}

for (const { name, file, edit, failure } of mutants) {
  test(`caught: ${name}`, () => {
    const folder = temporaryFolder("committed");
    // The data and the broken file are all that the verdict needs.
    for (const part of new Set([
      "policies",
      file.split("/").slice(0, -1).join("/"),
      "clusters/cluster-ultimate/services/checkout",
    ]))
      cpSync(join(PACKAGE_ROOT, "generated", part), join(folder, "generated", part), { recursive: true });
    const path = join(folder, "generated", file);
    const text = readFileSync(path, "utf8");
    assert.is.not(edit(text), text);
    writeFileSync(path, edit(text));
    const { status, failures, said } = conftest(folder);
    assert.is(status, 1, said);
    assert.ok(
      failures.some((each) => failure.test(each)),
      failures.join("\n"),
    );
  });
}

test("a file that does not parse is no file that passes", () => {
  const folder = temporaryFolder("committed");
  cpSync(join(PACKAGE_ROOT, "generated/policies"), join(folder, "generated/policies"), { recursive: true });
  const [first] = glob.sync("generated/terraform/**/main.tf", { cwd: PACKAGE_ROOT });
  writeFileSync(join(folder, "generated/broken.tf"), readFileSync(join(PACKAGE_ROOT, first!), "utf8").replace("}", ""));
  assert.is.not(conftest(folder).status, 0);
  record({ ...CONFTEST, judged: "broken files of a tree, each refused", count: mutants.length + 1 });
});

test.run();
