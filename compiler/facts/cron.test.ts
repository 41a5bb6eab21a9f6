import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Cron } from "../config/units.ts";
import { readFields } from "./cron-fields.ts";
import { cronProblem, shortestGap } from "./cron.ts";

const test = suite("schedules");

/** lab/conformance/kube-apiserver/agreement.lab.ts asks the same of a server, of many more. */
for (const [schedule, fields] of [
  ["0 3 * * 1-5", "0 3 * * 1,2,3,4,5"],
  ["5/20 * * * *", "5,25,45 * * * *"],
  ["*/20 ? * JAN-MAR SUN,SAT", "0,20,40 * * 1,2,3 0,6"],
  ["*/1,7 * * * *", "* * * * *"],
  ["0 0 1,,15 * *", "0 0 1,15 * *"],
  ["0 0 1-9/4 * *", "0 0 1,5,9 * *"],
  ["0 0 * * */70", "0 0 * * 0"],
] as const)
  test(schedule, () => assert.equal((readFields(schedule as Cron) as string[]).join(" "), fields));

for (const [schedule, part] of [
  ["0 9 * * 5-7", "5-7"],
  ["0 9 * * SUN,7", "7"],
  ["0 9 * * FRI-SUN", "FRI-SUN"],
  ["60 * * * *", "60"],
  ["0 0 0 * *", "0"],
  ["0 0 * JANUARY *", "JANUARY"],
  ["0 0 L * *", "L"],
  ["0 0 * * 2#1", "2#1"],
  ["*/0 * * * *", "*/0"],
  ["1-2-3 * * * *", "1-2-3"],
  ["1/2/3 * * * *", "1/2/3"],
  ["1- * * * *", "1-"],
  [", * * * *", ","],
] as const)
  test(`${schedule} is none`, () => {
    assert.is((readFields(schedule as Cron) as { part: string }).part, part);
    assert.ok(cronProblem(schedule as Cron)!.problem.startsWith(`has "${part}" for the `));
    assert.is(shortestGap(schedule as Cron), undefined);
  });

test("a day that never comes", () => {
  assert.equal(cronProblem("0 0 30 2 *"), { problem: "never comes up" });
  assert.is(cronProblem("0 0 29 2 *"), undefined);
  assert.is(cronProblem("0 0 30 2 MON"), undefined); // either kind of day is enough
});

test("the shortest gap", () => {
  assert.is(shortestGap("0,50,55 * * * *"), 300);
  assert.is(shortestGap("5/20 * * * *"), 1200);
});

test.run();
