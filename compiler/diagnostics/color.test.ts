import { suite } from "uvu";
import * as assert from "uvu/assert";
import { painter, wantsColor } from "./color.ts";

const test = suite("color");

const table: [env: Record<string, string>, isTTY: boolean, expected: boolean][] = [
  [{}, true, true],
  [{}, false, false],
  [{ NO_COLOR: "1" }, true, false],
  [{ NO_COLOR: "" }, true, true],
  [{ FORCE_COLOR: "1" }, false, true],
  [{ FORCE_COLOR: "0" }, true, false],
  [{ FORCE_COLOR: "1", NO_COLOR: "1" }, false, true],
  [{ TERM: "dumb" }, true, false],
];

for (const [env, isTTY, expected] of table) {
  test(`${JSON.stringify(env)} ${isTTY ? "on" : "off"} a terminal: ${expected}`, () =>
    assert.is(wantsColor(env, { isTTY }), expected));
}

test("paints without asking the terminal again", () => {
  assert.is(painter(true)("red", "x"), "\u001b[31mx\u001b[39m");
  assert.is(painter(false)("red", "x"), "x");
});

test.run();
