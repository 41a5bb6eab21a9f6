/**
 * What is held against the experiments of a cluster that the config releases them on. The stages share one cluster and
 * build on one another.
 */
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { Cron } from "croner";
import * as assert from "uvu/assert";
import { SLO_GATE } from "../../../compiler/facts/names.ts";
import type { Cluster } from "../../compiled/views.ts";
import { topologyOf } from "../../compiled/index.ts";
import { requestsTo } from "../../components/traffic.ts";
import { CONTROL_PLANE } from "../../cluster/index.ts";
import { referenceTo, type Data, type KubernetesObject } from "../../cluster/client.ts";
import { KUBERNETES } from "../../delivery/index.ts";
import { objectsIn } from "../../delivery/applications.ts";
import { labSuite } from "../../lab-suite.ts";
import { record } from "../../record/notes.ts";
import { packages } from "../../toolchain/versions.ts";
import { until } from "../../until.ts";
import { dueObjects, isBrief, lastRun } from "./due.ts";
import { misses, notAborted, notInTime, notStopped } from "./judge.ts";
import { podArguments, startMeshFault, type MeshFault } from "./mesh-fault.ts";
import { BLIND, BROAD, CLOSED, DEAF, LONG, mutantOf, RASH, STRANGE, type Mutant } from "./mutants.ts";
import type { Experiment } from "./observe.ts";
import { startWorld, type World } from "./world.ts";

/** What the suite needs beside a control plane. */
const TOOLS = [...CONTROL_PLANE, "helm", "chaos-controller-manager", "gatekeeper-manager", "prometheus"];

const VERSION = packages.get("chaos-mesh")!.version;
const API = "chaos-mesh.org/v1alpha1";

/** Seconds in which a run must have come to what it comes to, on a machine that does other things as well. */
const PATIENCE = 300;

export async function judgeExperiments(title: string, name: string, project: string): Promise<void> {
  const { clusters } = await topologyOf(project, ["clusters"]);
  judgeReleased(
    title,
    clusters.find((cluster) => cluster.name === name)!,
    project,
  );
  judgeUnreleased(
    title,
    clusters.filter((cluster) => cluster.name !== name),
    project,
  );
}

