import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv } from "ajv";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { loadPolicies, type PolicyViolation } from "../../../compiler/6-verify/policies/index.ts";
import { readPolicies } from "../../../compiler/6-verify/policies/shipped.ts";
import { consumer } from "../../support/consumer.ts";
import { CASES, DATA } from "./cases.ts";

const ROOT = join(import.meta.dirname, "../../..");
const POLICIES = join(ROOT, "policies");
const opa = consumer("opa");

const test = suite("policies under opa");
const withOpa = opa ? test : test.skip;
const { policies } = readPolicies(join(POLICIES, "dist"));
const json = (file: string): any => JSON.parse(readFileSync(join(ROOT, file), "utf8"));

withOpa("opa check --strict accepts them", () => {
  const { status, stderr } = spawnSync(opa!, ["check", "--strict", "."], { cwd: POLICIES, encoding: "utf8" });
  assert.is(status, 0, stderr);
});

withOpa("they are formatted as opa fmt does", () => {
  assert.is(execFileSync(opa!, ["fmt", "--list", "."], { cwd: POLICIES, encoding: "utf8" }), "");
});

withOpa("their own tests pass and cover every line", () => {
  const passed = spawnSync(opa!, ["test", "."], { cwd: POLICIES, encoding: "utf8" });
  assert.is(passed.status, 0, passed.stdout);
  const covered = spawnSync(opa!, ["test", ".", "--coverage", "--threshold", "100"], { cwd: POLICIES, encoding: "utf8" });
  assert.is(covered.status, 0, covered.stderr);
});

withOpa("opa eval and the shipped wasm give one answer, word for word", async () => {
  const folder = mkdtempSync(join(tmpdir(), "eco-opa-"));
  try {
    const documents = CASES.map(([, input]) => input);
    writeFileSync(join(folder, "data.json"), JSON.stringify({ eco: DATA }));
    writeFileSync(join(folder, "input.json"), JSON.stringify({ stage: "output", documents }));
    const given = ["-d", POLICIES, "-d", join(folder, "data.json"), "-i", join(folder, "input.json")];
    const answer = execFileSync(opa!, ["eval", "-f", "raw", ...given, "data.eco.main.deny"], { encoding: "utf8" });
    assert.equal(sorted(JSON.parse(answer)), sorted((await loadPolicies(DATA)).evaluate(documents)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** Without the severity, which the evaluator adds. */
function sorted(violations: PolicyViolation[]): string[] {
  return violations.map(({ policy, index, path, message }) => JSON.stringify([index, policy, path, message])).sort();
}

test("every policy has its tests and its line in the README", () => {
  const readme = readFileSync(join(POLICIES, "README.md"), "utf8");
  for (const { name, title } of policies) {
    assert.ok(existsSync(join(POLICIES, name, "policy_test.rego")), `policies/${name}/policy_test.rego`);
    assert.ok(readme.includes(`| [${name}](${name}/policy.rego) | ${title} |`), `policies/README.md does not list ${name} as "${title}"`);
  }
});

test("the data's schema knows exactly the parameters that policies ask for", () => {
  const { definitions } = json("schemas/runtime/policy-data.schema.json");
  assert.equal(definitions.parameters.properties, Object.assign({}, ...policies.map(({ parameters }) => parameters)));
});

test("data as the compiler writes them are valid", () => {
  const validate = new Ajv({ allErrors: true }).compile(json("schemas/runtime/policy-data.schema.json"));
  assert.ok(validate({ eco: DATA }), JSON.stringify(validate.errors));
  assert.ok(validate({ eco: { ...DATA, ...json("policies/exempt-namespaces.json") } }), JSON.stringify(validate.errors));
  assert.not(validate({ eco: { ...DATA, parameters: { allowed_registry: [] } } }));
});

test("exemptions from single policies name policies that exist", () => {
  const names = policies.map(({ name }) => name);
  for (const { policies: exempt = [] } of json("policies/exempt-namespaces.json").exempt_namespaces) {
    assert.equal(exempt.filter((name: string) => !names.includes(name)), []);
  }
});

test.run();
