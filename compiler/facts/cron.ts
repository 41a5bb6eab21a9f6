import { Cron } from "croner";
import type { Cron as Schedule } from "../config/units.ts";
import { readFields, type Unread } from "./cron-fields.ts";

/**
 * A fixed instant: compiling reads no clock. The start of a leap year, so that 29 February comes up. As a text it would
 * cost croner 16 ms.
 */
// oxlint-disable-next-line no-restricted-globals -- it is the same instant everywhere
const EPOCH = new Date(Date.UTC(2024, 0, 1));
/** Runs to look at: more than any list of minutes that people write, so that its shortest gap is among them. */
const RUNS = 16;

/** What is wrong with a schedule, and what to write instead where that is more than an example. */
export interface CronProblem {
  problem: string;
  hint?: string;
}

/** What is wrong with a schedule, if anything. */
export function cronProblem(schedule: Schedule): CronProblem | undefined {
  const fields = readFields(schedule);
  if (!Array.isArray(fields)) return unread(fields);
  return croner(fields).nextRun(EPOCH) === null ? { problem: "never comes up" } : undefined;
}

const unread = ({ part, title, span }: Unread): CronProblem => ({
  problem: `has ${JSON.stringify(part)} for the ${title}, which goes from ${span}`,
  ...(title === "day of the week"
    ? { hint: 'Sunday is 0 or SUN, and the first day: Friday to Sunday is "5-6,0"' }
    : {}),
});

/** Found once: croner looks for runs one by one, and whoever compiles many configs meets the same schedules again. */
const gaps = new Map<Schedule, number | undefined>();

/** Seconds between the two runs that are closest; undefined where there are none. */
export function shortestGap(schedule: Schedule): number | undefined {
  if (!gaps.has(schedule)) gaps.set(schedule, gapOf(schedule));
  return gaps.get(schedule);
}

function gapOf(schedule: Schedule): number | undefined {
  const fields = readFields(schedule);
  if (!Array.isArray(fields)) return undefined;
  const runs = croner(fields).nextRuns(RUNS, EPOCH);
  const between = runs.slice(1).map((run, index) => (run.getTime() - runs[index]!.getTime()) / 1000);
  return between.length === 0 ? undefined : Math.min(...between);
}

const croner = (fields: readonly string[]): Cron =>
  new Cron(fields.join(" "), { mode: "5-part", utcOffset: 0, paused: true });
