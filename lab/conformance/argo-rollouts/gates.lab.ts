/**
 * What the controller of Argo Rollouts makes of the answers that the committed analyses get: their metrics in
 * AnalysisRuns, and in the place of Prometheus a test peer with an answer for each look.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import * as assert from "uvu/assert";
import { startArgoRollouts } from "../../components/argo-rollouts.ts";
import { customResourceDefinitions } from "../../cluster/crds.ts";
import type { Data } from "../../cluster/client.ts";
import { CONTROL_PLANE, startCluster, type LabCluster } from "../../cluster/index.ts";
import { objectsIn } from "../../delivery/applications.ts";
import { labSuite } from "../../lab-suite.ts";
import { record } from "../../record/notes.ts";
import { packages } from "../../toolchain/versions.ts";
import { until } from "../../until.ts";

const test = labSuite("argo-rollouts: answers to analyses", [...CONTROL_PLANE, "rollouts-controller"]);

/** Committed: a watch and a gate of the reference ecosystem. */
const FILE = "generated/clusters/cluster-paris/services/storefront/manifests";
const LOOKS = 20;
/** Looks of an analysis that goes on, after which it is believed. */
const ENOUGH = 8;

/** A value; `empty`: no series; `error`: no answer. */
type Answer = string;

interface Case {
  use: "watch" | "gate";
  what: string;
  /** In order; the last one goes on. */
  answers: readonly Answer[];
  phase: "Running" | "Successful" | "Failed" | "Error" | "Inconclusive";
  /** Measurements that counted. */
  looks?: number;
  /** Instead of the committed settings. */
  change?: object;
}

const CASES: readonly Case[] = [
  { use: "watch", what: "empty answers go on", answers: ["empty"], phase: "Running" },
  { use: "watch", what: "NaN goes on", answers: ["NaN"], phase: "Running" },
  { use: "watch", what: "just below goes on", answers: ["5.4036"], phase: "Running" },
  { use: "watch", what: "one answer that is enough aborts", answers: ["0", "5.4037"], phase: "Failed", looks: 2 },
  { use: "watch", what: "+Inf aborts", answers: ["+Inf"], phase: "Failed", looks: 1 },
  { use: "watch", what: "errors are no looks", answers: ["error", "error", "0"], phase: "Running" },
  {
    use: "watch",
    what: "Prometheus away for longer",
    answers: ["error"],
    phase: "Error",
    looks: 0,
    change: { consecutiveErrorLimit: 1 },
  },
  { use: "gate", what: "the first success ends it", answers: ["-1", "empty", "-4.7"], phase: "Successful", looks: 3 },
  { use: "gate", what: "undecided to the end pauses", answers: ["-1"], phase: "Inconclusive", looks: LOOKS },
  { use: "gate", what: "no requests pause", answers: ["empty"], phase: "Inconclusive", looks: LOOKS },
  { use: "gate", what: "NaN never passes", answers: ["NaN"], phase: "Inconclusive", looks: LOOKS },
  {
    use: "gate",
    what: "a success at the last look passes",
    answers: [...Array<string>(LOOKS - 1).fill("-1"), "-5"],
    phase: "Successful",
    looks: LOOKS,
  },
  { use: "gate", what: "an error is no look", answers: ["-1", "-1", "error", "-5"], phase: "Successful", looks: 3 },
  { use: "gate", what: "harm is left to the watch", answers: ["50"], phase: "Inconclusive", looks: LOOKS },
  // Mutants: what the settings are for.
  {
    use: "gate",
    what: "without a failureCondition what is no success fails",
    answers: ["-1"],
    phase: "Failed",
    looks: 1,
    change: { failureCondition: undefined },
  },
  {
    use: "gate",
    what: "without an inconclusiveLimit the first look pauses",
    answers: ["-1"],
    phase: "Inconclusive",
    looks: 1,
    change: { inconclusiveLimit: undefined },
  },
  {
    use: "gate",
    what: "without a consecutiveSuccessLimit all looks are taken",
    answers: ["-5"],
    phase: "Successful",
    looks: LOOKS,
    change: { consecutiveSuccessLimit: undefined },
  },
  {
    use: "watch",
    what: "with a failureLimit it takes a second",
    answers: ["9", "0"],
    phase: "Running",
    change: { failureLimit: 1 },
  },
];

