import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { PACKAGE_ROOT } from "../compiler/package-root.ts";
import { SourceCopy } from "../test/support/source-copy.ts";

/**
 * Runs the scaffolders in a copy of the sources, then what they made, and then the walk-through that is written around
 * it.
 */
const test = suite("scaffolders");
const copy = new SourceCopy();
test.after(() => copy.remove());
const node = copy.node.bind(copy);
const must = copy.must.bind(copy);
const read = copy.read.bind(copy);
const change = copy.change.bind(copy);

const GUIDE = readFileSync(join(PACKAGE_ROOT, "docs/adding-a-target.md"), "utf8");
/** The name of the guide's example. */
const NAME = /npm run new:target (\S+)/.exec(GUIDE)![1]!;

test("new:target makes a target that is registered, tested and typed", () => {
  must("scripts/new-target.ts", NAME);
  assert.match(read("compiler/targets/registry.ts"), `from "./${NAME}/index.ts"`);
  assert.ok(
    JSON.parse(read("schemas/ecosystem.schema.json")).definitions.TargetOptions.properties[NAME],
    "the config can turn it off",
  );
  assert.match(must(`compiler/targets/${NAME}/index.test.ts`), /Passed: +2\n/);
  must("scripts/gen/index.ts", "--check", "target-registry", "validators", "config-docs");
});

test("the guide shows what new:target makes", () => {
  assert.ok(GUIDE.includes(read(`compiler/targets/${NAME}/index.ts`).trim()), "index.ts");
  for (const file of ["index.ts", "index.test.ts", "sample/owners.json"])
    assert.ok(existsSync(join(copy.folder, `compiler/targets/${NAME}`, file)) && GUIDE.includes(file), file);
});

test("the reference ecosystem then compiles with it", () => {
  assert.match(must("compiler/cli.ts"), new RegExp(`^${NAME} +1 new$`, "m"));
  const owners = JSON.parse(read(`generated/${NAME}/owners.json`));
  assert.equal(owners.checkout.contact, "#team-shop");
  assert.match(
    must("compiler/cli.ts", "explain", `generated/${NAME}/owners.json`),
    /it changes with[^]*teams\.shop\.contact {2}ecosystem\.config\.ts:\d+/,
  );
});

test("the tests that it made can fail", () => {
  const index = `compiler/targets/${NAME}/index.ts`;
  for (const [from, to] of [
    ["contact: team.contact", "contact: team.name"],
    ['source: "teams"', 'source: "services"'],
    ["owners.json", "people.json"],
  ] as const) {
    const before = read(index);
    change(index, from, to);
    assert.is(node(`compiler/targets/${NAME}/index.test.ts`).status, 1, to);
    writeFileSync(join(copy.folder, index), before);
  }
});

test("options of its own reach the config's schema, as the guide says", () => {
  const [, options] = /```ts\n(export interface OwnersOptions[^]*?)```/.exec(GUIDE)!;
  writeFileSync(join(copy.folder, `compiler/targets/${NAME}/options.ts`), options!);
  must("scripts/gen/index.ts", "target-registry", "validators", "config-docs");
  assert.match(read("docs/config.md"), "### OwnersOptions");
  assert.match(read("compiler/config/targets.ts"), `"${NAME}"?: false | OwnersOptions;`);
});

/** A target that needs everything a target can: an add-on, a kind, a permission, a file for each workload. */
const CERT_MANAGER = readFileSync(join(PACKAGE_ROOT, "test/package/extension/index.js"), "utf8");

test("a target with an add-on, a kind, a permission and a file per workload is a folder, and nothing else by hand", () => {
  const [, names] = /^import \{([^}]*)\} from "eco-compile\/target";\n/.exec(CERT_MANAGER)!;
  mkdirSync(join(copy.folder, "compiler/targets/cert-manager"));
  writeFileSync(
    join(copy.folder, "compiler/targets/cert-manager/index.ts"),
    `// @ts-nocheck: it is a package's JavaScript\n${CERT_MANAGER.replace(/^import [^;]*;\n/, homesOf(names!.match(/\w+/g)!))}`,
  );
  must("scripts/gen/index.ts", "target-registry", "validators", "config-docs");
  must("scripts/lint/fence.ts");
  must("compiler/cli.ts");
  const folder = "generated/clusters/cluster-paris";
  for (const [path, text] of [
    [`${folder}/platform/cert-manager/manifests/kinds.yaml`, "kind: CustomResourceDefinition"],
    [`${folder}/argocd/applications/platform-cert-manager.yaml`, "https://charts.jetstack.io"],
    [`${folder}/services/storefront/manifests/certificate.yaml`, "kind: Wish"],
    [`${folder}/argocd/projects.yaml`, "kind: Wish"],
    ["generated/terraform/gcp/cluster-ultimate/main.tf", "roles/dns.admin"],
    ["generated/terraform/aws/cluster-paris/main.tf", "route53:ChangeResourceRecordSets"],
    ["generated/terraform/azure/cluster-amsterdam/main.tf", "DNS Zone Contributor"],
  ] as const)
    assert.ok(read(path).includes(text), `${path} has ${text}`);
  rmSync(join(copy.folder, "compiler/targets/cert-manager"), { recursive: true });
  must("scripts/gen/index.ts", "target-registry", "validators", "config-docs");
});

