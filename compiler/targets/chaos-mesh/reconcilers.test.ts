/**
 * Compiled schedules in Chaos Mesh's own webhooks and reconcilers (reconcilers/main.go), at a speed that a test can wait for: what is proven is the
 * order and the ends. Needs Go.
 */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Experiment as ConfigExperiment } from "../../config/model/resilience.ts";
import { SLO_GATE } from "../../3-lower/names.ts";
import { consumer } from "../../../test/support/consumer.ts";
import { BASE, emitFor, objectsOf } from "./test/ecosystem.ts";

const go = consumer("go");
const test = suite("experiments in Chaos Mesh's reconcilers");
const it = go === undefined ? test.skip : test;

const folder = mkdtempSync(join(tmpdir(), "reconcilers-"));
const program = join(folder, "reconcilers");
test.after(() => rmSync(folder, { recursive: true }));

interface Event {
  /** Seconds. */
  at: number;
  /** A template by its name, a fault by its kind and own name. */
  what: string;
  began: boolean;
}

/** Looks every second in place of five, a pause of two seconds in place of ten. */
const quickened = (schedule: object): string => JSON.stringify(schedule).replaceAll('"intervalSeconds":5', '"intervalSeconds":1').replace('"deadline":"10s"', '"deadline":"2s"');

interface Scenario {
  /** Seconds after which the SLO is broken; never without. */
  breaksAfter?: number;
  annotated?: boolean;
  lasts: number;
}

async function play(experiment: ConfigExperiment, { breaksAfter = -1, annotated = true, lasts }: Scenario): Promise<Event[]> {
  const schedule = objectsOf(emitFor(experiment)).find(({ kind }) => kind === "Schedule")!;
  const annotations = annotated ? { "eco-compile.dev/source": "resilience" } : undefined;
  const input = JSON.stringify({ schedule: JSON.parse(quickened(schedule)), sloGate: SLO_GATE.url, annotations, breaksAfter, lasts });
  const run = promisify(execFile)(program, [], { maxBuffer: 2 ** 26 });
  run.child.stdin!.end(input);
  return JSON.parse((await run).stdout) as Event[];
}

const names = (events: readonly Event[], began: boolean) => [...new Set(events.filter((event) => event.began === began).map(({ what }) => what.replace(/ .*/, "")))];
const moment = (events: readonly Event[], what: string, began: boolean) => events.find((event) => event.began === began && event.what.startsWith(what))?.at ?? NaN;
const lastEnd = (events: readonly Event[], what: string) => events.findLast((event) => !event.began && event.what.startsWith(what))?.at ?? NaN;
const left = (events: readonly Event[]) => events.filter(({ what, began }) => began && !what.startsWith("panic") && !events.some((other) => other.what === what && !other.began)).map(({ what }) => what);

const LOSS: ConfigExperiment = { ...BASE, kind: "network-loss", loss: "5%", duration: "4s" };
const LONG: ConfigExperiment = { ...LOSS, duration: "30s" };
const KILL: ConfigExperiment = { ...BASE, kind: "pod-kill", every: "2s", duration: "7s" };

let plays: Promise<Event[][]>;
test.before(async () => {
  if (go === undefined) return;
  await promisify(execFile)(go, ["build", "-buildvcs=false", "-o", program, "."], { cwd: new URL("reconcilers/", import.meta.url), maxBuffer: 2 ** 26 });
  // At once: each takes its time, and none takes a processor.
  plays = Promise.all([play(LOSS, { lasts: 13 }), play(KILL, { lasts: 17 }), play(LOSS, { breaksAfter: 0, lasts: 9 }), play(LONG, { breaksAfter: 6, lasts: 13 }), play(LOSS, { breaksAfter: 0, annotated: false, lasts: 14 })]);
});

it("a good experiment passes its gate, runs beside its watch, and ends with its time", async () => {
  const [events] = (await plays) as [Event[]];
  assert.equal(names(events, true).slice(0, 3), ["experiment", "gate-good", "settle"]);
  assert.equal(names(events, true).slice(3).sort(), ["NetworkChaos", "fault", "run", "watch-good"]);
  const lasted = moment(events, "NetworkChaos", false) - moment(events, "NetworkChaos", true);
  assert.ok(lasted > 2.5 && lasted < 5.5, `${lasted}s`); // whole seconds in Kubernetes' times
  assert.ok(moment(events, "NetworkChaos", true) >= moment(events, "settle", false));
  assert.equal(left(events), []);
});

it("pods are killed step by step, one fault at a time, as often as said", async () => {
  const [, events] = (await plays) as [Event[], Event[]];
  const kills = events.filter(({ what }) => what.startsWith("PodChaos"));
  assert.is(kills.filter(({ began }) => began).length, 3);
  let open = 0;
  for (const { began } of kills.sort((a, b) => a.at - b.at || Number(a.began) - Number(b.began))) assert.ok((open += began ? 1 : -1) <= 1);
  assert.ok(lastEnd(events, "PodChaos") - moment(events, "PodChaos", true) < 8.5);
  assert.equal(left(events), []);
});

it("a gate that fails ends it before any fault", async () => {
  const events = (await plays)[2]!;
  assert.not(names(events, true).includes("NetworkChaos"));
  assert.not(names(events, true).includes("run"));
  assert.equal(left(events), []);
});

it("an SLO that breaks ends the fault long before its time", async () => {
  const events = (await plays)[3]!;
  const ended = moment(events, "NetworkChaos", false);
  assert.ok(moment(events, "NetworkChaos", true) < 6, "it had begun");
  assert.ok(ended > 6 && ended < 11, `${ended}s: two bad looks, and what an abort takes`);
  assert.equal(left(events), []);
});

it("without an annotation the abort panics, which is why each Workflow gets one, and the deadline ends it still", async () => {
  const events = (await plays)[4]!;
  assert.ok(events.some(({ what }) => what === "panic: assignment to entry in nil map"));
  const lasted = moment(events, "NetworkChaos", false) - moment(events, "NetworkChaos", true);
  assert.ok(lasted < 5.5, `${lasted}s`);
  assert.equal(left(events), []);
});

test.run();
