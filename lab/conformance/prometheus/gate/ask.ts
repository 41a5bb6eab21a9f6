/** Asks promtool what the queries of a gate answer. */
import type { Counters } from "../../../../compiler/facts/gate/counters.ts";
import { abortAt, passAt, type GatePromise } from "../../../../compiler/facts/gate/promise.ts";
import { gateQuery, watchQuery } from "../../../../compiler/facts/gate/queries.ts";
import { promtoolOn } from "../promtool.ts";
import { answersAt, NEW, OLD, SCRAPE, seriesOf, type Answers, type History, type SeriesFor } from "./pods.ts";

export interface Gate {
  watch: string;
  gate: string;
  /** The watch aborts from here on, and the gate passes from here down. */
  abortAt: number;
  passAt: number;
  /** What both must answer, by the requests alone; absent where the verdict is all that is asked for. */
  answers?: (history: History, seconds: number) => Answers;
}

export const gateOf = (counters: Counters, objective: number, promise: GatePromise): Gate => ({
  watch: watchQuery(counters, objective, promise, { latest: NEW, stable: OLD }),
  gate: gateQuery(counters, objective, promise, { latest: NEW, stable: OLD }),
  abortAt: abortAt(promise),
  passAt: passAt(promise),
  answers: (history, seconds) => answersAt(history, seconds, objective, promise),
});

/**
 * What becomes of a release: aborted by the watch, passed by the gate, or neither yet; `nothing` is an empty answer of
 * both, and `any` leaves it to the answers.
 */
export type Verdict = "aborted" | "passed" | "neither" | "nothing" | "any";

export interface Moment {
  /** Seconds since the history began. */
  at: number;
  verdict: Verdict;
}

export interface Case {
  name: string;
  gate: Gate;
  history: History;
  counting: SeriesFor;
  moments: readonly Moment[];
}

/** A gate without one of its parts. */
export type Edit = (gate: Gate) => Gate;

export const ask = (cases: readonly Case[], edit: Edit = (gate) => gate) =>
  promtoolOn(["test", "rules"], {
    evaluation_interval: `${SCRAPE}s`,
    tests: cases.map((one) => testOf({ ...one, gate: edit(one.gate) })),
  });

function testOf({ name, gate, history, counting, moments }: Case) {
  const until = Math.ceil(Math.max(...moments.map(({ at }) => at)) / SCRAPE);
  return {
    name,
    interval: `${SCRAPE}s`,
    input_series: seriesOf(history, until, counting),
    promql_expr_test: moments.flatMap((moment) => questions(gate, history, moment)),
  };
}

function questions(gate: Gate, history: History, { at, verdict }: Moment) {
  const { watch, gate: passing, answers } = gate;
  const is = (expr: string, value: boolean | undefined) => ({
    expr,
    eval_time: `${at}s`,
    exp_samples: value === undefined ? [] : [{ labels: "{}", value: value ? 1 : 0 }],
  });
  if (verdict === "nothing") return [is(watch, undefined), is(passing, undefined)];
  const equals = (query: string, value: number | undefined) =>
    value === undefined ? is(query, undefined) : is(`abs((${query}) - (${value})) < bool 1e-6`, true);
  const expected = answers?.(history, at);
  return [
    ...(expected ? [equals(watch, expected.watch), equals(passing, expected.gate)] : []),
    ...(verdict === "any" ? [] : [is(`(${watch}) >= bool ${gate.abortAt}`, verdict === "aborted")]),
    ...(verdict === "passed" || verdict === "neither"
      ? [is(`(${passing}) <= bool ${gate.passAt}`, verdict === "passed")]
      : []),
  ];
}
