import { readFileSync } from "node:fs";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Ecosystem } from "../../config/model/ecosystem.ts";
import type { Experiment as ConfigExperiment } from "../../config/model/resilience.ts";
import type { Artifact } from "../../5-emit/artifact.ts";
import { serialise } from "../../5-emit/serialise.ts";
import { verify } from "../../6-verify/index.ts";
import { PACKAGE_ROOT } from "../../package-root.ts";
import { projectTopology, topologyOf } from "../../../test/support/topology.ts";
import target from "./index.ts";
import { BASE, ecosystemWith, emitFor, objectsOf } from "./test/ecosystem.ts";

const test = suite("the chaos-mesh target");
const LOSS: ConfigExperiment = { ...BASE, kind: "network-loss", loss: "1%" };
const HTTP: ConfigExperiment = { ...BASE, kind: "http-fault", requests: "10%", status: 503, delay: "2s" };

const TEST = [
  "generated/clusters/test/services/api/manifests/chaos.yaml",
  "generated/clusters/test/platform/slo-gate/values.yaml",
  "generated/clusters/test/platform/slo-gate/manifests/workflow-annotations.yaml",
];
const PROD = TEST.map((path) => path.replace("/test/", "/prod/"));
const pathsFor = (...from: Parameters<typeof emitFor>) =>
  emitFor(...from)
    .map(({ path }) => path)
    .sort();

test("an experiment is in the environments that release it, and nowhere else", () => {
  assert.equal(pathsFor(LOSS), [...TEST].sort());
  assert.equal(pathsFor(LOSS, { released: ["production"] }), [...PROD].sort());
  assert.equal(pathsFor(LOSS, { released: ["staging", "production"] }), [...TEST, ...PROD].sort());
  assert.equal(pathsFor(LOSS, { released: [] }), []);
});

test("one switch turns all of it off", () => {
  assert.equal(pathsFor(LOSS, { released: ["staging", "production"], enabled: false }), []);
  assert.equal(pathsFor(HTTP, { enabled: false }), []);
});

test("the folder that Argo CD reads is there although nothing can happen on this cluster", () => {
  const [file] = emitFor({ ...BASE, kind: "zone-outage", zone: "eu-west-1a" });
  assert.is(file!.path, TEST[0]);
  assert.equal(objectsOf([file!]), []);
});

test("files name the experiments that they come from", () => {
  assert.equal(
    emitFor(LOSS).map(({ source }) => source),
    ["resilience.experiments.harm", "resilience", "resilience"],
  );
});

async function findings(artifacts: readonly Artifact[], topology: Parameters<typeof verify>[1]) {
  const made = artifacts.map((artifact) => ({ ...artifact, target: target.name }));
  const files = made.map((artifact) => ({
    path: artifact.path,
    content: serialise(artifact),
    target: target.name,
    source: artifact.source,
  }));
  return (await verify({ artifacts: made, files }, topology)).diagnostics.map(({ message }) => message);
}

const EVERY: ConfigExperiment[] = [
  LOSS,
  HTTP,
  { ...BASE, kind: "pod-kill" },
  { ...BASE, kind: "network-delay", latency: "100ms" },
  { ...BASE, kind: "network-partition", from: "store" },
  { ...BASE, kind: "cpu-stress", workers: 1 },
  { ...BASE, kind: "memory-stress", size: "64Mi" },
  { ...BASE, kind: "dns-fault", patterns: ["a.example.com"] },
  { ...BASE, kind: "zone-outage", zone: "eu-west-3a" },
];
for (const experiment of EVERY) {
  test(`what ${experiment.kind} becomes passes the schemas, the charts and the policies`, async () => {
    const topology = topologyOf(ecosystemWith(experiment));
    assert.equal(await findings(target.emit(topology, {}), topology), []);
  });
}
test("and so does an HTTP fault outside the mesh", async () => {
  const topology = topologyOf(
    ecosystemWith({ ...BASE, kind: "http-fault", requests: "100%", status: 503, abortOn: ["own"] }, { mesh: false }),
  );
  assert.ok(objectsOf(target.emit(topology, {})).every(({ kind }) => kind === "Schedule" || kind === "AssignMetadata"));
  assert.equal(await findings(target.emit(topology, {}), topology), []);
});
test("the reference ecosystem", async () => {
  const topology = await projectTopology();
  assert.equal(await findings(target.emit(topology, {}), topology), []);
});

