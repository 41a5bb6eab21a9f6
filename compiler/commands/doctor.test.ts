import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import glob from "fast-glob";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { CLI } from "../../test/support/build.ts";
import { painter } from "../diagnostics/color.ts";
import { PACKAGE_ROOT, packageVersion } from "../package-root.ts";
import { kinds, ofContext } from "./doctor/cluster.ts";
import { formatFindings } from "./doctor/finding.ts";
import { gitFindings } from "./doctor/git.ts";
import { machineFindings, TOOLS } from "./doctor/machine.ts";
import { projectFindings } from "./doctor/project.ts";

const test = suite("doctor");
const folder = mkdtempSync(join(tmpdir(), "eco-doctor-"));
const servers: Server[] = [];
test.after(() => {
  rmSync(folder, { recursive: true });
  servers.forEach((server) => server.close());
});

const cli = (cwd: string, ...args: string[]) => spawnSync(process.execPath, [CLI, ...args], { cwd, encoding: "utf8" });

/** A started project in a repository. */
function project(name: string): string {
  const path = join(folder, name);
  mkdirSync(path);
  spawnSync("git", ["init", "-q"], { cwd: path });
  assert.is(cli(path, "init").status, 0);
  return path;
}

/** `about` → `level found`, and the exit code. */
function doctor(cwd: string): { status: number | null; lines: Record<string, string>; stdout: string } {
  const { status, stdout } = cli(cwd, "doctor");
  const rows = [...stdout.matchAll(/^(ok|warn|fail) +(\S+(?: \S+)*?) {2,}(.*)$/gm)];
  return {
    status,
    stdout,
    lines: Object.fromEntries(rows.map(([, level, about, found]) => [about, `${level} ${found}`])),
  };
}

test("a compiled project in order is said to be so", () => {
  const path = project("good");
  assert.is(cli(path).status, 0);
  const { status, lines } = doctor(path);
  assert.is(status, 0);
  assert.is(lines["config"], "ok 2 services on 2 clusters");
  assert.match(lines["generated"]!, /^ok \d+ files up to date$/);
  assert.is(lines["last run"], "ok left nothing behind");
  assert.is(lines[".gitattributes"], "ok generated/ is marked");
  assert.is(lines[".gitignore"], "ok what is written is committed, what Terraform leaves is not");
  assert.is(lines["eco-compile"], `ok ${packageVersion()}, as package.json says (${packageVersion()})`);
});

test("each thing out of order is said with what to do", () => {
  const path = project("stale");
  assert.is(doctor(path).lines["generated"], "warn nothing compiled yet");
  cli(path);

  const config = readFileSync(join(path, "ecosystem.config.ts"), "utf8");
  writeFileSync(join(path, "ecosystem.config.ts"), config.replace("weight: 10", "weight: 15"));
  rmSync(join(path, ".gitattributes"));
  writeFileSync(join(path, "package.json"), '{ "devDependencies": { "eco-compile": "9.9.9" } }');
  writeFileSync(join(path, ".eco-compile/locks/1.1.elsewhere"), "");
  const { status, stdout, lines } = doctor(path);
  assert.is(status, 0, "warnings are no failure");
  assert.match(lines["generated"]!, /^warn \d+ files not up to date/);
  assert.match(lines[".gitattributes"]!, /^warn generated\/ is not marked/);
  assert.match(lines["eco-compile"]!, /but package.json says 9.9.9$/);
  assert.match(lines["last run"]!, /^warn 1 lock in /);
  assert.match(stdout, "→ run eco-compile and commit what it writes");
  assert.match(
    stdout,
    "→ add the line: generated/** -text -ident !filter !working-tree-encoding !diff linguist-generated=true",
  );
  assert.match(stdout, /\d warnings\n$/);
});

