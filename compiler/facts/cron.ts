import { Cron } from "croner";
import type { Cron as Schedule } from "../config/units.ts";

/**
 * A fixed instant: compiling reads no clock. The start of a leap year, so that 29 February comes up. As a text it would
 * cost croner 16 ms.
 */
// oxlint-disable-next-line no-restricted-globals -- it is the same instant everywhere
const EPOCH = new Date(Date.UTC(2024, 0, 1));
/** Runs to look at: more than any list of minutes that people write, so that its shortest gap is among them. */
const RUNS = 16;

/**
 * Fields that croner takes beyond what Kubernetes and Chaos Mesh do: both read with
 * https://pkg.go.dev/github.com/robfig/cron/v3.
 */
const BEYOND = /[L#W?]/;

/** What is wrong with a schedule, and what to write instead where that is more than an example. */
export interface CronProblem {
  problem: string;
  hint?: string;
}

/** What is wrong with a schedule, if anything. */
export function cronProblem(schedule: Schedule): CronProblem | undefined {
  if (BEYOND.test(schedule.replace(/\b[A-Z]{3}\b/g, "")))
    return { problem: "uses L, W, # or ?, which Kubernetes does not read" };
  const cron = parse(schedule);
  if (cron === undefined) return { problem: "is not a schedule" };
  return sundayProblem(schedule) ?? (cron.nextRun(EPOCH) === null ? { problem: "never comes up" } : undefined);
}

/**
 * croner takes 7 for Sunday and lets a range end there; Kubernetes and Chaos Mesh count days from 0, Sunday, to 6:
 * https://pkg.go.dev/github.com/robfig/cron/v3#hdr-CRON_Expression_Format
 */
function sundayProblem(schedule: Schedule): CronProblem | undefined {
  const ranges = schedule.split(" ")[4]!.split(",");
  const ends = ranges.map((range) => range.split("/")[0]!.split("-"));
  const hint = 'Sunday is 0 or SUN, and the first day: Friday to Sunday is "5-6,0"';
  if (ends.flat().some((day) => Number(day) === 7))
    return { problem: "calls a day 7, and Kubernetes counts from 0, Sunday, to 6", hint };
  if (ends.some(([from, to]) => to === "SUN" && from !== "SUN" && Number(from) !== 0))
    return { problem: "has days up to SUN, which is the first day for Kubernetes", hint };
  return undefined;
}

/** Seconds between the two runs that are closest; undefined where there are none. */
export function shortestGap(schedule: Schedule): number | undefined {
  const runs = cronProblem(schedule) === undefined ? parse(schedule)!.nextRuns(RUNS, EPOCH) : [];
  const gaps = runs.slice(1).map((run, index) => (run.getTime() - runs[index]!.getTime()) / 1000);
  return gaps.length === 0 ? undefined : Math.min(...gaps);
}

function parse(schedule: Schedule): Cron | undefined {
  try {
    return new Cron(schedule, { mode: "5-part", utcOffset: 0, paused: true });
  } catch {
    return undefined; // it says in English what is wrong; the example in the hint says more
  }
}