test("a DNS fault lets the workload out to what answers in the place of the cluster's DNS", () => {
  const fault: ConfigExperiment = { ...BASE, kind: "dns-fault", patterns: ["a.example.com"] };
  const opened = objectsOf(emitFor(fault)).filter(({ kind }) => kind === "NetworkPolicy");
  assert.equal(
    opened.map(({ metadata, spec }) => [metadata.name, metadata.namespace, spec]),
    [
      [
        "api-harm",
        "red",
        {
          podSelector: { matchLabels: { "app.kubernetes.io/name": "api" } },
          policyTypes: ["Egress"],
          egress: [
            {
              to: [
                {
                  namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "chaos-mesh" } },
                  podSelector: { matchLabels: { "app.kubernetes.io/component": "chaos-dns-server" } },
                },
              ],
              ports: [
                { port: 5353, protocol: "UDP" },
                { port: 5353, protocol: "TCP" },
              ],
            },
          ],
        },
      ],
    ],
  );
});

test("in the last environment the components' images are pinned", async () => {
  const topology = topologyOf(ecosystemWith(HTTP, { released: ["production"] }));
  const digest = `sha256:${"a".repeat(64)}` as const;
  assert.equal(
    (await findings(target.emit(topology, {}), topology)).map((message) => message.replace(/ in .*: /, ": ")),
    [
      "values of slo-gate: image ghcr.io/acme/slo-gate:0.1.0 is not pinned by a sha256 digest",
      "CronJob api-harm: image ghcr.io/acme/http-fault:0.1.0 is not pinned by a sha256 digest",
    ].sort(),
  );
  const pinned = { sloGate: { digest }, httpFault: { image: "ghcr.io/acme/tools/http-fault", digest } };
  assert.equal(await findings(target.emit(topology, pinned), topology), []);
  assert.match(JSON.stringify(target.emit(topology, pinned)), `ghcr.io/acme/tools/http-fault@${digest}`);
});

test("images are those of the components' own versions, where the delivery pipeline or the repository's owner has them", () => {
  const version = (component: string) =>
    (JSON.parse(readFileSync(`${PACKAGE_ROOT}runtime/${component}/package.json`, "utf8")) as { version: string })
      .version;
  const images = (config: Ecosystem) =>
    JSON.stringify(target.emit(topologyOf(config), {})).match(/"(repository|tag|image)":"[^"]*"/g);
  assert.equal(images(ecosystemWith(HTTP)), [
    `"image":"ghcr.io/acme/http-fault:${version("http-fault")}"`,
    '"repository":"ghcr.io/acme/slo-gate"',
    `"tag":"${version("slo-gate")}"`,
  ]);
  assert.equal(
    images({ ...ecosystemWith(LOSS), delivery: { registries: ["reg.example/tools", "other.example"] } })![0],
    '"repository":"reg.example/tools/slo-gate"',
  );
  assert.equal(
    images({ ...ecosystemWith(LOSS), repository: { url: "git@github.com:Acme/eco.git", revision: "main" } })![0],
    '"repository":"ghcr.io/acme/slo-gate"',
  );
});

test("every Workflow gets the annotation that an abort needs to be written", () => {
  const [mutation] = objectsOf(emitFor(LOSS)).filter(({ kind }) => kind === "AssignMetadata");
  assert.equal(mutation!["spec"], {
    match: { scope: "Namespaced", kinds: [{ apiGroups: ["chaos-mesh.org"], kinds: ["Workflow"] }] },
    location: 'metadata.annotations."eco-compile.dev/source"',
    parameters: { assign: { value: "resilience" } },
  });
});

test.run();
