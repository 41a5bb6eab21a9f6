/** The mesh objects of each cluster, one by one under Istio's validation, and together under its analysis. */
import * as assert from "uvu/assert";
import type { Cluster } from "../../compiled/views.ts";
import { topologyOf } from "../../compiled/index.ts";
import type { Data, KubernetesObject } from "../../cluster/client.ts";
import { ChartRenderer, deliver, KUBERNETES, rootObjects, type Delivered } from "../../delivery/index.ts";
import { labSuite } from "../../lab-suite.ts";
import { ECOSYSTEMS } from "../../ecosystems.ts";
import { record } from "../../record/notes.ts";
import { analyze, validate, version, type Message } from "./istioctl.ts";

const test = labSuite("istio: validate and analyze", ["istioctl", "helm"]);

const ISTIO = { consumer: "istioctl", level: "schema" as const };
const charts = new ChartRenderer(KUBERNETES);

/** Cluster-wide kinds of what is delivered; everything else is where Argo CD puts it. */
const CLUSTER_WIDE =
  /^(APIService|AssignMetadata|ClusterRole|ClusterRoleBinding|ConstraintTemplate|CustomResourceDefinition|Eco.*|Mutating.*|Namespace|PriorityClass|StorageClass|ValidatingAdmission.*|ValidatingWebhook.*)$/;

const contentOf = (cluster: Cluster, project: string): Delivered[] =>
  [...deliver(rootObjects(cluster, project), charts)]
    .flatMap(({ objects }) => objects)
    .map((delivered) =>
      CLUSTER_WIDE.test(delivered.object.kind)
        ? delivered
        : {
            ...delivered,
            object: { ...delivered.object, metadata: { namespace: delivered.namespace, ...delivered.object.metadata } },
          },
    );

const isMesh = ({ object }: Delivered): boolean => /(^|\.)istio\.io\//.test(object.apiVersion);
/** Istio reads the names of a Service's ports. */
const isValidated = (delivered: Delivered): boolean =>
  isMesh(delivered) || (delivered.object.kind === "Service" && delivered.origin !== "upstream");

/** What is said of every EnvoyFilter, whatever is in it. */
const OF_EVERY_ENVOY_FILTER = /EnvoyFilter exposes internal implementation details that may change at any time/;

const findings = (objects: readonly KubernetesObject[]): string[] =>
  analyze(objects)
    .filter(({ message }) => !OF_EVERY_ENVOY_FILTER.test(message))
    .map(({ code, level, origin, message }: Message) => `${code} ${level} ${origin ?? ""}: ${message}`);

const invalid = (objects: readonly KubernetesObject[]): string =>
  validate(objects)
    .split("\n")
    .filter((line) => !OF_EVERY_ENVOY_FILTER.test(line) && !/has warnings|^\s*$/.test(line))
    .join("\n");

let sample: Delivered[];

for (const [ecosystem, project] of Object.entries(ECOSYSTEMS)) {
  const { clusters } = await topologyOf(project, ["clusters"]);
  for (const cluster of clusters) {
    test(`${ecosystem}/${cluster.name}: every mesh object and Service is valid, and nothing is found in them together`, () => {
      const all = contentOf(cluster, project);
      const validated = all.filter(isValidated);
      assert.ok(validated.some(isMesh));
      assert.is(invalid(validated.map(({ object }) => object)), "");
      assert.equal(findings(all.map(({ object }) => object)), []);
      const own = validated.filter(({ origin }) => origin !== "upstream");
      record(
        {
          ...ISTIO,
          version: version(),
          judged: `${ecosystem}/${cluster.name}: mesh objects and Services, validated one by one, and analysed among all ${all.length} objects of the cluster`,
          count: validated.length,
        },
        own.map(({ file }) => file),
      );
      if (cluster.name === "cluster-paris") sample = all;
    });
  }
}

interface Mutant {
  name: string;
  of: string;
  breaks: (spec: Data, object: Data) => void;
  finding: RegExp;
}

/** By itself each of these is wrong. */
const invalids: readonly Mutant[] = [
  {
    name: "an unknown field",
    of: "VirtualService",
    breaks: (spec) => (spec.http[0].retry = {}),
    finding: /unknown field/,
  },
  {
    name: "a weight below zero",
    of: "VirtualService",
    breaks: (spec) => (spec.http[0].route[0].weight = -1),
    finding: /weight/,
  },
  {
    name: "a route without a destination",
    of: "VirtualService",
    breaks: (spec) => (spec.http[0].route = [{ weight: 100 }]),
    finding: /destination/,
  },
  {
    name: "a host that is none",
    of: "VirtualService",
    breaks: (spec) => (spec.hosts = ["not a host"]),
    finding: /host|domain/,
  },
  {
    name: "a mode that there is not",
    of: "PeerAuthentication",
    breaks: (spec) => (spec.mtls = { mode: "STRICTEST" }),
    finding: /STRICTEST/,
  },
  {
    name: "a patch of a filter that there is not",
    of: "EnvoyFilter",
    breaks: (spec) => (spec.configPatches[0].patch.value = undefined),
    finding: /patch|value/,
  },
];

/** These are valid alone, and wrong in their mesh. */
const misfits: readonly Mutant[] = [
  {
    name: "a subset that nobody defines",
    of: "VirtualService",
    breaks: (spec) => (spec.http[0].route[1].destination.subset = "canary"),
    finding: /IST0101.*subset|IST0101.*canary/,
  },
  {
    name: "a Gateway that there is not",
    of: "VirtualService",
    breaks: (spec) => (spec.gateways = ["edge"]),
    finding: /IST0101.*edge/,
  },
  {
    name: "a patch before what may not be there yet",
    of: "EnvoyFilter",
    breaks: (spec) => delete spec.priority,
    finding: /IST0151/,
  },
];

const broken = ({ of, breaks }: Mutant): KubernetesObject[] => {
  const copies = structuredClone(sample.map(({ object }) => object));
  const object = copies.find(({ kind }) => kind === of) as Data;
  breaks(object.spec, object);
  return copies;
};

for (const mutant of invalids) {
  test(`caught: ${mutant.name}`, () => {
    const said = invalid(broken(mutant).filter(({ kind }) => kind === mutant.of));
    assert.ok(mutant.finding.test(said), `said instead: ${said || "nothing"}`);
  });
}

for (const mutant of misfits) {
  test(`caught: ${mutant.name}`, () => {
    const found = findings(broken(mutant)).join("\n");
    assert.ok(mutant.finding.test(found), `found instead: ${found || "nothing"}`);
  });
}

test("caught: two VirtualServices for one host", () => {
  const objects = sample.map(({ object }) => object);
  const route = objects.find(({ kind }) => kind === "VirtualService")!;
  const twin = { ...route, metadata: { ...route.metadata, name: "twin" } };
  assert.match(findings([...objects, twin]).join("\n"), /IST0109/);
});

test("caught: a Service whose port tells no protocol", () => {
  const service = structuredClone(
    sample.find(({ object, origin }) => object.kind === "Service" && origin === "chart")!.object,
  ) as Data;
  for (const port of service.spec.ports) [port.name] = ["web-port", delete port.appProtocol];
  assert.match(invalid([service]), /web-port/);
  record({
    ...ISTIO,
    version: version(),
    judged: "broken mesh objects and Services, each found",
    count: invalids.length + misfits.length + 2,
  });
});

test.run();
