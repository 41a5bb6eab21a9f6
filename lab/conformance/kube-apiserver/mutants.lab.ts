/** The suite must fail on broken output: what it applies without a finding is broken here, one way at a time. */
import * as assert from "uvu/assert";
import { topologyOf } from "../../compiled/index.ts";
import type { Data } from "../../cluster/client.ts";
import { CONTROL_PLANE, startCluster, type LabCluster } from "../../cluster/index.ts";
import {
  ChartRenderer,
  deliver,
  KUBERNETES,
  rootObjects,
  type Charts,
  type Delivered,
  type Sync,
} from "../../delivery/index.ts";
import { labSuite } from "../../lab-suite.ts";
import { record } from "../../record/notes.ts";
import { applyOne, applySync, bootstrap, sharedIn } from "./judge.ts";
import { waitForPods } from "./pods.ts";

const test = labSuite("kube-apiserver: mutants", [...CONTROL_PLANE, "helm"]);

const { clusters } = await topologyOf("", ["clusters"]);
const cluster = clusters.find(({ name }) => name === "cluster-paris")!;
const root = rootObjects(cluster, "");
/** Upstream charts are no part of these. */
const renderer = new ChartRenderer(KUBERNETES);
const charts: Charts = {
  render: (source, namespace) => (source.chart ? undefined : renderer.render(source, namespace)),
};

let lab: LabCluster;
let syncs: Sync[];
test.after(() => lab?.stop());

/** A copy of an applied object, to be broken. */
function copy(kind: string, name?: string): { delivered: Delivered; object: Data } {
  const found = syncs
    .flatMap(({ objects }) => objects)
    .find(({ object }) => object.kind === kind && (name === undefined || object.metadata.name === name));
  if (!found) throw new Error(`no ${kind} ${name ?? ""} is delivered`);
  const object = structuredClone(found.object);
  return { delivered: { ...found, object }, object };
}

const findingsOf = async (delivered: Delivered): Promise<string> =>
  (await applyOne(lab.client, delivered)).map(({ text }) => text).join("\n");

test("a control plane comes up", async () => {
  lab = await startCluster({ cluster, crds: [] });
  await bootstrap(lab.client, cluster);
  syncs = [...deliver(root, charts)];
});

test("content before its namespace, and constraints before their templates", async () => {
  const first = (application: string, kind: string): Delivered =>
    syncs.find((sync) => sync.application === application)!.objects.find(({ object }) => object.kind === kind)!;
  matches(await findingsOf(first("checkout", "Deployment")), /namespaces "shop" not found/);
  matches(
    await findingsOf(first("platform-gatekeeper-policies", "EcoAllowedRegistries")),
    /knows no constraints\.gatekeeper\.sh\/v1beta1 EcoAllowedRegistries/,
  );
});

test("a wave that is too late, as delivered", async () => {
  const late = structuredClone(root);
  const namespaces: Data = late.find(({ object }) => object.metadata.name === "platform-namespaces")!.object;
  namespaces.metadata.annotations["argocd.argoproj.io/sync-wave"] = "5";
  const findings = [];
  for (const sync of deliver(late, charts)) {
    if (sync.application === "platform-namespaces") break;
    findings.push(...(await applySync(lab.client, sync)));
  }
  matches(findings.map(({ text }) => text).join("\n"), /Deployment shop\/checkout: namespaces "shop" not found/);
});

test("what is not broken has no finding", async () => {
  for (const sync of syncs) assert.equal(await applySync(lab.client, sync), [], sync.application);
  assert.equal(sharedIn(syncs), []);
});

/** Without the second, the server refuses the pair before Pod Security sees it. */
const privileged = ({ containers }: Data): void =>
  void Object.assign(containers[0].securityContext, { privileged: true, allowPrivilegeEscalation: true });

/** `assert.match` does not show what it looked at. */
const matches = (text: string, pattern: RegExp): void =>
  assert.ok(pattern.test(text), `found instead: ${text || "nothing"}`);

interface Mutant {
  name: string;
  of: readonly [kind: string, name?: string];
  breaks: (object: Data) => void;
  finding: RegExp;
}