test("what git would do to the project's files is asked of git", () => {
  const path = join(folder, "asked");
  mkdirSync(path);
  const found = (name: string, written?: string[]): string =>
    gitFindings(path, written)!
      .filter(({ about }) => about === name)
      .map(({ level, found }) => `${level} ${found}`)
      .join();
  assert.is(gitFindings(path), undefined);
  spawnSync("git", ["init", "-q"], { cwd: path });
  for (const [line, expected] of [
    ["", /^warn git may check generated\/manifest\.json out with other bytes \(text: unspecified\)/],
    ["generated/** text eol=lf", /\(text: set\)/],
    [
      "generated/** -text\n*.wasm filter=lfs",
      /^warn git may check generated\/lib\/policies\/dist\/policy\.wasm .*\(filter: lfs\)/,
    ],
    ["generated/** -text ident", /\(ident: set\)/],
    ["generated/** -text working-tree-encoding=UTF-16", /\(working-tree-encoding: UTF-16\)/],
    ["generated/** -text", /^ok /],
  ] as const) {
    writeFileSync(join(path, ".gitattributes"), `generated/** linguist-generated\n${line}\n`);
    assert.match(found(".gitattributes"), expected);
  }
  writeFileSync(join(path, ".gitattributes"), "generated/** linguist-generated -text\n*.zip text\n");
  assert.match(
    found(".gitattributes", ["generated/a.zip"]),
    /check generated\/a\.zip out/,
    "every written file is asked for",
  );
  for (const [list, expected] of [
    [
      ".terraform/\n*.tfplan\n/generated/**/*.tfvars*\nnode_modules/",
      /^warn git would take generated\/terraform\/gcp\/a\/terraform\.tfstate, and 3 other files/,
    ],
    ["*.yaml", /^warn \.gitignore:1 \(\*\.yaml\) keeps .*\.yaml out of git$/],
    [".terraform*", /keeps generated\/terraform\/gcp\/a\/\.terraform\.lock\.hcl out of git/],
  ] as const) {
    writeFileSync(join(path, ".gitignore"), `${list}\n`);
    assert.match(found(".gitignore"), expected);
  }
});

test("a config with errors fails, and so does a hand-edited file", () => {
  const path = project("broken");
  cli(path);
  const services = readFileSync(join(path, "ecosystem/shop.ts"), "utf8");
  writeFileSync(join(path, "ecosystem/shop.ts"), services.replace('service: "api"', 'service: "apj"'));
  let { status, lines } = doctor(path);
  assert.is(status, 1);
  assert.is(lines["config"], "fail 1 error");
  assert.match(lines["generated"]!, /^warn unknown/);

  writeFileSync(join(path, "ecosystem/shop.ts"), services);
  const edited = glob.sync("generated/clusters/*/services/web/values.yaml", { cwd: path })[0]!;
  writeFileSync(join(path, edited), "edited: true\n");
  ({ status, lines } = doctor(path));
  assert.is(status, 1);
  assert.is(lines["config"], "ok 2 services on 2 clusters");
  assert.is(lines["generated"], `fail ${edited} was changed by hand since eco-compile wrote it`);
});

test("without a config it says where to get one", () => {
  const missing = {
    id: "load/config-missing",
    severity: "error",
    at: "",
    message: "ecosystem.config.ts does not exist",
    hint: "run `eco-compile init` to write one",
  } as const;
  const [config, generated] = projectFindings(folder, {
    ok: false,
    diagnostics: [missing],
    ignored: [],
    off: [],
    timings: {},
  });
  assert.equal(config, { about: "config", level: "fail", found: missing.message, remedy: missing.hint });
  assert.is(generated!.level, "warn");
});

test("programs are missing, too old, unreadable or good", () => {
  const said: Record<string, string> = {
    git: "git version 2.39.5 (Apple Git-154)",
    tofu: "OpenTofu v1.9.1\non linux_amd64",
    helm: "v3.19.0+g3d8990f",
    opa: "no digits",
  };
  const found = machineFindings("v20.18.3", (name) => said[name]);
  assert.equal(
    found.map(({ level, about, found }) => `${level} ${about} ${found}`),
    [
      "fail node 20.18.3",
      "ok git 2.39.5",
      "warn tofu 1.9.1",
      "ok helm 3.19.0",
      "warn opa there, but its version cannot be read",
      "warn kubectl not found",
    ],
  );
  assert.ok(found.every(({ level, remedy }) => (level === "ok") === (remedy === undefined)));
});

test("Terraform's range is the modules' own", () => {
  const required = glob
    .sync("terraform-modules/*/*/versions.tf", { cwd: PACKAGE_ROOT })
    .map((file) =>
      /required_version = "([^"]*)"/.exec(readFileSync(join(PACKAGE_ROOT, file), "utf8"))![1]!.replaceAll(" ", ""),
    );
  assert.equal([...new Set(required)], [TOOLS.find(({ names }) => names.includes("terraform"))!.range]);
});

test("contexts as the clouds' own tools name them lead to the cluster", () => {
  const clusters = [{ name: "production" }, { name: "staging" }] as never;
  const name = (context: string) => ofContext(context, clusters)?.name;
  assert.is(name("gke_acme-platform_europe-west4_staging"), "staging");
  assert.is(name("arn:aws:eks:eu-west-3:111122223333:cluster/production"), "production");
  assert.is(name("staging"), "staging");
  assert.is(name("kind-staging"), undefined);
});

