import { readFileSync } from "node:fs";
import { join } from "node:path";
import glob from "fast-glob";
import { parseSync, Visitor, type Expression } from "oxc-parser";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { PACKAGE_ROOT } from "../package-root.ts";

/**
 * Defaults are decided in lower alone. In a target `given ?? "a value"` is a second decision about the same field, which
 * nobody finds who changes the first one. An empty list, object or text is no decision: it says that there is nothing.
 */
const ROOMS = ["facts", "targets"];

/** Where it stands for something else than a field of the config that was left out, or is the one place that decides. */
const NO_FIELD: Readonly<Record<string, string>> = {
  'scp[1] ?? "git"': "the user that git itself takes in an address without one",
  'all[0] ?? "none"': "words for people",
  'scheduleWords(experiment.schedule) ?? "cron, in UTC"': "words for people",
  "scheduleWords(schedule) ?? `cron ${schedule}, in UTC`": "words for people",
  "region.zones[0] ?? `${region.name}-b`": "where Google Cloud chooses the zones, and a cluster needs one to live in",
  "vote.get(cells) ?? 0": "what has no chance yet",
  "monthly?.[bound] ?? 0": "what has no price adds nothing to the sum",
};

const decides = ({ type, ...value }: Expression): boolean =>
  type === "TemplateLiteral" ||
  (type === "Literal" && ![undefined, null, "", false].includes((value as { value?: string | false | null }).value));

/** Every `??` whose right side is a value, in a file that belongs to no test. */
function decisions(): string[] {
  const found: string[] = [];
  const files = glob.sync(`compiler/{${ROOMS.join()}}/**/*.ts`, {
    cwd: PACKAGE_ROOT,
    ignore: ["**/*.test.ts", "**/test/**", "**/generated/**", "compiler/targets/*/options.ts"],
  });
  for (const file of files) {
    const source = readFileSync(join(PACKAGE_ROOT, file), "utf8");
    new Visitor({
      LogicalExpression({ operator, right, start, end }) {
        if (operator === "??" && decides(right)) found.push(source.slice(start, end));
      },
    }).visit(parseSync(file, source).program);
  }
  return [...new Set(found)].sort();
}

test("no field of the config gets its default in a target", () => {
  assert.equal(decisions(), Object.keys(NO_FIELD).sort());
});

test.run();
