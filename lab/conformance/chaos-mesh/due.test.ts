import { suite } from "uvu";
import * as assert from "uvu/assert";
import { dueObjects, isBrief } from "./due.ts";
import { SCHEDULE } from "./every-experiment-due.ts";

const test = suite("chaos-mesh: what is due");

test("every Schedule and CronJob is of the minute that is asked for, as it is and once more in brief", async () => {
  const objects = await dueObjects("", "cluster-paris", new Date("2026-11-30T17:42:59Z"));
  const due = objects.filter(({ kind }) => ["Schedule", "CronJob"].includes(kind));
  assert.equal([...new Set(due.map(({ spec }) => (spec as { schedule: string }).schedule))], ["42 17 * * *"]);
  assert.not.match(JSON.stringify(objects), SCHEDULE);
  const names = (some: typeof due) => some.map(({ metadata }) => metadata.name.replace(/-brief$/, "")).sort();
  assert.equal(names(due.filter(isBrief)), names(due.filter((object) => !isBrief(object))));
});

test.run();