test("kinds that are not served are named with their version, each once", async () => {
  const object = (apiVersion: string, kind: string) => ({ apiVersion, kind });
  const served = async (group: string) => ({ apps: ["Deployment"], "argoproj.io": ["Rollout"] })[group] ?? [];
  const { level, found } = await kinds(
    [
      object("v1", "Namespace"),
      object("apps/v1", "Deployment"),
      object("argoproj.io/v1alpha1", "Rollout"),
      object("argoproj.io/v1alpha1", "AnalysisTemplate"),
      object("chaos-mesh.org/v1alpha1", "Schedule"),
      object("chaos-mesh.org/v1alpha1", "Schedule"),
    ],
    served,
  );
  assert.is(level, "warn");
  assert.is(found, "not served: AnalysisTemplate (argoproj.io/v1alpha1), Schedule (chaos-mesh.org/v1alpha1)");
  assert.is((await kinds([object("apps/v1", "Deployment")], served)).level, "ok");
});

test("--cluster asks the API server of the current context", async () => {
  const path = project("cluster");
  const asked: string[] = [];
  let gitVersion = "v1.20.4";
  const server = createServer(({ url = "" }, response) => {
    asked.push(url);
    const json = (body: unknown, status = 200) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    if (url === "/version/" || url === "/version") return json({ gitVersion, major: "1", minor: "20" });
    if (url === "/apis/argoproj.io/v1alpha1/" || url === "/apis/argoproj.io/v1alpha1")
      return json({
        groupVersion: "argoproj.io/v1alpha1",
        resources: [{ kind: "Rollout", name: "rollouts", singularName: "", namespaced: true, verbs: [] }],
      });
    return json({ kind: "Status", code: 404 }, 404);
  });
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const kubeconfig = join(folder, "kubeconfig");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  writeFileSync(
    kubeconfig,
    JSON.stringify({
      apiVersion: "v1",
      kind: "Config",
      "current-context": "here",
      contexts: [{ name: "here", context: { cluster: "gke_acme_europe-west4_staging", user: "me" } }],
      clusters: [{ name: "gke_acme_europe-west4_staging", cluster: { server: url, "insecure-skip-tls-verify": true } }],
      users: [{ name: "me", user: {} }],
    }),
  );
  const { status, stdout } = await cluster(path, kubeconfig);
  assert.is(status, 0, stdout);
  assert.match(stdout, /warn +cluster +here is staging: Kubernetes v1\.20\.4, but the config says 1\.\d+/);
  assert.match(stdout, "clusters.staging.version");
  assert.match(stdout, /warn +kinds +not served: .*AnalysisTemplate \(argoproj\.io\/v1alpha1\)/);
  assert.not.match(stdout, /[ ,:]Rollout \(/);
  assert.ok(asked.every((path) => path.startsWith("/apis/") || path.startsWith("/version")));

  gitVersion = `v${/but the config says (\S+)/.exec(stdout)![1]}.7-gke.100`;
  assert.match((await cluster(path, kubeconfig)).stdout, /ok +cluster +here is staging, Kubernetes v1\./);

  server.close();
  server.closeAllConnections();
  const down = await cluster(path, kubeconfig);
  assert.is(down.status, 1);
  assert.match(down.stdout, /fail +cluster +here does not answer: .*ECONNREFUSED/);
  const none = await cluster(path, join(folder, "no-such-kubeconfig"));
  assert.is(none.status, 1);
  assert.match(none.stdout, /fail +cluster +the kubeconfig cannot be read/);
  assert.match((await cluster(path, "")).stdout, /fail +cluster +there is no current context/);
});

/** Not synchronous: the server lives in this process. */
function cluster(cwd: string, kubeconfig: string): Promise<{ status: number | null; stdout: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [CLI, "doctor", "--cluster"], {
      cwd,
      env: { ...process.env, KUBECONFIG: kubeconfig, HOME: folder, USERPROFILE: folder },
      stdio: ["ignore", "pipe", "inherit"],
    });
    let stdout = "";
    child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    child.on("close", (status) => resolve({ status, stdout }));
  });
}

test("the table lines up, and counts", () => {
  const findings = [
    { about: "node", level: "ok", found: "22.1.0" },
    { about: "config", level: "fail", found: "1 error", remedy: "mend it" },
  ] as const;
  assert.is(
    formatFindings(findings, painter(false)),
    "ok    node    22.1.0\nfail  config  1 error\n              → mend it\n\n1 failure\n",
  );
  assert.match(formatFindings(findings.slice(0, 1), painter(false)), /\nall is well\n$/);
});

test.run();
