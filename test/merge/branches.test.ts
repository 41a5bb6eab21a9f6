import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { projectFacts } from "../../compiler/commands/init/facts.ts";
import { projectFiles } from "../../compiler/commands/init/templates.ts";
import { compile } from "../../compiler/compile.ts";
import type { CompileResult } from "../../compiler/run.ts";
import { temporaryFolder } from "../support/tree.ts";

/**
 * Two branches change services of their own, each with its compiled output, and git merges them: in the project that
 * `init` writes, its services in files of their own.
 */
const test = suite("branches");

const around = temporaryFolder("branches");
const root = join(around, "repository");
const fileOf = (service: string): string => join(root, `ecosystem/services/${service}.json`);

function git(...args: string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(
    "git",
    ["-C", root, "-c", "user.name=somebody", "-c", "user.email=somebody@example.com", ...args],
    { encoding: "utf8" },
  );
  return { status, output: stdout + stderr };
}

async function run(mode: "write" | "compare"): Promise<CompileResult> {
  const result = await compile({ root, mode });
  assert.ok(result.ok, result.diagnostics.map(({ id, message }) => `${id}: ${message}`).join("\n"));
  return result;
}

const SERVICE = {
  team: "shop",
  image: "ghcr.io/stefanprodan/podinfo",
  tag: "6.9.0",
  placement: { clusters: ["staging"] },
  ports: { http: { port: 80, targetPort: 9898 } },
  probes: {
    liveness: { kind: "http", port: "http", path: "/healthz" },
    readiness: { kind: "http", port: "http", path: "/readyz" },
  },
  slos: ["available"],
};
type Edit = () => void;
const save = (service: string, content: object): void =>
  writeFileSync(fileOf(service), JSON.stringify(content, null, 2));
const changed =
  (service: string, change: object): Edit =>
  () =>
    save(service, { ...JSON.parse(readFileSync(fileOf(service), "utf8")), ...change });
const added =
  (service: string): Edit =>
  () =>
    save(service, { ...SERVICE, team: "ops" });
const removed =
  (service: string): Edit =>
  () =>
    rmSync(fileOf(service));

const SPREAD = `...Object.fromEntries(
      readdirSync(new URL("./ecosystem/services/", import.meta.url)).sort().map((file) => [file.slice(0, -".json".length), JSON.parse(readFileSync(new URL(\`./ecosystem/services/\${file}\`, import.meta.url), "utf8"))]),
    ),`;

test.before(async () => {
  mkdirSync(root);
  mkdirSync(join(around, "node_modules")); // where transformed sources are kept, out of the way of git
  git("init", "-q", "-b", "main");
  for (const { path, content } of projectFiles(projectFacts(root, "shop"))) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  const config = join(root, "ecosystem.config.ts");
  const text = readFileSync(config, "utf8");
  const split = `import { readdirSync, readFileSync } from "node:fs";\n${text}`
    .replace("  services: {", `  services: {\n    ${SPREAD}`)
    .replace("teams: {", 'teams: {\n    ops: { contact: "#ops" },');
  writeFileSync(config, split);
  mkdirSync(join(root, "ecosystem/services"));
  for (const [index, name] of ["x0", "x1", "x2", "x3", "x4"].entries())
    save(name, index % 2 === 0 ? SERVICE : { ...SERVICE, team: "ops" });
  await run("write");
  git("add", "--all");
  assert.is(git("commit", "-qm", "base").status, 0);
});

/** Both edits, each on a branch of its own with its output; merges the second into the first. */
async function merged(ours: Edit, theirs: Edit): Promise<{ status: number | null; output: string }> {
  git("checkout", "-qf", "main");
  git("clean", "-qfdx");
  for (const [branch, edit] of [
    ["theirs", theirs],
    ["ours", ours],
  ] as const) {
    git("checkout", "-qfB", branch, "main");
    edit();
    await run("write");
    git("add", "--all");
    git("commit", "-qm", branch);
  }
  return git("merge", "-q", "--no-edit", "theirs");
}

const assertMerged = ({ status, output }: { status: number | null; output: string }): void =>
  assert.is(status, 0, output);

