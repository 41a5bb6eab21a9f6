/** The queries of gates, asked of the real engine of PromQL over pods whose requests are known one by one. */
import * as assert from "uvu/assert";
import { ECOSYSTEMS } from "../../ecosystems.ts";
import { labSuite } from "../../lab-suite.ts";
import { record } from "../../record/notes.ts";
import { ask } from "./gate/ask.ts";
import { casesOf, compiledGates } from "./gate/compiled.ts";
import { play } from "./gate/grid.ts";
import { MUTANTS } from "./gate/mutants.ts";
import { randomCases } from "./gate/random.ts";
import { TRAPS } from "./gate/traps.ts";
import { promtoolOn, promtoolVersion } from "./promtool.ts";

const test = labSuite("prometheus: gates of rollouts", ["promtool"]);

const PROMTOOL = { consumer: "promtool", level: "schema" as const };

for (const trap of TRAPS) {
  test(trap.name, () => {
    const { ok, said } = ask([trap]);
    assert.ok(ok, said);
  });

  test(`${trap.name}: not with ${trap.without}`, () => {
    const { ok, said } = ask([trap], MUTANTS[trap.without]);
    assert.not(ok);
    assert.match(said, /exp:|got:/);
  });
}

for (const [name, edit] of Object.entries(MUTANTS)) {
  test(`caught: ${name}`, () => {
    const changed = TRAPS.filter(({ gate }) => JSON.stringify(edit(gate)) !== JSON.stringify(gate));
    assert.ok(changed.length > 0, "there is no such part any more");
    const { ok, said } = ask(changed, edit);
    assert.not(ok);
    assert.match(said, /exp:|got:/);
  });
}

test("random releases: both answers are what the requests make of the formulas", () => {
  const releases = randomCases(7, 100);
  const { ok, said } = ask(releases);
  assert.ok(ok, said.slice(0, 2000));
  record({
    ...PROMTOOL,
    version: promtoolVersion(),
    judged: `gates of rollouts: ${TRAPS.length} traps and random releases; each trap fails without its part, and ${Object.keys(MUTANTS).length} mutants fail`,
    count: TRAPS.length + releases.length,
  });
});

test("whole releases, look by look: good ones pass, and burns are aborted in the minutes that the compiler says", () => {
  const played = play(5, 12);
  const [kept, burnt] = [1, 10].map((times) => played.filter((release) => release.times === times));
  // One of 36 is no more than chance, at one in a hundred.
  const others = (releases: typeof played, good: (release: (typeof played)[number]) => boolean): number =>
    releases.filter((release) => !good(release)).length;
  assert.ok(others(kept!, ({ end }) => end === "passed") <= 1);
  assert.ok(others(burnt!, ({ end, minutes, within }) => end === "aborted" && minutes <= within!) <= 1);
  const { ok, said } = ask(played.map(({ asked }) => asked));
  assert.ok(ok, said.slice(0, 2000));
  record({
    ...PROMTOOL,
    version: promtoolVersion(),
    judged:
      "whole releases of random requests, look by look: those that keep their objective pass, those that burn ten times as much are aborted in time",
    count: played.length,
  });
});

for (const [ecosystem, project] of Object.entries(ECOSYSTEMS)) {
  const gates = compiledGates(project);
  const cases = gates.flatMap(casesOf);

  test(`${ecosystem}: every gate aborts what it must, passes what it must, and says nothing of others`, () => {
    assert.ok(gates.length > 0);
    const { ok, said } = ask(cases);
    assert.ok(ok, said.slice(0, 2000));
    record(
      {
        ...PROMTOOL,
        version: promtoolVersion(),
        judged: `${ecosystem}: watches and gates of analyses, in ${cases.length} cases`,
        count: gates.length,
      },
      gates.map(({ file }) => file),
    );
  });

  test(`${ecosystem}: every query of a gate loads as a rule`, () => {
    const rules = gates.flatMap(({ gate: { watch, gate } }, index) =>
      Object.entries({ watch, gate }).map(([name, expr]) => ({ record: `${name}:${index}`, expr })),
    );
    const { ok, said } = promtoolOn(["check", "rules", "--lint=all", "--lint-fatal"], {
      groups: [{ name: "gates", rules }],
    });
    assert.ok(ok, said);
  });
}

test("caught: compiled gates whose thresholds or versions are others", () => {
  const cases = compiledGates(ECOSYSTEMS.reference).flatMap(casesOf);
  assert.not(ask(cases, (gate) => ({ ...gate, abortAt: 1e9 })).ok);
  assert.not(ask(cases, (gate) => ({ ...gate, passAt: -1e9 })).ok);
  const exchanged = (query: string): string => query.replaceAll('"new"', '"old"');
  assert.not(ask(cases, (gate) => ({ ...gate, watch: exchanged(gate.watch) })).ok);
  assert.not(ask(cases, (gate) => ({ ...gate, gate: exchanged(gate.gate) })).ok);
});

test.run();
