import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Ecosystem } from "../../compiler/config/model/ecosystem.ts";
import { runCli } from "../support/cli.ts";
import { temporaryFolder } from "../support/tree.ts";
import { base } from "./base.ts";

/** What a user sees of levels and ignores, from the command to the text. */
const test = suite("levels of checks");
const ID = "scaling/single-replica-in-production";

/** A project of twenty services, each with a tag and one pod, of which one has a digest. */
function project(says: object): string {
  const root = temporaryFolder("levels");
  const { web, api } = base.services;
  const names = Array.from({ length: 19 }, (_, index) => `service-${index}`);
  const config: Ecosystem = {
    ...base,
    services: {
      web: web!,
      ...Object.fromEntries(
        ["api", ...names].map((name) => [name, { ...api!, tag: "1.0.0", image: `ghcr.io/acme/${name}` }]),
      ),
    },
    clusters: Object.fromEntries(
      Object.entries(base.clusters).map(([name, cluster]) => [
        name,
        { ...cluster, nodePools: { general: { machineType: "e2-standard-4", min: 20, max: 30 } } },
      ]),
    ),
  };
  writeFileSync(
    join(root, "ecosystem.config.ts"),
    `const config = ${JSON.stringify(config, null, 2)};\nexport default { ...config, ...${JSON.stringify(says)} };\n`,
  );
  const digest = `sha256:${"0".repeat(64)}`;
  writeFileSync(
    join(root, "ecosystem.images.json"),
    JSON.stringify({ web: { staging: digest, production: digest }, api: { production: digest } }),
  );
  return root;
}

const check = async (says: object, ...args: string[]) => runCli(["check", ...args], { cwd: project(says) });

test("one idea is one finding with its nineteen places", async () => {
  const { code, stderr } = await check({});
  assert.is(code, 1);
  assert.match(stderr, /^ecosystem\.config\.ts:\d+:\d+ {2}error {2}images\/digest-in-production in 19 places$/m);
  assert.is(stderr.match(/^ {2}│ {3}ecosystem\.config\.ts:\d+:\d+ {2}services\.service-\d+\.image$/gm)?.length, 18);
  assert.match(stderr, "\n1 error in 19 places\n");
});

test("lowered to a warning, the config is sound, and says so", async () => {
  const { code, stderr } = await check({ checks: { "images/digest-in-production": "warning" } });
  assert.is(code, 0, stderr);
  assert.match(stderr, "\n1 warning in 19 places\nthe config is sound, with 1 remark\n");
});

test("what is off is named", async () => {
  const { code, stderr } = await check({ checks: { "images/digest-in-production": "off" } });
  assert.is(code, 0, stderr);
  assert.match(stderr, "\n1 check is off: images/digest-in-production\n");
});

test("a warning that is raised stops the run", async () => {
  const says = { checks: { "images/digest-in-production": "off", "ignore/no-match": "error" } };
  const ignore = [{ check: ID, at: "services.web", reason: "because" }];
  const { code, stderr } = await check({ ...says, ignore });
  assert.is(code, 1, stderr);
  assert.match(
    stderr,
    /error {2}ignore\/no-match\n {2}│ nothing of scaling\/single-replica-in-production is at services\.web/,
  );
});

const IGNORED = {
  checks: { "images/digest-in-production": "warning" },
  ignore: [
    {
      check: "images/digest-in-production",
      at: "services.*.image",
      reason: "their vendor publishes none",
      until: "2027-03-31",
    },
  ],
};

test("what is ignored is counted, and --verbose says each with its reason", async () => {
  const plain = await check(IGNORED);
  assert.is(plain.code, 0, plain.stderr);
  assert.match(plain.stderr, /^the config is sound$/m);
  assert.match(plain.stderr, "\n19 findings are ignored (--verbose shows them, with the reason)\n");
  const verbose = await check(IGNORED, "--verbose");
  assert.match(verbose.stderr, "\n19 findings are ignored:\n");
  assert.is(
    verbose.stderr.match(
      /^ {2}ecosystem\.config\.ts:\d+:\d+ services\.service-\d+\.image: images\/digest-in-production: .* \(their vendor publishes none; until 2027-03-31\)$/gm,
    )?.length,
    19,
    verbose.stderr,
  );
});

test("json has it marked in a list of its own, SARIF as suppressed", async () => {
  const { diagnostics, ignored, summary } = JSON.parse((await check(IGNORED, "--reporter", "json")).stdout);
  assert.equal([diagnostics.length, ignored.length, summary.warnings], [0, 19, 0]);
  assert.is(ignored[0].ignored.by, "ignore[0]");
  assert.ok(ignored[0].position.line > 0);
  const [{ results }] = JSON.parse((await check(IGNORED, "--reporter", "sarif")).stdout).runs;
  assert.is(results.length, 19);
  for (const { suppressions } of results)
    assert.equal(
      suppressions.map(({ kind, justification }: Record<string, string>) => [kind, justification]),
      [["inSource", "their vendor publishes none (until 2027-03-31)"]],
    );
});

test("--as-of alone judges the day", async () => {
  assert.is((await check(IGNORED, "--as-of", "2027-03-31")).code, 0);
  const { code, stderr } = await check(IGNORED, "--as-of", "2027-04-01");
  assert.is(code, 1);
  assert.match(stderr, "error  ignore/expired");
});

const ENFORCED: [enforcement: string | undefined, code: number, severity: string][] = [
  [undefined, 1, "error"],
  ["dryrun", 0, "warning"],
  ["warn", 0, "warning"],
  ["deny", 1, "error"],
];
for (const [enforcement, code, severity] of ENFORCED)
  test(`enforcement ${enforcement ?? "left out"}: what breaks a policy is a ${severity}, for pull requests as well`, async () => {
    const says = {
      checks: { "images/digest-in-production": "off" },
      security: { ...base.security, ...(enforcement && { policies: { enforcement } }) },
    };
    const root = project(says);
    const run = await runCli([], { cwd: root });
    assert.is(run.code, code, run.stderr);
    assert.match(run.stderr, new RegExp(`${severity} {2}policy/image-digests in 19 places$`, "m"));
    if (code !== 0) return;
    const { eco } = JSON.parse(readFileSync(join(root, "generated/policies/data.json"), "utf8"));
    assert.equal(eco.levels, { findings: "warning", policies: {} });
  });

test.run();