let lab: LabCluster;
const ends: (() => unknown)[] = [];
test.after(async () => {
  for (const end of ends.reverse()) await end();
});

/** Answers as Prometheus does: https://prometheus.io/docs/prometheus/latest/querying/api/#instant-queries */
async function playPrometheus(): Promise<string> {
  const asked = new Map<string, number>();
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const url = new URL(request.url!, "http://prometheus");
      const query = new URLSearchParams(body).get("query") ?? url.searchParams.get("query") ?? "";
      const index = Number(/^case_(\d+)$/.exec(query)?.[1]);
      const look = asked.get(query) ?? 0;
      asked.set(query, look + 1);
      const { answers } = CASES[index]!;
      const answer = answers[Math.min(look, answers.length - 1)]!;
      response.statusCode = answer === "error" ? 503 : 200;
      const result = answer === "empty" ? [] : [{ metric: {}, value: [Date.now() / 1000, answer] }];
      response
        .setHeader("content-type", "application/json")
        .end(JSON.stringify({ status: "success", data: { resultType: "vector", result } }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  ends.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const name = (index: number): string => `case-${index}`;
const runOf = (index: number): Promise<Data | undefined> =>
  lab.client.get({ apiVersion: "argoproj.io/v1alpha1", kind: "AnalysisRun", name: name(index), namespace: "default" });

test("each answer is taken for what it says", async () => {
  const templates = objectsIn(FILE).filter(({ object }) => object.kind === "AnalysisTemplate");
  const committed = (use: string): Data =>
    (templates.find(({ object }) => object.metadata.name === `storefront-${use}`)!.object as Data).spec.metrics[0];
  lab = await startCluster({ crds: customResourceDefinitions(["github.com/argoproj/argo-rollouts", "istio.io/api"]) });
  ends.push(() => lab.stop());
  const controller = await startArgoRollouts(lab, { prometheus: await playPrometheus() });
  ends.push(() => controller.stop());
  for (const [index, { use, change }] of CASES.entries()) {
    const metric: Data = { ...structuredClone(committed(use)), interval: "1s", ...change };
    metric.provider.prometheus.query = `case_${index}`;
    await lab.client.apply({
      apiVersion: "argoproj.io/v1alpha1",
      kind: "AnalysisRun",
      metadata: { name: name(index), namespace: "default" },
      spec: { metrics: [JSON.parse(JSON.stringify(metric)) as Data] },
    } as never);
  }
  const seen = await until(
    "all analyses have come to their end, or go on",
    async () => {
      const states = await Promise.all(CASES.map(async (_, index) => stateOf(await runOf(index))));
      return states.every(({ phase, looks }) => (phase === "Running" ? looks >= ENOUGH : phase !== ""))
        ? states
        : undefined;
    },
    { seconds: 120 },
  );
  assert.equal(
    seen.map(
      ({ phase, looks }, index) =>
        `${CASES[index]!.use}: ${CASES[index]!.what}: ${phase}${CASES[index]!.looks === undefined ? "" : ` after ${looks}`}`,
    ),
    CASES.map(
      ({ use, what, phase, looks }) => `${use}: ${what}: ${phase}${looks === undefined ? "" : ` after ${looks}`}`,
    ),
  );
  record(
    {
      consumer: "argo-rollouts",
      version: packages.get("argo-rollouts")!.version,
      level: "reconciled",
      judged:
        "answers to a watch and a gate: what aborts, passes, goes on and pauses; a setting less, and it is another",
      count: CASES.length,
    },
    [`${FILE}/analysis.yaml`],
  );
});

function stateOf(run: Data | undefined): { phase: string; looks: number } {
  const [result] = run?.status?.metricResults ?? [];
  const looks = (result?.successful ?? 0) + (result?.failed ?? 0) + (result?.inconclusive ?? 0);
  return { phase: run?.status?.phase ?? "", looks };
}

test.run();