function judgeReleased(title: string, cluster: Cluster, project: string): void {
  const test = labSuite(`chaos-mesh: ${title}/${cluster.name}`, TOOLS);
  let world: World;
  let schedules: KubernetesObject[];
  let due: KubernetesObject[];
  let brief: KubernetesObject[];
  /** Those that start faults of the mesh, in full length and in brief. */
  let jobs: KubernetesObject[];
  /** The minute that they are due at. */
  let compiled: Date;
  let meshFaults: MeshFault[];
  /** The one that the mutants are made of: it may hit the smallest share of the pods, and leaves them alive. */
  let model: KubernetesObject;
  const files = (): string[] => [...new Set(world.chaos.map(({ file }) => file))];
  test.after(() => world?.stop());

  const run = ({ metadata: { namespace, name } }: KubernetesObject): Experiment | undefined =>
    world.observer.of(namespace!, name);
  const begin = async (objects: readonly KubernetesObject[]): Promise<void> => {
    await Promise.all(
      objects.map((object) => world.lab.client.apply({ ...object, status: { time: lastRun(compiled) } })),
    );
  };
  const remove = async (objects: readonly KubernetesObject[]): Promise<void> => {
    const workflows = objects.flatMap((object) => run(object)?.workflow ?? []);
    for (const object of [...objects, ...workflows])
      await world.lab.client.remove({
        ...referenceTo(object),
        apiVersion: API,
        kind: objects.includes(object) ? "Schedule" : "Workflow",
      });
  };
  /** What is due at this minute: a run that is long overdue is left out. */
  const compile = async (): Promise<void> => {
    compiled = new Date();
    const objects = await dueObjects(project, cluster.name, compiled);
    jobs = objects.filter(({ kind }) => kind === "CronJob");
    const all = objects.filter(({ kind }) => kind === "Schedule");
    due = all.filter((object) => !isBrief(object));
    brief = all.filter(isBrief);
    [model] = due.filter((schedule) => shareOf(schedule) < 100).sort((a, b) => shareOf(a) - shareOf(b)) as [
      KubernetesObject,
    ];
  };
  const briefOf = ({ metadata }: KubernetesObject): KubernetesObject =>
    brief.find((object) => object.metadata.name.startsWith(metadata.name))!;
  const startFaults = async (name: string, some: readonly KubernetesObject[]): Promise<MeshFault[]> =>
    Promise.all(
      some.map(async (job, index) =>
        startMeshFault(
          world,
          `http-fault-${name}-${index}`,
          await podArguments(world, job, lastRun(compiled), PATIENCE),
        ),
      ),
    );
  const mutants = (some: readonly Mutant[], of = model): KubernetesObject[] =>
    some.map((mutant) => mutantOf(of, mutant));
  /** Waits until each run is without a finding; says those that are left. */
  const expect = (
    objects: readonly KubernetesObject[],
    findings: (object: KubernetesObject, experiment: Experiment) => readonly string[],
  ): Promise<void> => expectAll(objects, run, findings);
  const answers = (): Promise<number[]> =>
    Promise.all(watched(world).map((names) => world.sloGate.status(`/v1/slo/${names.join("/")}`)));
  const services = (): Workload[] =>
    distinct(watched(world).map(([namespace, name]) => ({ namespace: namespace!, name: name! })));
  /** Every other one of those that take part, beginning with the first: these fall silent where the others break. */
  const silent = (): Workload[] => distinct(schedules.map(workloadOf)).filter((_, index) => index % 2 === 0);

  test("a cluster like it comes up, with pods, Chaos Mesh, Gatekeeper, slo-gate and Prometheus", async () => {
    world = await startWorld(cluster, project);
    schedules = world.chaos.map(({ object }) => object).filter(({ kind }) => kind === "Schedule");
    await compile();
    record(
      {
        consumer: "Chaos Mesh",
        version: VERSION,
        judged: `${title}: its controller runs with the environment, the rights and the webhooks of the chart with our values`,
        count: 1,
        level: "reconciled",
      },
      world.delivered("platform-chaos-mesh").map(({ file }) => file),
    );
  });

  test("the webhooks take every Schedule, and the next run is when the config says", async () => {
    for (const schedule of schedules) assert.equal((await world.lab.client.apply(schedule)).warnings, []);
    for (const { metadata, spec } of schedules as Data[]) {
      const next = new Cron(spec.schedule, { timezone: "UTC" }).nextRun()!.getTime();
      await until(
        `${metadata.name} to wait for ${new Date(next).toISOString()}`,
        () => nextRuns(world, spec.schedule).some((run) => Math.abs(run - next) < 2000),
        { seconds: PATIENCE, instead: () => nextRuns(world, spec.schedule).map((run) => new Date(run).toISOString()) },
      );
    }
    await remove(schedules);
    record(
      {
        consumer: "Chaos Mesh",
        version: VERSION,
        judged: `${title}: Schedules, taken by its webhooks; the controller waits for the hour of the config`,
        count: schedules.length,
        level: "reconciled",
      },
      files(),
    );
  });

  test("what is due now differs from what is committed in nothing but the hour", () => {
    for (const schedule of schedules as Data[]) {
      const same = due.find(({ metadata }) => metadata.name === schedule.metadata.name) as Data;
      assert.equal({ ...same, spec: { ...same.spec, schedule: schedule.spec.schedule } }, schedule);
    }
    assert.is(due.length, schedules.length);
  });

  let unannotated: KubernetesObject;
  test("without an annotation the abort panics, and the experiment goes on", async () => {
    await compile();
    unannotated = { ...briefOf(model), metadata: { ...model.metadata, name: "unannotated" } };
    await begin([unannotated]);
    await until(
      "the abort to panic",
      () => /abort-node-reconciler.*assignment to entry in nil map/.test(logOf(world)),
      { seconds: PATIENCE },
    );
    await until("to go on", () => run(unannotated)?.nodes.some(({ template }) => template === "settle"), {
      seconds: PATIENCE,
    });
    assert.not(run(unannotated)!.workflow.metadata.annotations);
  });

  test("Gatekeeper gives every Workflow one", async () => {
    const mutations = world.delivered("platform-slo-gate").filter(({ object }) => object.kind === "AssignMetadata");
    for (const { object } of mutations) await world.lab.client.apply(object);
    const probe: Data = {
      apiVersion: API,
      kind: "Workflow",
      metadata: { name: "probe", namespace: model.metadata.namespace },
      spec: (model.spec as Data).workflow,
    };
    await until(
      "a Workflow annotated",
      async () => (await world.lab.client.create(probe, { dryRun: true })).body.metadata.annotations !== undefined,
      { seconds: PATIENCE },
    );
    record(
      {
        consumer: "Gatekeeper",
        version: packages.get("gatekeeper")!.version,
        judged: `${title}: annotates every Workflow, so that Chaos Mesh can abort it; without, the abort panics`,
        count: mutations.length,
        level: "reconciled",
      },
      [...mutations, ...world.delivered("platform-gatekeeper")].map(({ file }) => file),
    );
  });

  test("without data, and without traffic, the gate aborts before any fault", async () => {
    // Of some nothing has ever been heard; the others get no requests.
    for (const service of without(services(), silent())) requestsTo(world.traffic, service, { good: 0, bad: 0 });
    await compile();
    const rash = mutants(RASH);
    const [refused] = await startFaults("refused", jobs.filter(isBrief));
    await begin([...due, ...rash]);
    await until("the mesh's fault refused", () => refused!.outcome() === "refused", { seconds: PATIENCE });
    await expect(due, (_, experiment) => notStopped(experiment));
    await caught(rash, run, (experiment) => notStopped(experiment), /a fault was made/);
    await remove([...due, ...rash]);
  });

  const found = (schedule: KubernetesObject, experiment: Experiment): string[] => misses(schedule, experiment, nodes);
  let nodes: Data[];
  let deafOnes: KubernetesObject[];

  test("while the SLO holds, every fault chooses pods of its workload, as many as it may", async () => {
    nodes = await world.lab.client.list("v1", "Node");
    for (const service of services()) requestsTo(world.traffic, service, { good: 100, bad: 0 });
    await until("every SLO to hold", async () => (await answers()).every((status) => status === 200), {
      seconds: PATIENCE,
    });
    await closedNamespace(world, model);
    await compile();
    await begin([...brief, ...mutants([...BLIND, ...STRANGE, ...BROAD, ...LONG], briefOf(model))]);
    meshFaults = await startFaults("brief", jobs.filter(isBrief));
    await until("the mesh's fault on", () => meshFaults[0]!.isOn(), {
      seconds: PATIENCE,
      instead: () => meshFaults[0]!.outcome(),
    });
    await expect(brief, found);
  });

  test("an experiment ends with its time, in the order of its parts", async () => {
    // Meanwhile those begin that are to be aborted.
    await compile();
    deafOnes = mutants(DEAF);
    await begin([...due, ...deafOnes]);
    meshFaults.push(
      ...(await startFaults(
        "long",
        jobs.filter((job) => !isBrief(job)),
      )),
    );
    await expect(brief, notInTime);
    await until("the mesh's fault over", () => meshFaults[0]!.outcome() === "over", { seconds: PATIENCE });
  });

  test("broken experiments are caught at it", async () => {
    const over = ({ faults }: Experiment): boolean => faults[0]?.ended !== undefined;
    await caught(mutants(BLIND), run, (experiment) => found(model, experiment), /chose no pod/, over);
    await caught(
      mutants(STRANGE),
      run,
      (experiment) => found(model, experiment),
      /was made/,
      ({ isOver }) => isOver,
    );
    await caught(
      mutants(BROAD),
      run,
      (experiment) => found(model, experiment),
      /chose \d+ of \d+ pods/,
      ({ faults }) => faults.some(({ chosen }) => chosen.length > 0),
    );
    await caught(
      mutants(LONG),
      run,
      (experiment) => notInTime(briefOf(model), experiment),
      /nothing ends the fault/,
      ({ faults }) => faults.length > 0,
    );
  });

  test("pods that are to be killed are gone", async () => {
    for (const kill of brief.filter(({ spec }) => JSON.stringify(spec).includes("pod-kill"))) {
      for (const { chosen } of run(kill)!.faults) {
        const [namespace, name] = chosen[0]!.pod.split("/") as [string, string];
        await until(
          `${name} gone`,
          async () => (await world.lab.client.get({ apiVersion: "v1", kind: "Pod", namespace, name })) === undefined,
          { seconds: PATIENCE },
        );
      }
    }
  });

  test("an SLO that breaks, or of which nothing is known any more, aborts the experiment through slo-gate", async () => {
    await expect(due, found);
    assert.ok(await meshFaults[1]!.isOn());
    for (const service of without(services(), silent())) requestsTo(world.traffic, service, { good: 100, bad: 50 });
    for (const { name, namespace } of silent())
      world.traffic.vanish({ destination_canonical_service: name, destination_workload_namespace: namespace });
    await sleep(2000); // a scrape that was under way
    for (const { name, namespace } of silent())
      await world.prometheus.forget(
        `{destination_canonical_service="${name}",destination_workload_namespace="${namespace}"}`,
      );
    const broke = Date.now() / 1000;
    await until("no SLO to hold", async () => (await answers()).every((status) => status === 503), {
      seconds: PATIENCE,
    });
    await expect(due, (_, experiment) => notAborted(experiment, broke));
    await until("the mesh's fault aborted", () => meshFaults[1]!.outcome() === "aborted", { seconds: PATIENCE });
    assert.not(await meshFaults[1]!.isOn());
    for (const deaf of deafOnes)
      assert.ok(notAborted(run(deaf)!, broke).includes("it was not aborted"), deaf.metadata.name);
    const known = new Set(watched(world).map((names) => `${SLO_GATE.url}/v1/slo/${names.join("/")}`));
    assert.equal(
      [...world.forwarder.asked].filter(
        (url) => url.startsWith(SLO_GATE.url) && !known.has(url) && !url.endsWith("-unknown"),
      ),
      [],
    );
    recordRuns(title, schedules.length, files(), world);
  });

  test("what was never annotated was ended by its deadline all the same", async () => {
    const { faults, isAborted, isOver } = run(unannotated)!;
    assert.not(isAborted);
    assert.ok(isOver);
    assert.equal(notInTime(unannotated, run(unannotated)!), []);
    assert.is(faults.length, 1);
  });

  test.run();
}

