import { test } from "uvu";
import * as assert from "uvu/assert";
import { fields } from "../../compiler/2-validate/generated/fields.ts";
import { validate } from "../../compiler/2-validate/index.ts";
import { fieldOf } from "../../compiler/2-validate/field-tree.ts";
import { everything } from "./everything.ts";

function* written(value: unknown, path: (string | number)[] = []): Generator<string> {
  yield fieldOf(path);
  if (value !== null && typeof value === "object")
    for (const [key, child] of Object.entries(value))
      yield* written(child, [...path, Array.isArray(value) ? Number(key) : key]);
}

test("it writes every field of the vocabulary", () => {
  const seen = new Set(written(everything));
  assert.equal(
    fields.filter((field) => !seen.has(field) && !field.startsWith("targets.")),
    [],
  );
});

test("it is valid", () => {
  assert.equal(validate({ config: everything, images: undefined, tuning: undefined }).diagnostics, []);
});

test.run();
