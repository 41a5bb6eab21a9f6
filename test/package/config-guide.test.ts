import { readFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { compile } from "../../compiler/compile.ts";
import { MODULE_ALIAS, PACKAGE_ROOT } from "../../compiler/package-root.ts";
import { loadInputs } from "../../compiler/1-load/index.ts";
import { readLock } from "../../compiler/lock/file.ts";
import type { Topology } from "../../compiler/topology/index.ts";
import { brief, diagnose, inputsOfExample, type Example } from "../errors/example.ts";
import { soundProject } from "../support/sound-project.ts";

/** The examples of docs/config.md do what the text around them says. */
const test = suite("examples of docs/config.md");

const page = readFileSync(join(PACKAGE_ROOT, "docs/config.md"), "utf8");
const section = (title: string): string => new RegExp(`^## ${title}\\n([^]*?)^## `, "m").exec(page)![1]!;

const NOTHING: Example = { config: "", images: "", tuning: "", lock: "" };
const PARTS: Record<string, keyof Example> = {
  ts: "config",
  "json ecosystem.images.json": "images",
  "json ecosystem.tuning.json": "tuning",
  "json ecosystem.lock.json": "lock",
};

/** A part of a config begins an example, and a companion does where there is none to go with. */
function examplesIn(title: string): Example[] {
  const examples: Example[] = [];
  for (const [, info, text] of section(title).matchAll(/^```(.+)\n([^]*?)^```$/gm)) {
    const part = PARTS[info!]!;
    const last = examples.at(-1);
    if (last !== undefined && last.config !== "" && part !== "config" && last.tuning === "")
      Object.assign(last, { [part]: text });
    else examples.push({ ...NOTHING, [part]: text });
  }
  return examples;
}

/** What an example is compiled to, without an error. */
async function compiled(example: Example) {
  const result = await compile({ root: "/nowhere", mode: "emit", inputs: inputsOfExample(example) });
  assert.equal(brief(result.diagnostics.filter(({ severity }) => severity === "error")), []);
  return result as typeof result & { topology: Topology };
}

test("the companions", async () => {
  const [images, tuning, lock, ...others] = examplesIn("Files beside the config");
  assert.equal(others, []);
  assert.equal(brief(diagnose(images!)), []);
  const { topology } = await compiled(images!);
  const web = topology.workloads.filter(({ name }) => name === "web");
  assert.ok(web.length > 1 && web.every(({ image }) => image.digest?.startsWith("sha256:9f86d08")));

  assert.equal(brief(diagnose(tuning!)), []);
  const tuned = (await compiled(tuning!)).topology.workloads.filter(({ name }) => name === "web");
  assert.ok(
    tuned.every(({ scaling }) => JSON.stringify(scaling).includes('"max":6')),
    JSON.stringify(tuned[0]!.scaling),
  );

  assert.equal(readLock(lock!.lock).faults, []);
  const kept = (await compiled(lock!)).topology.clouds[0]!.regions.find(({ name }) => name === "europe-west1");
  assert.is(kept!.subnet.pods, "100.101.128.0/17");
});

test("accounts: all that they lack is who applies them", async () => {
  const [example, ...others] = examplesIn("Accounts");
  assert.equal(others, []);
  assert.equal(
    [...new Set(diagnose(example!).map(({ id }) => id))],
    ["reference/shared-identity"],
    "as the text says: an account beside that of the management cluster needs an identity",
  );
});

test("what differs: the narrower wins, and null takes away", async () => {
  const [example, ...others] = examplesIn("What differs");
  assert.equal(others, []);
  assert.equal(brief(diagnose(example!)), []);
  const { topology } = await compiled(example!);
  const on = (cluster: string) =>
    topology.workloads.find((workload) => workload.name === "web" && workload.cluster.name === cluster)!;
  assert.equal(
    ["test", "main"].map((cluster) => {
      const { exposure, strategy, config, gracePeriod } = on(cluster);
      return [exposure!.hosts[0], exposure!.port, strategy.kind, config.env["QUEUE"], gracePeriod];
    }),
    [
      ["shop.staging.acme.example", "http", "rolling", undefined, "30s"],
      ["shop.acme.example", "http", "canary", "orders", "45s"],
    ],
  );
});

test("addresses of services: what the comments say is what a variable is", async () => {
  const [example, ...others] = examplesIn("Addresses of services");
  assert.equal(others, []);
  assert.equal(brief(diagnose(example!)), []);
  const { topology } = await compiled(example!);
  const { config } = topology.workloads.find(({ name }) => name === "web")!;
  assert.equal(config.env, {
    API_ADDR: "api.shop:80",
    API_DSN: "grpc://api.shop:80/orders",
    API_HOST: "api.shop",
    API_PORT: "80",
    API_URL: "http://api.shop:80/v1",
  });
  assert.equal(config.fields, { POD: "metadata.name" });
});

test("secrets in the configuration: variables are keys of those Secrets that the text names", async () => {
  const [example, ...others] = examplesIn("Secrets in the configuration");
  assert.equal(others, []);
  assert.equal(brief(diagnose(example!)), []);
  const { topology } = await compiled(example!);
  const { keys, rendered } = topology.workloads.find(({ name }) => name === "web")!.config;
  assert.equal([keys["DB_PASSWORD"]!.name, keys["DB_PASSWORD"]!.key], ["db", "password"]);
  assert.match(rendered.env!.name, /^web-env-[0-9a-f]{8}$/);
  assert.equal(
    rendered.env!.texts["DB_URL"]!.map((part) => (typeof part === "string" ? part : part.key)),
    ["postgres://", "user", ":", "password", "@api.shop:80/shop"],
  );
});

test("configuration from files: it is that of the files that the text names", async () => {
  const [example, ...others] = examplesIn("Configuration from files");
  assert.equal(others, []);
  const root = soundProject({
    "ecosystem.config.ts": `import shop from "./ecosystem/shop.ts";
const { in: differs, ...web } = shop.services.web;
Object.assign(base.services.web, web, { in: differs });
export default base;
`,
    "ecosystem/shop.ts": `import { file, folder } from "eco-compile";\nexport default {\n${example!.config}};\n`,
    "ecosystem/conf/motd.txt": "Welcome\n",
    "ecosystem/conf/web/a.yaml": "a",
    "ecosystem/conf/web/.b.yaml.swp": "b",
    "ecosystem/conf/features.json": "{}",
    "ecosystem/conf/features.staging.json": "[]",
  });
  const { diagnostics, topology } = await compile({ root, mode: "emit" });
  assert.equal(brief(diagnostics.filter(({ severity }) => severity === "error")), []);
  assert.equal(
    topology!.workloads
      .filter(({ name }) => name === "web")
      .map(({ environment, config }) => [environment.name, config.env, config.files])
      .sort(),
    [
      ["production", { MOTD: "Welcome\n" }, { "a.yaml": "a", "features.json": "{}" }],
      ["staging", { MOTD: "Welcome\n" }, { "a.yaml": "a", "features.json": "[]" }],
    ],
  );
});

test("addresses: what is written holds, what is not is chosen out of the ranges that the table names", async () => {
  const [example, ...others] = examplesIn("Addresses");
  assert.equal(others, []);
  assert.equal(brief(diagnose(example!)), []);
  const { regions } = (await compiled(example!)).topology.clouds[0]!;
  const [written, chosen] = regions.map(({ subnet }) => subnet);
  assert.equal([written!.pods, written!.services], ["100.64.0.0/17", "172.20.0.0/20"]);
  assert.match(chosen!.pods!, /^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.\d+\.0\/17$/);
  assert.match(chosen!.services, /^172\.2[0-3]\.\d+\.0\/20$/);
});

test("patches: each matches, and nothing is wrong with what it makes", async () => {
  const [example, ...others] = examplesIn("Patches");
  assert.equal(others, []);
  const { emission, topology } = await compiled(example!);
  const patched = new Set(emission!.artifacts.flatMap(({ patches = [] }) => patches));
  assert.equal([...patched].sort(), topology.patches.map(({ source }) => source).sort());
  assert.is(topology.patches.length, 4);
});

test("levels and ignores: what the example accepts is there, and accepted", async () => {
  const [example, ...others] = examplesIn("Levels and ignores");
  assert.equal(others, []);
  assert.equal(brief(diagnose(example!)), []);
  const { ignored } = await compiled(example!);
  assert.equal(
    ignored.map(({ at }) => at),
    ["services.api.scaling.min"],
  );
});

test("files of teams: they are one config, whose references are there", async () => {
  const files = Object.fromEntries(
    [...section("Files of teams").matchAll(/^```ts\n\/\/ (\S+\.ts)[^\n]*\n([^]*?)^```$/gm)].map(([, path, text]) => [
      path!,
      text!,
    ]),
  );
  assert.equal(Object.keys(files), ["ecosystem/eco.ts", "ecosystem/shop.ts", "ecosystem.config.ts"]);
  const config = files["ecosystem.config.ts"]!.replace(/^.*clouds, environments.*$/m, "  ...base,");
  const root = soundProject({
    ...files,
    "ecosystem.config.ts": config,
    "ecosystem/payments.ts": files["ecosystem/shop.ts"]!.replaceAll("cart", "till").replaceAll(
      /front-?[pP]roxy/g,
      "desk",
    ),
  });
  const { config: loaded } = await loadInputs({ root, moduleAlias: MODULE_ALIAS });
  assert.equal(Object.keys((loaded as { services: object }).services), ["cart", "front-proxy", "desk", "till"]);
});

test.run();