const CAREFUL = { slos: ["available", "fast"], rollout: "careful", traffic: "50/s" };
const CLEAN: readonly [name: string, ours: Edit, theirs: Edit][] = [
  [
    "neighbours: variables and replicas",
    changed("x0", { config: { env: { A: "1" } } }),
    changed("x1", { scaling: { min: 2, max: 4 } }),
  ],
  [
    "neighbours: resources and a dependency",
    changed("x2", { resources: { cpu: "300m" } }),
    changed("x3", { dependsOn: [{ service: "api", port: 80 }] }),
  ],
  ["rollouts where there is one already, which bring new files", changed("x0", CAREFUL), changed("x3", CAREFUL)],
  [
    "the first and the last: a rollout and an exposure",
    changed("x0", CAREFUL),
    changed("x4", { exposure: { hosts: ["a.example.com"], port: "http" } }),
  ],
  ["a removed one beside a changed one", removed("x2"), changed("x3", { resources: { cpu: "300m" } })],
  ["a changed one beside a removed one", changed("x1", { resources: { cpu: "300m" } }), removed("x2")],
  ["two that are not neighbours removed by one and the other", removed("x0"), removed("x3")],
  ["an added one and a changed one beside it", added("x00"), changed("x0", { resources: { cpu: "300m" } })],
];
for (const [name, ours, theirs] of CLEAN) {
  test(`${name}: merge without conflict, and need no run`, async () => {
    assertMerged(await merged(ours, theirs));
    const { plan, diagnostics } = await run("compare");
    assert.ok(plan!.clean, [...plan!.create, ...plan!.change, ...plan!.delete].map(({ path }) => path).join("\n"));
    assert.equal(
      diagnostics.filter(({ id }) => id.startsWith("write/")),
      [],
    );
  });
}

const PAGES: readonly [name: string, ours: Edit, theirs: Edit][] = [
  ["added side by side, in order", added("x00"), added("x01")],
  ["added side by side, the other way round", added("x01"), added("x00")],
  ["added at the end", added("zz"), added("z")],
  ["an added one at the end, and a removed one at the end", added("z"), removed("x4")],
  ["neighbours removed by one and the other", removed("x1"), removed("x2")],
  ["one removed, its neighbour's line changed", removed("x2"), changed("x3", CAREFUL)],
];
for (const [name, ours, theirs] of PAGES) {
  test(`${name}: merge without conflict; the next run at most puts a page in order`, async () => {
    assertMerged(await merged(ours, theirs));
    const { plan, diagnostics } = await run("write");
    assert.equal(
      [...plan!.create, ...plan!.delete, ...plan!.change]
        .map(({ path }) => path)
        .filter((path) => path !== "generated/clusters/staging/README.md"),
      [],
    );
    assert.equal(
      diagnostics.filter(({ id, severity }) => id.startsWith("write/") && severity !== "info"),
      [],
    );
    assert.ok((await run("compare")).plan!.clean);
  });
}

test("where nothing asks git for a union, the next run resolves what is in conflict, and keeps both sides", async () => {
  const attributes = join(root, ".gitattributes");
  const withoutUnion =
    (edit: Edit): Edit =>
    () => {
      writeFileSync(attributes, readFileSync(attributes, "utf8").replace(/.*merge=union.*\n/g, ""));
      edit();
    };
  const { status, output } = await merged(withoutUnion(added("x00")), withoutUnion(added("x01")));
  assert.is(status, 1);
  assert.match(output, "generated/manifest.json");
  const { diagnostics } = await run("write");
  assert.equal(
    diagnostics
      .filter(({ id }) => id.startsWith("write/"))
      .map(({ id }) => id)
      .sort(),
    ["write/manifest-conflict", "write/merged"],
  );
  assert.ok((await run("compare")).plan!.clean);
  git("add", "--all");
  assert.is(git("commit", "-qm", "merged").status, 0);
  assert.equal(git("grep", "-lE", "^(<<<<<<<|>>>>>>>)").output, "");
});

test("the same service changed by both is a conflict of its config, and of nothing that the next run does not resolve", async () => {
  const { status, output } = await merged(
    changed("x0", { resources: { cpu: "300m" } }),
    changed("x0", { resources: { cpu: "400m" } }),
  );
  assert.is(status, 1);
  assert.match(output, "ecosystem/services/x0.json");
  git("checkout", "--ours", "--", "ecosystem/services/x0.json");
  await run("write");
  assert.ok((await run("compare")).plan!.clean);
});

test.run();