interface Workload {
  namespace: string;
  name: string;
}

const workloadOf = ({ metadata: { namespace, labels } }: Data): Workload => ({
  namespace,
  name: labels["app.kubernetes.io/name"],
});
const key = ({ namespace, name }: Workload): string => `${namespace}/${name}`;
const distinct = (workloads: readonly Workload[]): Workload[] => [
  ...new Map(workloads.map((workload) => [key(workload), workload])).values(),
];
const without = (workloads: readonly Workload[], others: readonly Workload[]): Workload[] =>
  workloads.filter((workload) => !others.some((other) => key(other) === key(workload)));

function recordRuns(title: string, count: number, files: readonly string[], world: World): void {
  const chaosMesh = { consumer: "Chaos Mesh", version: VERSION, count, level: "reconciled" } as const;
  record(
    {
      ...chaosMesh,
      judged: `${title}: experiments that are due: gate, pause, faults that choose pods of the workload alone (no daemon: none reaches a pod from its node), taken back at their time`,
    },
    files,
  );
  record(
    {
      ...chaosMesh,
      judged: `${title}: experiments aborted when the SLO breaks, and when nothing is known of it; not begun without data`,
    },
    files,
  );
  record({ ...chaosMesh, judged: `${title}: broken experiments, each told from a good one`, count: MUTANTS });
  record(
    {
      consumer: "kube-controller-manager",
      version: `v${KUBERNETES}`,
      judged: `${title}: the CronJob of a fault of the mesh makes its pod when it is due`,
      count: 1,
      level: "reconciled",
    },
    files,
  );
  record(
    {
      consumer: "http-fault",
      version: "0.1.0",
      judged: `${title}: with the arguments of that pod it holds the fault while the SLOs hold and no longer than said; it refuses without data, and ends when an SLO breaks`,
      count: 1,
      level: "behaved",
    },
    files,
  );
  record(
    {
      consumer: "slo-gate",
      version: "0.1.0",
      judged: `${title}: asked by Chaos Mesh, and asking a real Prometheus, it says whether the SLOs of its compiled configuration hold`,
      count: watched(world).length,
      level: "behaved",
    },
    world
      .delivered("platform-slo-gate")
      .filter(({ object }) => object.kind === "ConfigMap")
      .map(({ file }) => file),
  );
}

