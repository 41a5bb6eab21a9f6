import { suite } from "uvu";
import * as assert from "uvu/assert";
import { base } from "../../test/errors/base.ts";
import { lowerSecurity } from "../3-lower/security.ts";
import type { Ecosystem } from "../config/model/ecosystem.ts";
import { policyCheck } from "../facts/policies.ts";
import { policyAction, policyLevel, policyLevels } from "./levels.ts";
import { readPolicies, shippedFolder } from "./shipped.ts";

const test = suite("levels of policies");
const { policies } = readPolicies(shippedFolder());

type Enforcement = "dryrun" | "warn" | "deny" | undefined;
type Level = "off" | "warning" | "error" | undefined;

/** What whoever compiles sees, and what Gatekeeper does, of a policy that calls itself an error. */
const ROWS: [enforcement: Enforcement, level: Level, finding: string, action: string | undefined][] = [
  [undefined, undefined, "error", "dryrun"],
  [undefined, "off", "off", undefined],
  [undefined, "warning", "warning", "dryrun"],
  [undefined, "error", "error", "dryrun"],
  ["dryrun", undefined, "warning", "dryrun"],
  ["dryrun", "off", "off", undefined],
  ["dryrun", "warning", "warning", "dryrun"],
  ["dryrun", "error", "error", "dryrun"],
  ["warn", undefined, "warning", "warn"],
  ["warn", "off", "off", undefined],
  ["warn", "warning", "warning", "warn"],
  ["warn", "error", "error", "warn"],
  ["deny", undefined, "error", "deny"],
  ["deny", "off", "off", undefined],
  ["deny", "warning", "warning", "warn"],
  ["deny", "error", "error", "deny"],
];

const lowered = (enforcement: Enforcement, checks: object) =>
  lowerSecurity(
    { ...base, security: { ...base.security, policies: { ...(enforcement && { enforcement }) } }, checks } as Ecosystem,
    [],
  ).policies;

for (const [enforcement, level, finding, action] of ROWS)
  test(`enforcement ${enforcement ?? "left out"}, level ${level ?? "left out"}: ${finding}, and Gatekeeper ${action ?? "is not asked"}`, () => {
    for (const { name } of policies) {
      const given = lowered(enforcement, level === undefined ? {} : { [policyCheck(name)]: level });
      const policy = { name, severity: "error" } as const;
      assert.equal([policyLevel(policy, given), policyAction(policy, given)], [finding, action], name);
    }
  });

test("whatever is said, admission never refuses what the compiler lets pass", () => {
  for (const severity of ["error", "warning"] as const)
    for (const [enforcement, level] of ROWS)
      for (const { name } of policies) {
        const given = lowered(enforcement, level === undefined ? {} : { [policyCheck(name)]: level });
        if (policyAction({ name, severity }, given) === "deny")
          assert.is(policyLevel({ name, severity }, given), "error", `${name} ${severity} ${enforcement} ${level}`);
      }
});

test("a level is one policy's alone, and no other check's", () => {
  const given = lowered("deny", { "policy/probes": "off", "images/digest-in-production": "off" });
  assert.equal(given.levels, { probes: "off" });
  assert.is(policyLevel({ name: "resources", severity: "error" }, given), "error");
});

test("pull requests are told what differs, and nothing where nothing does", () => {
  assert.equal(policyLevels(lowered(undefined, {})), {});
  assert.equal(policyLevels(lowered("deny", {})), {});
  assert.equal(policyLevels(lowered("warn", { "policy/probes": "error" })), {
    levels: { findings: "warning", policies: { probes: "error" } },
  });
});

test.run();
