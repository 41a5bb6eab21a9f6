/**
 * The real Gatekeeper on a control plane, from the committed values, templates and constraints: it makes the kinds, its
 * webhook judges, its audit looks at what is there.
 */
import * as assert from "uvu/assert";
import { topologyOf } from "../../compiled/index.ts";
import { Refused, type Client, type Data, type KubernetesObject } from "../../cluster/client.ts";
import { customResourceDefinitions, definitionsAmong } from "../../cluster/crds.ts";
import { startCluster, type LabCluster } from "../../cluster/index.ts";
import { startGatekeeper, startGatekeeperAudit } from "../../components/gatekeeper.ts";
import { deliver, rootObjects, type Delivered, type Sync } from "../../delivery/index.ts";
import { labSuite } from "../../lab-suite.ts";
import { ECOSYSTEMS } from "../../ecosystems.ts";
import { record } from "../../record/notes.ts";
import { packages } from "../../toolchain/versions.ts";
import { until } from "../../until.ts";
import { applyOne } from "../kube-apiserver/judge.ts";
import { badExamples } from "./bad-examples.ts";
import { kindsSeenBy } from "./delivered.ts";

/**
 * One of two ecosystems: the reference's dry run, and the other's warnings. Both are production, where digests are
 * asked for.
 */
const CLUSTERS = { reference: "cluster-ultimate", "online-boutique": "boutique-production" } as const;
const GATEKEEPER = { consumer: "gatekeeper", version: packages.get("gatekeeper")!.version };
const NAMESPACE = "gatekeeper-system";
/** Who has the custom kinds that constraints look at; Gatekeeper's own come with its chart. */
const SEEN = ["github.com/argoproj/argo-rollouts", "istio.io/api"];

/**
 * A webhook that is slow must not pass for one that agrees: on a busy machine it gets more time, and its silence is a
 * failure.
 */
const patient = (configuration: KubernetesObject): KubernetesObject => ({
  ...configuration,
  webhooks: (configuration["webhooks"] as Data[]).map((webhook) => ({
    ...webhook,
    timeoutSeconds: 30,
    failurePolicy: "Fail",
  })),
});

