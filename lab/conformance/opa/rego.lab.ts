import { execFileSync, spawnSync } from "node:child_process";
import { appendFileSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv } from "ajv";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { loadPolicies, type PolicyViolation } from "../../../compiler/policy/evaluate.ts";
import { readPolicies } from "../../../compiler/policy/shipped.ts";
import { record } from "../../record/notes.ts";
import { packages } from "../../toolchain/versions.ts";
import { consumer } from "../../toolchain/consumer.ts";
import { CASES, DATA } from "./cases.ts";

const ROOT = join(import.meta.dirname, "../../..");
const POLICIES = join(ROOT, "policies");
const opa = consumer("opa");

const test = suite("policies under opa");
const withOpa = opa ? test : test.skip;
const { policies } = readPolicies(join(POLICIES, "dist"));
const json = (file: string): any => JSON.parse(readFileSync(join(ROOT, file), "utf8"));

const OPA = { consumer: "opa", version: packages.get("opa")!.version, level: "schema" as const };

/** What is done with the policies in a folder; whoever finds a fault ends with another code than 0. */
const run = (args: readonly string[], cwd = POLICIES) => spawnSync(opa!, args, { cwd, encoding: "utf8" });
const STRICT = ["check", "--strict", "."];
const TESTS = ["test", "."];
/** Fails as soon as one rule, or one expression of a rule, is reached by no test. */
const COVERAGE = ["test", ".", "--coverage", "--threshold", "100"];

withOpa("opa check --strict accepts them", () => {
  const { status, stderr } = run(STRICT);
  assert.is(status, 0, stderr);
});

withOpa("they are formatted as opa fmt does", () => {
  assert.is(execFileSync(opa!, ["fmt", "--list", "."], { cwd: POLICIES, encoding: "utf8" }), "");
});

withOpa("their own tests pass and cover every line", () => {
  const passed = run(TESTS);
  assert.is(passed.status, 0, passed.stdout);
  const covered = run(COVERAGE);
  assert.is(covered.status, 0, covered.stderr);
  const { coverage } = JSON.parse(covered.stdout) as { coverage: number };
  assert.is(coverage, 100);
  record({
    ...OPA,
    judged: "policies: check --strict, and their own tests, which cover every line",
    count: policies.length,
  });
});

const MUTANTS: readonly { name: string; judge: readonly string[]; breaks: (folder: string) => void }[] = [
  {
    name: "an unused variable",
    judge: STRICT,
    breaks: (folder) => appendFileSync(join(folder, "probes/policy.rego"), "\nidle(x) := 1 if {\n\ty := x\n}\n"),
  },
  {
    name: "an import that nothing uses",
    judge: STRICT,
    breaks: (folder) => edit(folder, "probes/policy.rego", /^(package .*)$/m, "$1\n\nimport data.lib.nothing"),
  },
  {
    name: "a rule that no test reaches",
    judge: COVERAGE,
    breaks: (folder) =>
      appendFileSync(join(folder, "probes/policy.rego"), '\nunreached(subject) if subject.kind == "Nothing"\n'),
  },
  {
    name: "a policy without its tests",
    judge: COVERAGE,
    breaks: (folder) => rmSync(join(folder, "resources/policy_test.rego")),
  },
  {
    name: "a user that may be root",
    judge: TESTS,
    breaks: (folder) => edit(folder, "restricted-pods/policy.rego", "runAsUser == 0", "runAsUser == 1"),
  },
];

function edit(folder: string, file: string, from: string | RegExp, to: string): void {
  const text = readFileSync(join(folder, file), "utf8");
  assert.is.not(text.replace(from, to), text, file);
  writeFileSync(join(folder, file), text.replace(from, to));
}

for (const { name, judge, breaks } of MUTANTS) {
  withOpa(`caught: ${name}`, () => {
    const folder = mkdtempSync(join(tmpdir(), "eco-opa-"));
    try {
      cpSync(POLICIES, folder, { recursive: true });
      breaks(folder);
      assert.is.not(run(judge, folder).status, 0);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

withOpa("the mutants are counted", () =>
  record({ ...OPA, judged: "broken policies, each caught", count: MUTANTS.length }),
);

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

function sorted(violations: PolicyViolation[]): string[] {
  return violations.map(({ policy, index, path, message }) => JSON.stringify([index, policy, path, message])).sort();
}

test("every policy has its tests and its line in the README", () => {
  const readme = readFileSync(join(POLICIES, "README.md"), "utf8");
  for (const { name, title } of policies) {
    assert.ok(existsSync(join(POLICIES, name, "policy_test.rego")), `policies/${name}/policy_test.rego`);
    assert.ok(
      readme.includes(`| [${name}](${name}/policy.rego) | ${title} |`),
      `policies/README.md does not list ${name} as "${title}"`,
    );
  }
});

test("the data's schema knows exactly the parameters that policies ask for", () => {
  const { definitions } = json("schemas/runtime/policy-data.schema.json");
  assert.equal(definitions.parameters.properties, Object.assign({}, ...policies.map(({ parameters }) => parameters)));
});

test("data as the compiler writes them are valid", () => {
  const validate = new Ajv({ allErrors: true }).compile(json("schemas/runtime/policy-data.schema.json"));
  assert.ok(validate({ eco: DATA }), JSON.stringify(validate.errors));
  assert.ok(
    validate({ eco: { ...DATA, ...json("policies/exempt-namespaces.json") } }),
    JSON.stringify(validate.errors),
  );
  assert.not(validate({ eco: { ...DATA, parameters: { allowed_registry: [] } } }));
});

test("exemptions from single policies name policies that exist", () => {
  const names = policies.map(({ name }) => name);
  for (const { policies: exempt = [] } of json("policies/exempt-namespaces.json").exempt_namespaces) {
    assert.equal(
      exempt.filter((name: string) => !names.includes(name)),
      [],
    );
  }
});

test.run();
