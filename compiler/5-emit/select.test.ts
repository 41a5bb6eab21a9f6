import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { TargetOptions } from "../config/targets.ts";
import { selectTargets } from "./select.ts";
import { defineTarget } from "./target.ts";

/** Which targets a config leaves on, and with which options. */
const test = suite("select targets");
const resolve = (given: unknown) => ({ size: 1, ...(given as object) });
const on = defineTarget({ name: "on", summary: "", resolve });
const off = defineTarget({ name: "off", summary: "", offByDefault: true, resolve });
const selected = (section: object | undefined, extensions?: object) =>
  selectTargets([on, off], section as TargetOptions, extensions as never).map(({ target, options }) => [
    target.name,
    options,
  ]);

const ON = { size: 1 };
const CASES: [what: string, section: object | undefined, selected: unknown[]][] = [
  ["nothing", undefined, [["on", ON]]],
  ["an empty section", {}, [["on", ON]]],
  ["false", { on: false, off: false }, []],
  [
    "true",
    { off: true },
    [
      ["on", ON],
      ["off", ON],
    ],
  ],
  [
    "options",
    { on: { size: 2 }, off: { size: 3 } },
    [
      ["on", { size: 2 }],
      ["off", { size: 3 }],
    ],
  ],
];
for (const [what, section, expected] of CASES)
  test(`the config says ${what}`, () => assert.equal(selected(section), expected));

test("an extension is on because it is named, with the options beside its package", () =>
  assert.equal(selected({}, { off: { from: "x" }, on: { from: "x", options: { size: 4 } } }), [
    ["on", { size: 4 }],
    ["off", ON],
  ]));

test.run();