for (const ecosystem of Object.keys(CLUSTERS) as (keyof typeof CLUSTERS)[]) {
  const [name, project] = [CLUSTERS[ecosystem], ECOSYSTEMS[ecosystem]];
  const { clusters } = await topologyOf(project, ["clusters"]);
  const cluster = clusters.find((each) => each.name === name)!;
  const title = `${ecosystem}/${name}`;
  const test = labSuite(`opa: Gatekeeper's webhook on ${title}`, [
    "etcd",
    "kube-apiserver",
    "gatekeeper-manager",
    "helm",
  ]);

  let lab: LabCluster;
  let syncs: Sync[];
  test.after(() => lab?.stop());

  const objectsOf = (application: string): readonly Delivered[] =>
    syncs.find((sync) => sync.application === application)!.objects;
  const everything = (): Delivered[] => syncs.flatMap(({ objects }) => objects);
  const constraints = (): KubernetesObject[] =>
    objectsOf("platform-gatekeeper-policies")
      .map(({ object }) => object)
      .filter(({ kind }) => kind !== "ConstraintTemplate");
  /** What the constraints look at, in the namespace that Argo CD puts it into. */
  const judged = (): Delivered[] => {
    const kinds = kindsSeenBy(constraints());
    return everything()
      .filter(({ object }) => kinds.has(object.kind))
      .map((delivered) => ({
        ...delivered,
        object: { ...delivered.object, metadata: { namespace: delivered.namespace, ...delivered.object.metadata } },
      }));
  };
  const bad = () =>
    badExamples(
      judged().map(({ object }) => object),
      constraints(),
    );
  const enforce = async (action: string): Promise<void> => {
    for (const constraint of constraints())
      await lab.client.apply({ ...constraint, spec: { ...(constraint["spec"] as object), enforcementAction: action } });
    for (const constraint of constraints()) await enforced(lab.client, constraint, action);
  };

  test("it comes up with its chart's arguments, and with no more rights than its chart gives it", async () => {
    syncs = [...deliver(rootObjects(cluster, project))];
    const brought = definitionsAmong(objectsOf("platform-gatekeeper").map(({ object }) => object));
    lab = await startCluster({ name, parts: [], crds: [...customResourceDefinitions(SEEN), ...brought] });
    for (const { object } of everything().filter(({ object }) => object.kind === "Namespace"))
      await lab.client.apply(object);
    const chart = { objects: objectsOf("platform-gatekeeper").map(({ object }) => object), namespace: NAMESPACE };
    await startGatekeeper(lab, { ...chart, adjust: patient });
    await startGatekeeperAudit(lab, { ...chart, interval: 5 });
  });

  test("it makes the kind of each template's constraints, and takes every constraint", async () => {
    const policies = objectsOf("platform-gatekeeper-policies");
    for (const { object } of policies.filter(({ object }) => object.kind === "ConstraintTemplate")) {
      await lab.client.apply(object);
      const made = (template: Data): boolean =>
        template.status?.created === true && template.status.byPod.every(({ errors }: Data) => !errors?.length);
      await lab.client.waitFor(
        { apiVersion: object.apiVersion, kind: object.kind, name: object.metadata.name },
        made,
        "made into a kind",
        { seconds: 180 },
      );
    }
    for (const constraint of constraints()) {
      await until(`${constraint.kind} is served`, () => lab.client.knows(constraint.apiVersion, constraint.kind), {
        seconds: 180,
        every: 500,
      });
      assert.equal((await lab.client.apply(constraint)).warnings, [], constraint.metadata.name);
    }
    for (const constraint of constraints())
      await enforced(lab.client, constraint, (constraint as Data).spec.enforcementAction);
    record(
      {
        ...GATEKEEPER,
        judged: `${title}: templates made into kinds by Gatekeeper, and their constraints enforced by its webhook`,
        count: policies.length,
        level: "reconciled",
      },
      policies.map(({ file }) => file),
    );
  });

  test("under deny, every object that its constraints look at is admitted without a warning", async () => {
    await enforce("deny");
    const findings = [];
    for (const delivered of judged()) findings.push(...(await applyOne(lab.client, delivered)));
    assert.equal(findings, []);
    assert.ok(judged().length > 20);
    record(
      {
        ...GATEKEEPER,
        judged: `${title}: objects of kinds that constraints look at, through the webhook with all constraints set to deny`,
        count: judged().length,
        level: "admitted",
      },
      judged().map(({ file }) => file),
    );
  });

  test("under deny, the bad example of each policy is refused by that policy alone", async () => {
    for (const { policy, object } of bad()) {
      const refusal = await lab.client.apply(object, { dryRun: true }).then(
        () => undefined,
        (error: Error) => error,
      );
      assert.instance(refusal, Refused, `${policy}: admitted`);
      assert.equal(
        [...new Set([...(refusal as Refused).message.matchAll(/\[([a-z-]+)\] /g)].map(([, by]) => by))],
        [policy],
        (refusal as Refused).message,
      );
    }
    assert.is(bad().length, constraints().length);
    record({
      ...GATEKEEPER,
      judged: `${title}: bad examples, each refused by its policy under deny`,
      count: bad().length,
      level: "admitted",
    });
  });

  test("as committed, bad examples are let in; a warning is given where the config says so, and the audit names them", async () => {
    const [{ spec }] = constraints() as [Data];
    await enforce(spec.enforcementAction);
    for (const { policy, object } of bad()) {
      const { warnings } = await lab.client.apply(object);
      assert.is(
        warnings.some((text) => text.includes(`[${policy}]`)),
        spec.enforcementAction === "warn",
        `${policy}: ${warnings.join()}`,
      );
    }
    for (const { policy, object } of bad()) {
      const constraint = constraints().find(({ metadata }) => metadata.name === policy)!;
      const named = ({ status }: Data): boolean =>
        status?.violations?.some((violation: Data) => violation.name === object.metadata.name) ?? false;
      await lab.client.waitFor({ ...constraint, name: policy }, named, `audited with ${object.metadata.name}`, {
        seconds: 180,
        every: 500,
      });
    }
    record({
      ...GATEKEEPER,
      judged: `${title}: bad examples under the committed ${spec.enforcementAction}, let in, and named by the audit`,
      count: bad().length,
      level: "reconciled",
    });
  });

  test("caught: a constraint with an action that there is not, one with a strange parameter, a template that does not parse", async () => {
    const [constraint] = constraints() as [Data];
    const [template] = objectsOf("platform-gatekeeper-policies")
      .map(({ object }) => object)
      .filter(({ kind }) => kind === "ConstraintTemplate") as [Data];
    await refused(
      lab.client,
      { ...constraint, spec: { ...constraint.spec, enforcementAction: "refuse" } },
      /enforcementAction/,
    );
    await refused(
      lab.client,
      {
        ...constraint,
        spec: { ...constraint.spec, parameters: { ...constraint.spec.parameters, allowed_registry: [] } },
      },
      /allowed_registry/,
    );
    record({ ...GATEKEEPER, judged: `${title}: broken constraints, each refused`, count: 2, level: "admitted" });
    // A template is let in, and its error stands in its status: Argo CD's health check of the kind reads it there.
    await lab.client.apply(JSON.parse(JSON.stringify(template).replace('"rego":"', '"rego":"pakage\\n')), {
      force: true,
    });
    const told = ({ status }: Data): boolean => status?.byPod?.some(({ errors }: Data) => errors?.length > 0) ?? false;
    await lab.client.waitFor({ ...template, name: template.metadata.name }, told, "said to be broken", {
      seconds: 180,
      every: 500,
    });
  });

  test.run();
}

async function refused(client: Client, object: KubernetesObject, why: RegExp): Promise<void> {
  const refusal = await client.apply(object, { dryRun: true, force: true }).then(
    () => "admitted",
    (error: Error) => error.message,
  );
  assert.ok(why.test(refusal), `said instead: ${refusal}`);
}

/** The program behind the webhook says in the constraint's status which generation it has. */
const enforced = (
  client: Client,
  { apiVersion, kind, metadata: { name } }: KubernetesObject,
  action: string,
): Promise<Data> =>
  client.waitFor(
    { apiVersion, kind, name },
    ({ metadata, spec, status }) =>
      spec.enforcementAction === action &&
      status?.byPod?.some(
        (pod: Data) =>
          pod.operations.includes("webhook") && pod.enforced === true && pod.observedGeneration === metadata.generation,
      ),
    `enforced (${action})`,
    { seconds: 180, every: 300 },
  );
