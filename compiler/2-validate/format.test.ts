import { suite } from "uvu";
import * as assert from "uvu/assert";
import { base } from "../../test/errors/base.ts";
import { FORMAT } from "../migrations/index.ts";
import { withFormat } from "./format.ts";
import { validate } from "./index.ts";

const test = suite("format");
const brief = (config: unknown): string[] =>
  validate({ config, images: undefined, tuning: undefined }).diagnostics.map(({ id, at }) => `${id} at ${at}`);

test("the newest format and none at all are the same", () => {
  assert.equal(brief({ ...base, format: FORMAT }), brief(base));
});

test("a newer format is one finding, whatever else there is", () => {
  assert.equal(brief({ ...base, format: FORMAT + 1, weather: "fine", services: [] }), ["format/newer at format"]);
});

test("an older one is found at its number, beside what has nothing to do with it", () => {
  assert.equal(brief({ ...base, format: 1 }), ["format/outdated at format"]);
  assert.equal(brief({ ...base, format: 1, weather: "fine" }), [
    "format/outdated at format",
    "schema/unknown-key at weather",
  ]);
});

for (const format of [0, -1, 1.5, "2", null, [2]])
  test(`what is no format at all is for the schema: ${JSON.stringify(format)}`, () => {
    const found = brief({ ...base, format });
    assert.ok(found.length > 0 && found.every((one) => one.startsWith("schema/")), found.join("\n"));
  });

/** Findings as the schema has them. */
const finding = (at: string) => ({ id: "schema/unknown-key", severity: "error" as const, at, message: "" });

test("old words take the place of what the schema says at them and below, and are one idea", () => {
  const config = {
    services: { web: { placement: ["a"], overrides: [{ environment: "x" }] }, api: { placement: ["a"], image: 3 } },
  };
  const found = withFormat(config, [
    finding("services.web.placement"),
    finding("services.web.placement[0]"),
    finding("services.web.overrides"),
    finding("services.web.overridesToo"),
    finding("services.api.placement"),
    finding("services.api.image"),
  ]);
  assert.equal(
    found.map(({ id, at, key = false }) => [id, at, key]),
    [
      ["format/outdated", "services.web.placement", false],
      ["format/outdated", "services.api.placement", false],
      ["format/outdated", "services.web.overrides", true],
      ["schema/unknown-key", "services.web.overridesToo", false],
      ["schema/unknown-key", "services.api.image", false],
    ],
  );
  const ideas = new Set(found.flatMap(({ idea }) => idea ?? []));
  assert.is(ideas.size, 1);
  for (const { hint, id } of found) if (id === "format/outdated") assert.match(hint!, "eco-compile migrate");
});

test("what the schema takes is no old word", () => {
  const [other] = [finding("services.web.placement[1]")];
  assert.equal(withFormat({ services: { web: { placement: ["a", "a"] } } }, [other]), [other]);
});

test("where the schema finds nothing, nothing is asked", () => {
  assert.equal(withFormat({ format: 1, services: { web: { placement: ["a"] } } }, []), []);
});

test("no old form is valid, and each is one finding at its literal", () => {
  const [name, service] = Object.entries(base.services)[0]!;
  const config = {
    ...base,
    services: {
      ...base.services,
      [name]: { ...service, placement: ["eks"], overrides: [{ environment: "staging", scaling: {} }] },
    },
  };
  assert.equal(brief(config), [
    `format/outdated at services.${name}.placement`,
    `format/outdated at services.${name}.overrides`,
  ]);
});

test.run();