/** Where names of `eco-compile/target` come from inside of the compiler. */
function homesOf(names: readonly string[]): string {
  const exported = readFileSync(join(PACKAGE_ROOT, "compiler/target.ts"), "utf8");
  const statements = [...exported.matchAll(/export \{([^}]*)\} from "\.(\/[^"]*)";/g)];
  return names
    .map((name) => {
      const [, , home] = statements.find(([, list]) => list!.split(/[\s,]+/).includes(name))!;
      return `import { ${name} } from "../..${home}";\n`;
    })
    .join("");
}

test("new:check makes a check whose page is its test", () => {
  must("scripts/new-check.ts", "teams/reachable");
  assert.match(read("compiler/4-check/registry.ts"), "./teams/reachable.ts");
  const ran = must("compiler/4-check/checks.test.ts");
  assert.match(ran, /Passed: +\d+/);
  change("compiler/4-check/teams/reachable.ts", '!== "nobody"', '!== "somebody"');
  assert.match(node("compiler/4-check/checks.test.ts").stdout, /FAIL.*teams\/reachable: the bad example is found/);
  change("compiler/4-check/teams/reachable.ts", '!== "somebody"', '=== "nobody"');
  assert.match(
    node("compiler/4-check/checks.test.ts").stdout,
    /FAIL.*teams\/reachable: the good example has no finding/,
  );
});

test("new:section makes a section that is declared, documented, lowered and tested", () => {
  must("scripts/new-section.ts", "cost-reviews");
  must("scripts/gen/index.ts", "--check", "barrels", "validators", "config-docs");
  assert.match(read("docs/config.md"), /^\| costReviews \| \[CostReviews\]\(#costreviews\)/m);
  assert.match(read("docs/config.md"), /^\| every \| \[a duration\]\(#units\) \| `"30d"` \| .*At least 1h/m);
  assert.match(must("compiler/3-lower/cost-reviews.test.ts"), /Passed: +3\n/);
  // Nothing is written by hand for the tests that want every field written, bounded and left out once.
  for (const file of [
    "../scripts/everything/everything",
    "2-validate/bounds",
    "2-validate/references",
    "3-lower/defaults",
  ])
    must(`compiler/${file}.test.ts`);
});

test("the test of a new section can fail", () => {
  for (const [path, from, to] of [
    ["compiler/3-lower/cost-reviews.ts", '?? "30d"', '?? "31d"'],
    ["compiler/3-lower/cost-reviews.ts", "costReviews.every ??", "undefined ??"],
    ["compiler/3-lower/index.ts", "    costReviews: lowerCostReviews(ecosystem, teams),\n", ""],
  ] as const) {
    const before = read(path);
    change(path, from, to);
    assert.is(node("compiler/3-lower/cost-reviews.test.ts").status, 1, to);
    writeFileSync(join(copy.folder, path), before);
  }
});

test("what the scaffolders made is typed and keeps to the rules", () => {
  assert.equal(copy.typeErrors(`targets/${NAME}/`, "cost-reviews", "3-lower/index", "topology/index", "model/"), []);
  must("scripts/lint/index.ts", "format", "rules", "fence", "suites");
});

test("what is there is left alone, and odd names are refused", () => {
  const before = read("compiler/targets/helm/index.ts");
  for (const [script, name] of [
    ["new-target", "helm"],
    ["new-target", "Helm"],
    ["new-target", "../helm"],
    ["new-target", ""],
    ["new-section", "teams"],
    ["new-section", "team"],
    ["new-section", "platform"],
    ["new-section", "cost_reviews"],
    ["new-check", "reachable"],
    ["new-check", "teams/reachable"],
  ] as const) {
    const { status, stderr } = node(`scripts/${script}.ts`, name);
    assert.is(status, 1, `${script} ${name}`);
    assert.not.match(stderr, "    at ");
  }
  assert.is(read("compiler/targets/helm/index.ts"), before);
});

test.run();
