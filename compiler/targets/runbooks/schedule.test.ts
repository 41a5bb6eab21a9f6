import { Cron } from "croner";
import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Cron as Schedule } from "../../config/units.ts";
import { scheduleWords } from "./schedule.ts";

for (const [schedule, expected] of [
  ["0 10 * * 2", "Tuesdays at 10:00 UTC"],
  ["5 9 * * *", "daily at 09:05 UTC"],
  ["0 9 1 * *", "day 1 of every month at 09:00 UTC"],
  ["30 14 * * 1-5", "Monday to Friday at 14:30 UTC"],
  ["30 14 ? * MON-FRI", "Monday to Friday at 14:30 UTC"],
  ["0 3 * * SAT,0", "Saturdays, Sundays at 03:00 UTC"],
  ["0 3 * * 7", undefined],
  ["*/15 * * * *", "every 15 minutes"],
  ["0 * * * *", "every hour"],
  ["7 * * * *", "7 minutes past every hour"],
  // Better said by the expression itself.
  ["*/7 * * * *", undefined],
  ["*/1 * * * *", undefined],
  ["0 10 13 * 5", undefined],
  ["0 10 * 6 *", undefined],
  ["0 8-18 * * *", undefined],
  ["0 10 * * 1-3,5", undefined],
  ["0 10 * * 2#1", undefined],
  ["0 10 L * *", undefined],
  ["0 10 1,15 * *", undefined],
] as const) {
  test(`${schedule}`, () => assert.is(scheduleWords(schedule), expected));
}

test("what is said is when it runs", () => {
  const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
  const two = (value: number) => String(value).padStart(2, "0");
  fc.assert(
    fc.property(fc.nat(59), fc.nat(23), fc.nat(6), (minute, hour, weekday) => {
      const schedule: Schedule = `${minute} ${hour} * * ${weekday}`;
      const next = new Cron(schedule, { timezone: "UTC" }).nextRun(new Date(Date.UTC(2026, 10, 23)))!;
      assert.is(
        scheduleWords(schedule),
        `${DAYS[next.getUTCDay()]}s at ${two(next.getUTCHours())}:${two(next.getUTCMinutes())} UTC`,
      );
    }),
  );
});

test.run();
