import { suite } from "uvu";
import * as assert from "uvu/assert";
import { diagnose } from "../../test/errors/example.ts";
import { FAMILIAR_WORDS, familiarWord } from "./familiar-words.ts";
import { fields } from "./generated/fields.ts";

const test = suite("familiar words");
const known = new Set(fields);

test("each is no word here, and leads to fields that are", () => {
  for (const [object, words] of Object.entries(FAMILIAR_WORDS))
    for (const [word, said] of Object.entries(words)) {
      assert.not.ok(known.has(`${object}.${word}`), `${object}.${word} is a word of the config`);
      for (const field of said)
        assert.ok(
          [...known].some((each) => each === `${object}.${field}` || each.startsWith(`${object}.${field}`)),
          `${object}.${field}`,
        );
    }
});

test("the hint at the key, also where the service differs", () => {
  const hintOf = (config: string) =>
    diagnose({ config, images: "", tuning: "", lock: "" })
      .filter(({ id }) => id === "schema/unknown-key")
      .map(({ at, hint }) => `${at}: ${hint}`);
  assert.equal(hintOf(`services: { web: { tolerations: [] } },`), [
    "services.web.tolerations: here that is said by `pool`",
  ]);
  assert.equal(hintOf(`services: { web: { resources: { limits: {} } } },`), [
    "services.web.resources.limits: here that is said by `memory` and `cpuLimit`",
  ]);
  assert.equal(hintOf(`services: { web: { in: { staging: { replicas: 3 } } } },`), [
    "services.web.in.staging.replicas: here that is said by `scaling`",
  ]);
});

test("a key of an object's own names is none", () =>
  assert.is(familiarWord(["services", "web", "constructor"]), undefined));

test.run();
