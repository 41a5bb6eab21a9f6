/**
 * Random configs that compile, over all of the vocabulary: what the compiler takes, the charts render, and what they
 * render is valid. `RUNS=3000 node --import tsx test/renders/random.test.ts` for more of them, `SEED=2` for others.
 */
import * as assert from "uvu/assert";
import { answer } from "../../compiler/6-verify/kubernetes/cel/index.ts";
import { createValidator, schemasBelow } from "../../compiler/6-verify/kubernetes/index.ts";
import type { Question } from "../../compiler/6-verify/kubernetes/question.ts";
import { PACKAGE_ROOT } from "../../compiler/package-root.ts";
import { soundConfigs, type Tally } from "../fuzz/sound.ts";
import type { KubernetesObject } from "../../lab/cluster/client.ts";
import { labSuite } from "../../lab/lab-suite.ts";
import { Charts, example } from "../../lab/conformance/helm/charts.ts";
import { nameFaults } from "./limits.ts";
import { renderTogether, type Values } from "../../lab/conformance/helm/together.ts";

const test = labSuite("random configs, rendered", ["helm"]);

const RUNS = Number(process.env["RUNS"] ?? 300);
const SEED = Number(process.env["SEED"] ?? 1);
/** Rendered in one run of helm. */
const TOGETHER = 60;
/** https://github.com/helm/helm/blob/v3.19.2/pkg/chartutil/validate_name.go */
const RELEASE = /^(?=.{1,53}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

let charts: Charts;
test.before(() => void (charts = new Charts()));
test.after(() => charts.remove());

const { validate } = createValidator(schemasBelow(`${PACKAGE_ROOT}schemas/crds`));

function violations(object: KubernetesObject): string[] {
  const questions: Question[] = [];
  const found = validate(object, (question) => questions.push(question));
  return [
    ...nameFaults(object),
    ...[...found, ...questions.flatMap(answer)].map(
      ({ path, message }) => `${object.kind} ${object.metadata?.name}: ${path.join(".")} ${message}`,
    ),
  ];
}

/** What helm refuses, one by one. */
function refusals(all: readonly Values[]): string[] {
  return all.flatMap((one) => {
    try {
      renderTogether(charts, [one]);
      return [];
    } catch (error) {
      return [
        `${one.chart}: ${String((error as { stderr?: unknown }).stderr ?? error).trim()}\n${JSON.stringify(one.values)}`,
      ];
    }
  });
}

/** Renders values, and says what is wrong with them or with what comes of them. */
function judged(all: readonly Values[]): { objects: number; faults: string[] } {
  let objects: KubernetesObject[];
  try {
    objects = renderTogether(charts, all);
  } catch {
    return { objects: 0, faults: refusals(all) };
  }
  return { objects: objects.length, faults: objects.flatMap(violations) };
}

test(`what is made of ${RUNS} configs renders, and is valid`, async () => {
  const tally: Tally = { tried: 0, refused: new Map() };
  const faults = new Set<string>();
  const distinct = new Map<string, Values>();
  const releases = new Set<string>();
  let configs = 0;
  for await (const { emission } of soundConfigs(SEED, tally, "services")) {
    for (const { body } of emission.artifacts) {
      // Their schemas were asked by verify.
      if (body.kind === "kubernetes") for (const fault of body.objects.flatMap(nameFaults)) faults.add(fault);
      if (body.kind !== "values" || body.chart === undefined) continue;
      releases.add(String((body.data as { name?: unknown }).name));
      distinct.set(JSON.stringify([body.chart, body.data]), { chart: body.chart, values: body.data });
    }
    if (++configs === RUNS) break;
  }
  for (const name of releases) if (!RELEASE.test(name)) faults.add(`${name} is no name of a release`);
  const all = [...distinct.values()];
  let objects = 0;
  for (let begin = 0; begin < all.length; begin += TOGETHER) {
    const verdict = judged(all.slice(begin, begin + TOGETHER));
    objects += verdict.objects;
    for (const fault of verdict.faults) faults.add(fault);
  }
  const late = [...tally.refused].filter(([id]) => /^(verify|patch)\//.test(id)).map(([id, count]) => `${id} ${count}`);
  const sum = [...tally.refused.values()].reduce((a, b) => a + b, 0);
  console.log(
    `${configs} configs of ${tally.tried} changes, of which ${sum} were refused (late: ${late.join(", ") || "none"}); ${all.length} values, ${objects} objects`,
  );
  assert.equal([...faults], []);
  assert.ok(all.length > RUNS, `${all.length} values`);
});

test("caught: values that a chart refuses, among others", () => {
  const one = { chart: "service", values: example("service", "fullest") };
  const { liveness } = one.values.probes;
  const broken = { ...one, values: { ...one.values, probes: { ...one.values.probes, readiness: liveness } } };
  assert.equal(judged([one, one]).faults, []);
  const { faults } = judged([one, broken]);
  assert.is(faults.length, 1);
  assert.match(faults[0]!, /liveness and readiness are identical/);
});

test("caught: an object that is not valid", () => {
  const one = { chart: "job", values: { ...example("job", "fullest"), schedule: "0 0 * * *" } };
  const objects = renderTogether(charts, [one]);
  assert.equal(objects.flatMap(violations), []);
  const job = objects.find(({ kind }) => kind === "CronJob")!;
  assert.ok(violations({ ...job, spec: { ...(job["spec"] as object), scheduel: "" } }).length > 0);
});

test.run();