const MUTANTS = [DEAF, RASH, BLIND, STRANGE, BROAD, LONG].flat().length;

async function expectAll(
  objects: readonly KubernetesObject[],
  run: (object: KubernetesObject) => Experiment | undefined,
  findings: (object: KubernetesObject, experiment: Experiment) => readonly string[],
): Promise<void> {
  const left = (): string[] =>
    objects.flatMap((object) =>
      run(object) === undefined
        ? [`${object.metadata.name}: no Workflow was made`]
        : findings(object, run(object)!).map((text) => `${object.metadata.name}: ${text}`),
    );
  await until("all as it should be", () => left().length === 0, { seconds: PATIENCE, every: 500, instead: left });
}

/** Once the run of a mutant is as far as it gets, the same judgement must have a finding. */
async function caught(
  broken: readonly KubernetesObject[],
  run: (object: KubernetesObject) => Experiment | undefined,
  findings: (experiment: Experiment) => readonly string[],
  expected: RegExp,
  ready: (experiment: Experiment) => boolean = () => true,
): Promise<void> {
  for (const object of broken) {
    const look = (): readonly string[] => (run(object) && ready(run(object)!) ? findings(run(object)!) : []);
    await until(`${object.metadata.name} caught`, () => look().some((text) => expected.test(text)), {
      seconds: PATIENCE,
      every: 500,
      instead: look,
    });
  }
}