const mutants: readonly Mutant[] = [
  {
    name: "an unknown field of a custom resource",
    of: ["Rollout", "checkout"],
    breaks: ({ spec }) => (spec.replica = 3),
    finding: /\.spec\.replica: field not declared in schema/,
  },
  {
    name: "an unknown field deep in a chart's object",
    of: ["Deployment", "checkout"],
    breaks: ({ spec }) => (spec.template.spec.containers[0].imagePullPolcy = "Always"),
    finding: /imagePullPolcy: field not declared in schema/,
  },
  {
    name: "a wrong type in a custom resource",
    of: ["VirtualService"],
    breaks: ({ spec }) => (spec.http[0].route[0].weight = "100"),
    finding: /VirtualService .*weight.*(expected|must be of type|cannot convert)/,
  },
  {
    name: "a wrong type in a chart's object",
    of: ["Service", "checkout"],
    breaks: ({ spec }) => (spec.ports[0].port = true),
    finding: /Service shop\/checkout: .*(expected numeric|port)/,
  },
  {
    name: "a port that is none",
    of: ["Service", "checkout"],
    breaks: ({ spec }) => (spec.ports[0].port = 80_000),
    finding: /Invalid value: 80000/,
  },
  {
    name: "a value outside of its list",
    of: ["Schedule"],
    breaks: ({ spec }) => (spec.concurrencyPolicy = "Sometimes"),
    finding: /Unsupported value: "Sometimes"/,
  },
  {
    name: "a CEL rule broken",
    of: ["PeerAuthentication"],
    breaks: ({ spec }) => (spec.portLevelMtls = { "8080": { mode: "STRICT" } }),
    finding: /portLevelMtls requires selector/,
  },
  {
    name: "a deprecated version of a custom resource",
    of: ["ConstraintTemplate"],
    breaks: (object) =>
      Object.assign(object, {
        apiVersion: "externaldata.gatekeeper.sh/v1alpha1",
        kind: "Provider",
        spec: { url: "https://provider.example" },
      }),
    finding: /warning: externaldata\.gatekeeper\.sh\/v1alpha1 is deprecated/,
  },
  {
    name: "a deprecated kind",
    of: ["ConfigMap"],
    breaks: (object) => [(object.kind = "Endpoints"), delete object.data, delete object.immutable],
    finding: /warning: v1 Endpoints is deprecated/,
  },
  {
    name: "a version that is no longer served",
    of: ["HorizontalPodAutoscaler"],
    breaks: (object) => (object.apiVersion = "autoscaling/v2beta2"),
    finding: /knows no autoscaling\/v2beta2 HorizontalPodAutoscaler/,
  },
  {
    name: "a privileged pod template",
    of: ["Deployment", "checkout"],
    breaks: ({ spec }) => privileged(spec.template.spec),
    finding: /warning: would violate PodSecurity "restricted:/,
  },
  {
    name: "a root user",
    of: ["StatefulSet"],
    breaks: ({ spec }) => (
      (spec.template.spec.securityContext.runAsUser = 0),
      (spec.template.spec.securityContext.runAsNonRoot = false)
    ),
    finding: /warning: would violate PodSecurity "restricted:.*runAsNonRoot/s,
  },
  {
    name: "a selector that changes",
    of: ["Deployment", "checkout"],
    breaks: ({ spec }) => [(spec.selector.matchLabels.more = "yes"), (spec.template.metadata.labels.more = "yes")],
    finding: /field is immutable/,
  },
  {
    name: "content of an immutable ConfigMap that changes under its name",
    of: ["ConfigMap"],
    breaks: (object) => (object.data = { other: "content" }),
    finding: /field is immutable when `immutable` is set/,
  },
  {
    name: "a storage class that changes",
    of: ["StorageClass"],
    breaks: (object) => (object.parameters.type = "gp2"),
    finding: /updates to parameters are forbidden/,
  },
  {
    name: "a name that DNS does not take",
    of: ["Service", "checkout"],
    breaks: ({ metadata }) => (metadata.name = "Checkout_1"),
    finding: /Invalid value: "Checkout_1"/,
  },
];

for (const { name, of, breaks, finding } of mutants) {
  test(`caught: ${name}`, async () => {
    const { delivered, object } = copy(...of);
    breaks(object);
    matches(await findingsOf(delivered), finding);
  });
}

test("caught: one object in two Applications", () => {
  const [one, other] = syncs.filter(({ objects }) => objects.some(({ object }) => object.kind === "Deployment"));
  const shared: Sync = {
    ...other!,
    objects: [...other!.objects, one!.objects.find(({ object }) => object.kind === "Deployment")!],
  };
  matches(
    sharedIn([one!, shared])
      .map(({ text }) => text)
      .join(),
    /apps Deployment .* also stands in/,
  );
});

test("caught: a field that another writer owns", async () => {
  const { object } = copy("Service", "checkout");
  const writer = { manager: "somebody-else", force: true };
  await lab.client.apply(
    {
      ...object,
      metadata: { ...object.metadata, namespace: "shop" },
      spec: {
        ...object.spec,
        publishNotReadyAddresses: true,
        ports: object.spec.ports.map((port: Data) => ({ ...port, appProtocol: "http" })),
      },
    },
    writer,
  );
  const { delivered, object: mine } = copy("Service", "checkout");
  mine.spec.ports[0].appProtocol = "kubernetes.io/h2c";
  matches(await findingsOf(delivered), /conflict with "somebody-else"/);
});

test("caught: pods that Pod Security refuses, and pods too large for any node", async () => {
  const broken = (name: string, breaks: (spec: Data) => void): Data => {
    const { spec } = copy("Deployment", "checkout").object;
    const labels = { app: name };
    breaks(spec.template.spec);
    return {
      apiVersion: "apps/v1",
      kind: "ReplicaSet",
      metadata: { name, namespace: "shop" },
      spec: { replicas: 1, selector: { matchLabels: labels }, template: { ...spec.template, metadata: { labels } } },
    };
  };
  await lab.client.create(broken("mutant-privileged", privileged));
  await lab.client.create(
    broken(
      "mutant-large",
      ({ containers }) => (containers[0].resources = { requests: { memory: "900Gi" }, limits: { memory: "900Gi" } }),
    ),
  );
  const { missing } = await waitForPods(lab.client, 15);
  const why = (owner: string): string => missing.find((each) => each.owner === owner)?.why.join("\n") ?? "";
  matches(why("ReplicaSet shop/mutant-privileged"), /FailedCreate: .*violates PodSecurity "restricted:/);
  matches(why("ReplicaSet shop/mutant-large"), /FailedScheduling: .*Insufficient memory/);
  record({
    consumer: "kube-apiserver",
    version: `v${KUBERNETES}`,
    judged: "broken output, each refused or warned of",
    count: mutants.length + 6,
    level: "admitted",
  });
});

test.run();
