/** What the compiler says without a server, of rules of CRDs and of schedules, is what a real API server says. */
import fc from "fast-check";
import * as assert from "uvu/assert";
import { cronProblem } from "../../../compiler/facts/cron.ts";
import { cases } from "../../../compiler/6-verify/kubernetes/cel/test/cases.ts";
import type { Cron } from "../../../compiler/config/units.ts";
import { Refused, type KubernetesObject } from "../../cluster/client.ts";
import { CONTROL_PLANE, startCluster, type LabCluster } from "../../cluster/index.ts";
import { customResourceDefinitions } from "../../cluster/crds.ts";
import { KUBERNETES } from "../../delivery/index.ts";
import { labSuite } from "../../lab-suite.ts";
import { record } from "../../record/notes.ts";
import { cronJob } from "./cron-job.ts";

const test = labSuite("kube-apiserver: agreement", CONTROL_PLANE);

/** The modules whose CRDs have rules that {@link cases} break. */
const MODULES = [
  "istio.io/api",
  "github.com/cert-manager/cert-manager",
  "github.com/external-secrets/external-secrets",
  "github.com/kedacore/keda/v2",
  "k8s.io/autoscaler/vertical-pod-autoscaler",
];

let lab: LabCluster;
test.after(() => lab?.stop());

test("a control plane comes up", async () => {
  lab = await startCluster({ name: "agreement", parts: [], crds: customResourceDefinitions(MODULES) });
});

/** What the server says against a new object; nothing where it takes it. */
async function refusal(object: KubernetesObject): Promise<string | undefined> {
  try {
    await lab.client.create(object, { dryRun: true });
    return undefined;
  } catch (error) {
    if (error instanceof Refused && error.status === 422) return error.message;
    throw error;
  }
}

test("rules of CRDs", async () => {
  for (const { title, apiVersion, kind, cluster = false, spec, breaks } of cases) {
    const metadata = { name: "one", ...(cluster ? {} : { namespace: "default" }) };
    const said = await refusal({ apiVersion, kind, metadata, spec });
    assert.is(said !== undefined, breaks.length > 0, `${title}: ${said ?? "taken"}`);
    // An error while a rule is asked is said in words of its own.
    for (const message of breaks)
      assert.ok(said!.includes(message) || said!.includes("evaluation error"), `${title}: ${said}`);
  }
  record({
    consumer: "kube-apiserver",
    version: KUBERNETES,
    judged: "Objects that keep or break the rules in CEL of their CRDs, each as the compiler says",
    count: cases.length,
    level: "admitted",
  });
});

const byNumber = (a: string, b: string): number => Number(a) - Number(b);

/** One field of a schedule, as people write it and as they mistake it. */
const field = (least: number, most: number, names: readonly string[]): fc.Arbitrary<string> => {
  const value = fc.oneof(
    { weight: 30, arbitrary: fc.integer({ min: least, max: most }).map(String) },
    { weight: 1, arbitrary: fc.integer({ min: most, max: most + 2 }).map(String) },
    ...(names.length === 0 ? [] : [{ weight: 10, arbitrary: fc.constantFrom(...names) }]),
  );
  const range = fc.oneof(
    { weight: 3, arbitrary: value },
    { weight: 1, arbitrary: fc.tuple(value, value).map((ends) => ends.join("-")) },
    { weight: 3, arbitrary: fc.tuple(value, value).map((ends) => ends.sort(byNumber).join("-")) },
    { weight: 2, arbitrary: fc.constant("*") },
  );
  const item = fc.tuple(range, fc.option(fc.constantFrom("1", "2", "5", "15", "0"), { freq: 1 }));
  const text = item.map(([span, step]) => (step === null ? span : `${span}/${step}`));
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant("*") },
    { weight: 4, arbitrary: fc.array(text, { minLength: 1, maxLength: 3 }).map((items) => items.join(",")) },
  );
};
const MONTHS = ["JAN", "JUN", "DEC"];
const DAYS = ["SUN", "MON", "FRI", "SAT"];
const schedules = fc
  .tuple(field(0, 59, []), field(0, 23, []), field(1, 31, []), field(1, 12, MONTHS), field(0, 6, DAYS))
  .map((fields) => fields.join(" ") as Cron);

test("schedules", async () => {
  const some = [
    ...new Set([
      "0 9 * * 5-7",
      "0 9 * * SUN,7",
      "0 9 * * FRI-SUN",
      "0 9 * * 0-6",
      "0 9 * * SUN-FRI/2",
      "5/10 ? * * *",
      "*/70 * * * */15",
      ...fc.sample(schedules, { numRuns: 400, seed: 1 }),
    ]),
  ] as Cron[];
  const verdicts: string[] = [];
  for (const schedule of some) {
    const ours = cronProblem(schedule)?.problem;
    const theirs = await refusal(cronJob(schedule));
    // That it never comes up is no concern of the server's.
    assert.is(theirs === undefined, ours === undefined || ours === "never comes up", `${schedule}: ${theirs ?? ours}`);
    verdicts.push(ours ?? "taken");
  }
  const taken = verdicts.filter((verdict) => verdict === "taken").length;
  assert.ok(taken > 100 && verdicts.length - taken > 50, `${taken} of ${verdicts.length} are taken`);
  record({
    consumer: "kube-apiserver",
    version: KUBERNETES,
    judged: "Schedules, right and wrong, each as the compiler says",
    count: some.length,
    level: "admitted",
  });
});

test.run();