/** What slo-gate answers for: namespace, service and SLO. */
const watched = (world: World): string[][] => {
  const configMap: Data = world
    .delivered("platform-slo-gate")
    .find(({ object }) => object.kind === "ConfigMap")!.object;
  const { services } = JSON.parse(configMap.data["config.json"]) as {
    services: Record<string, { slos: Record<string, object> }>;
  };
  return Object.entries(services).flatMap(([service, { slos }]) =>
    Object.keys(slos).map((slo) => [...service.split("/"), slo]),
  );
};

const logOf = ({ chaosMesh }: World): string => readFileSync(chaosMesh.process.log, "utf8");

/**
 * From the controller's log, when Schedules with this cron are next due: it says what it reads, and then how long it
 * waits.
 */
function nextRuns(world: World, cron: string): number[] {
  const lines = logOf(world)
    .split("\n")
    .filter((line) => line.includes("schedule-cron"));
  return lines.flatMap((line, index) => {
    const read = /calculate schedule time\t(\{.*\})/.exec(line)?.[1];
    const waits = /"requeue-after": "([^"]+)"/.exec(lines[index + 1] ?? "")?.[1];
    if (read === undefined || waits === undefined || (JSON.parse(read) as Data).schedule !== cron) return [];
    return [
      Date.parse((JSON.parse(read) as Data).now.split(" m=")[0].replace(" +0000 UTC", "Z").replace(" ", "T")) +
        1000 * goSeconds(waits),
    ];
  });
}

/** `158h42m50.52s` in seconds. */
const goSeconds = (duration: string): number =>
  [...duration.matchAll(/([\d.]+)(h|ms|m|s|µs|ns)/g)].reduce(
    (sum, [, value, unit]) =>
      sum + Number(value) * ({ h: 3600, m: 60, s: 1, ms: 1e-3 } as Record<string, number>)[unit!]!,
    0,
  );

/** Percent of the pods that a fault of the network may hit; 100 where there is none. */
const shareOf = ({ spec }: Data): number =>
  Math.min(100, ...spec.workflow.templates.map(({ networkChaos }: Data) => Number(networkChaos?.value ?? 100)));

/** A namespace that gives no leave, with pods that have the labels of a workload. */
async function closedNamespace({ lab: { client } }: World, { spec }: Data): Promise<void> {
  const labels = spec.workflow.templates.find(({ networkChaos }: Data) => networkChaos).networkChaos.selector
    .labelSelectors;
  await client.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: CLOSED } });
  await client.apply({ apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "default", namespace: CLOSED } });
  await client.apply({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "somebody", namespace: CLOSED, labels },
    spec: { containers: [{ name: "main", image: "registry.example/main:1" }] },
  });
}

function judgeUnreleased(title: string, clusters: readonly Cluster[], project: string): void {
  const test = labSuite(`chaos-mesh: ${title}, where nothing is released`, []);
  for (const cluster of clusters) {
    test(`${cluster.name} gets no chaos, no leave for any, and nobody who makes it`, () => {
      const objects = objectsIn(`${project}${cluster.path}`);
      assert.ok(objects.length > 20);
      const chaos = objects.filter(
        ({ object: { apiVersion, metadata } }) =>
          /chaos-mesh/.test(apiVersion) || /chaos|slo-gate/.test(`${metadata.name} ${JSON.stringify(metadata)}`),
      );
      assert.equal(
        chaos.map(({ file, object }) => `${file}: ${object.kind} ${object.metadata.name}`),
        [],
      );
    });
  }
  test.run();
}
