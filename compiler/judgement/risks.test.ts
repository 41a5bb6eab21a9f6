import { readFileSync } from "node:fs";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { examplesOf } from "../../scripts/gen/check-docs.ts";
import { inputsOfExample, readPage } from "../../test/errors/example.ts";
import type { Ecosystem } from "../config/model/ecosystem.ts";
import { compile } from "../compile.ts";
import { catalogue } from "./catalogue.ts";

/** What an example needs besides: a chart refuses an image with neither. */
const BESIDE: Readonly<Record<string, (config: Ecosystem) => Ecosystem>> = {
  "images/digest-in-production": ({ services, ...config }) => ({
    ...config,
    services: { ...services, api: { ...services["api"]!, tag: "1.4.2" } },
  }),
};

/** An error that the config may lower is a risk: what is written with it is sound, whatever policies think of it. */
const test = suite("risks");

const risks = catalogue().filter(
  ({ phase, severity, floor }) => phase === "check" && severity === "error" && floor === undefined,
);

for (const { id } of risks) {
  test(`${id}: what it is about compiles when it is off`, async () => {
    const { avoid } = readPage(readFileSync(examplesOf(id)!, "utf8"));
    const inputs = inputsOfExample(avoid);
    const config = { ...(BESIDE[id]?.(inputs.config) ?? inputs.config), checks: { [id]: "off" } };
    const { diagnostics, emission, off } = await compile({
      root: "/nowhere",
      inputs: { ...inputs, config },
      mode: "emit",
    });
    const broken = diagnostics.filter((one) => one.severity === "error" && !one.id.startsWith("policy/"));
    assert.equal(
      broken.map((one) => `${one.id}: ${one.message}`),
      [],
    );
    assert.ok(emission, "it is emitted");
    assert.equal(off, [id]);
  });
}

test("what is no risk and no warning cannot be lowered", () => {
  for (const { id, severity, floor, phase } of catalogue())
    if (severity === "error" && phase !== "check" && !id.startsWith("policy/")) assert.ok(floor, id);
});

test.run();
