import { Ajv } from "ajv";
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Experiment as ConfigExperiment } from "../../config/model/resilience.ts";
import type { Artifact } from "../../5-emit/artifact.ts";
import { PACKAGE_ROOT } from "../../package-root.ts";
import { projectTopology } from "../../../test/support/topology.ts";
import target from "./index.ts";
import { BASE, emitFor, objectsOf } from "./test/ecosystem.ts";

const test = suite("slo-gate's side of an experiment");
const valid = new Ajv({ strict: false }).compile(
  JSON.parse(readFileSync(`${PACKAGE_ROOT}schemas/runtime/slo-gate.schema.json`, "utf8")),
);

interface Config {
  prometheus: { timeout: string };
  services: Record<
    string,
    { slos: Record<string, { query: string; comparison: string; threshold: number; window: string }> }
  >;
}
interface Values {
  config: { files: Record<string, string> };
  networkPolicy: { ingress: { from: object[] }[] };
}
const valuesOf = (artifacts: readonly Artifact[]) =>
  artifacts.flatMap(({ body }) => (body.kind === "values" ? [body.data as unknown as Values] : []));
const configOf = (artifacts: readonly Artifact[]) =>
  JSON.parse(valuesOf(artifacts)[0]!.config.files["config.json"]!) as Config;
/** Addresses that something asks slo-gate at. */
const asked = (artifacts: readonly Artifact[]) =>
  [...new Set(JSON.stringify(objectsOf(artifacts)).match(/http:\/\/slo-gate\.[^"]*/g))].sort();

const LOSS: ConfigExperiment = { ...BASE, kind: "network-loss", loss: "1%", abortOn: ["good", "quick", "own"] };
/** Of the series that the service tells of itself. */
const OWN = 'namespace="red",app_kubernetes_io_name="api"';
const HTTP: ConfigExperiment = {
  ...BASE,
  kind: "http-fault",
  requests: "10%",
  status: 503,
  abortOn: ["good", "quick"],
};

test("holds every SLO that an experiment is aborted on, with the query that the service is measured by", () => {
  const { services } = configOf(emitFor(LOSS));
  const api = 'reporter="destination",destination_canonical_service="api",destination_workload_namespace="red"';
  assert.equal(Object.keys(services), ["red/api"]);
  const { good, own, quick } = services["red/api"]!.slos;
  // Four scrapes of 30 s.
  assert.equal([good!.window, good!.comparison, good!.threshold], ["120s", "gte", 0.99]);
  assert.is(
    good!.query,
    `((sum(increase(istio_requests_total{${api},response_code!~"5..",grpc_response_status!~"2|4|12|13|14|15"}[120s]))) or vector(0))\n/\n((sum(increase(istio_requests_total{${api}}[120s]))) >= 10)`,
  );
  assert.equal([quick!.comparison, quick!.threshold], ["lte", 300]);
  assert.match(own!.query, `sum(increase(ok{${OWN}}[120s]))`);
});

test("leaves out what the mesh injects, and watches the callers that promise the same instead", () => {
  const { services } = configOf(emitFor(HTTP));
  assert.equal(Object.fromEntries(Object.entries(services).map(([name, { slos }]) => [name, Object.keys(slos)])), {
    "blue/shop": ["good"],
    "red/api": ["good.uninjected", "quick.uninjected"],
  });
  const left = 'response_flags!~"(.*,)?(DI|FI)(,.*)?"';
  for (const { query } of Object.values(services["red/api"]!.slos))
    assert.is(query.split("istio_").length - 1, query.split(left).length - 1, "each series");
  assert.not.match(services["blue/shop"]!.slos["good"]!.query, left);
});

test("what counts for itself never saw what the mesh injects: nothing is left out of it", () => {
  const { services } = configOf(emitFor({ ...HTTP, abortOn: ["own"] }));
  const { query } = services["red/api"]!.slos["own.uninjected"]!;
  assert.match(query, `sum(increase(ok{${OWN}}[120s]))`);
  assert.not.match(query, "response_flags");
});

test("lets in Chaos Mesh's controller, Prometheus, and the pods of faults of the mesh", () => {
  const callers = (experiment: ConfigExperiment) =>
    valuesOf(emitFor(experiment))[0]!.networkPolicy.ingress.flatMap(({ from }) => from);
  const namespace = (name: string) => ({ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } } });
  const always = [
    {
      ...namespace("chaos-mesh"),
      podSelector: { matchLabels: { "app.kubernetes.io/component": "controller-manager" } },
    },
    { ...namespace("monitoring"), podSelector: { matchLabels: { "app.kubernetes.io/name": "prometheus" } } },
  ];
  assert.equal(callers(LOSS), always);
  assert.equal(callers(HTTP), [
    ...always,
    { ...namespace("red"), podSelector: { matchLabels: { "app.kubernetes.io/name": "api-harm" } } },
  ]);
});

const CASES: [string, () => Promise<Artifact[]> | Artifact[]][] = [
  ["faults of Chaos Mesh", () => emitFor(LOSS)],
  ["faults of the mesh", () => emitFor(HTTP)],
  ["the reference ecosystem", async () => target.emit(await projectTopology(), {})],
];
for (const [name, emit] of CASES) {
  test(`${name}: the real slo-gate starts with the configuration and knows every address that it is asked at`, async () => {
    const artifacts = await emit();
    const config = configOf(artifacts);
    assert.ok(valid(config), JSON.stringify(valid.errors));
    const urls = asked(artifacts);
    assert.is(
      urls.length,
      Object.values(config.services).flatMap(({ slos }) => Object.keys(slos)).length,
      "each is asked for, and nothing else is",
    );
    await withSloGate(config, async (base) => {
      for (const url of urls) {
        const { pathname } = new URL(url);
        // Without Prometheus no SLO holds; an address that slo-gate does not know would be 404.
        assert.is((await fetch(base + pathname)).status, 503, pathname);
        assert.is((await fetch(`${base}${pathname}x`)).status, 404);
      }
    });
  });
}

async function withSloGate(config: Config, use: (base: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "slo-gate-"));
  const file = join(folder, "config.json");
  writeFileSync(file, JSON.stringify({ ...config, prometheus: { ...config.prometheus, url: "http://127.0.0.1:9" } })); // discard: nothing listens there
  const child = spawn(
    process.execPath,
    ["--import", "tsx", `${PACKAGE_ROOT}runtime/slo-gate/main.ts`, "--config", file, "--listen", "127.0.0.1:0"],
    { cwd: PACKAGE_ROOT, stdio: ["ignore", "pipe", "inherit"] },
  );
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      const { message, address } = JSON.parse(line) as { message: string; address: { port: number } };
      if (message !== "listening") continue;
      await use(`http://127.0.0.1:${address.port}`);
      return;
    }
    throw new Error("slo-gate ended before it listened");
  } finally {
    child.kill("SIGKILL");
    rmSync(folder, { recursive: true });
  }
}

test.run();
