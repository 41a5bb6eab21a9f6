import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { PACKAGE_ROOT } from "../compiler/package-root.ts";

/**
 * Runs the scaffolders in a copy of the sources, then what they made, and then the walk-through that is written around
 * it.
 */
const test = suite("scaffolders");
const copy = mkdtempSync(join(tmpdir(), "eco-scaffold-"));
/** What no source is; `generated/` and `dist/` only at the top, since folders in the sources are called so too. */
const LEFT_OUT =
  /^(\.git|\.cache|\.dist-.*|\.eco-compile|dist|generated|test\/bench)$|(^|\/)(node_modules|\.terraform)$/;

test.before(() => {
  cpSync(PACKAGE_ROOT, copy, { recursive: true, filter: (path) => !LEFT_OUT.test(relative(PACKAGE_ROOT, path)) });
  symlinkSync(join(PACKAGE_ROOT, "node_modules"), join(copy, "node_modules"));
});
test.after(() => rmSync(copy, { recursive: true }));

const node = (...args: string[]) =>
  spawnSync(process.execPath, ["--import", "tsx", ...args], { cwd: copy, encoding: "utf8" });
const must = (...args: string[]): string => {
  const { status, stdout, stderr } = node(...args);
  assert.is(status, 0, `${args.join(" ")}\n${stdout}${stderr}`);
  return stdout + stderr;
};
const read = (path: string): string => readFileSync(join(copy, path), "utf8");
const change = (path: string, from: string, to: string): void => {
  assert.ok(read(path).includes(from), `${path} has ${from}`);
  writeFileSync(join(copy, path), read(path).replace(from, to));
};

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
  const { stdout } = spawnSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.json"], {
    cwd: copy,
    encoding: "utf8",
  });
  assert.equal(
    stdout.split("\n").filter((line) => line.includes(`targets/${NAME}/`)),
    [],
  );
});

test("the guide shows what new:target makes", () => {
  assert.ok(GUIDE.includes(read(`compiler/targets/${NAME}/index.ts`).trim()), "index.ts");
  for (const file of ["index.ts", "index.test.ts", "sample/owners.json"])
    assert.ok(existsSync(join(copy, `compiler/targets/${NAME}`, file)) && GUIDE.includes(file), file);
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
    writeFileSync(join(copy, index), before);
  }
});

test("options of its own reach the config's schema, as the guide says", () => {
  const [, options] = /```ts\n(export interface OwnersOptions[^]*?)```/.exec(GUIDE)!;
  writeFileSync(join(copy, `compiler/targets/${NAME}/options.ts`), options!);
  must("scripts/gen/index.ts", "target-registry", "validators", "config-docs");
  assert.match(read("docs/config.md"), "### OwnersOptions");
  assert.match(read("compiler/config/targets.ts"), `"${NAME}"?: false | OwnersOptions;`);
});

/** A target that needs everything a target can: an add-on, a kind, a permission, a file for each workload. */
const CERT_MANAGER = readFileSync(join(PACKAGE_ROOT, "test/package/extension/index.js"), "utf8");

test("a target with an add-on, a kind, a permission and a file per workload is a folder, and nothing else by hand", () => {
  const [, names] = /^import \{ ([^}]*) \} from "eco-compile\/target";\n/.exec(CERT_MANAGER)!;
  mkdirSync(join(copy, "compiler/targets/cert-manager"));
  writeFileSync(
    join(copy, "compiler/targets/cert-manager/index.ts"),
    `// @ts-nocheck: it is a package's JavaScript\n${CERT_MANAGER.replace(/^import.*\n/, homesOf(names!.split(", ")))}`,
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
  rmSync(join(copy, "compiler/targets/cert-manager"), { recursive: true });
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
  must("scripts/lint/index.ts", "format", "rules", "fence", "suites"); // what new:target made is there too
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

test("what is there is left alone, and odd names are refused", () => {
  const before = read("compiler/targets/helm/index.ts");
  for (const [script, name] of [
    ["new-target", "helm"],
    ["new-target", "Helm"],
    ["new-target", "../helm"],
    ["new-target", ""],
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
