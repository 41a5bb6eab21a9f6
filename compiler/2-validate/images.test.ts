import { test } from "uvu";
import * as assert from "uvu/assert";
import { everything } from "../../scripts/everything/everything.ts";
import { findings } from "./test/change.ts";

const DIGEST = `sha256:${"ab12".repeat(16)}`;

const cases: readonly {
  title: string;
  images: unknown;
  finding?: readonly [id: string, severity: string, at: string, message: string, hint: string | undefined];
}[] = [
  { title: "declared services and environments", images: { web: { live: DIGEST, first: DIGEST }, store: {} } },
  { title: "no file at all", images: undefined },
  {
    title: "a service that was renamed",
    images: { webb: { live: DIGEST } },
    finding: ["images/unknown-service", "warning", "webb", 'there is no service "webb"', 'did you mean "web"?'],
  },
  {
    title: "a service that was removed",
    images: { gone: { live: DIGEST } },
    finding: ["images/unknown-service", "warning", "gone", 'there is no service "gone"', "delete the entry"],
  },
  { title: "a container with an image of its own", images: { "web/migrate": { live: DIGEST } }, finding: undefined },
  {
    title: "a container that is not there",
    images: { "web/migrat": { live: DIGEST } },
    finding: [
      "images/unknown-service",
      "warning",
      "web/migrat",
      'there is no service "web/migrat"',
      'did you mean "web/migrate"?',
    ],
  },
  {
    title: "an unknown environment",
    images: { web: { lvie: DIGEST } },
    finding: [
      "images/unknown-service",
      "warning",
      "web.lvie",
      'there is no environment "lvie"',
      'did you mean "live"?',
    ],
  },
  {
    title: "a name that every object has",
    images: { constructor: { live: DIGEST } },
    finding: [
      "images/unknown-service",
      "warning",
      "constructor",
      'there is no service "constructor"',
      "delete the entry",
    ],
  },
  {
    title: "a tag in place of a digest",
    images: { web: { live: "v1.4.2" } },
    finding: [
      "schema/wrong-unit",
      "error",
      "web.live",
      '"v1.4.2" is not an image digest',
      'write it as "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"',
    ],
  },
  {
    title: "a digest that is too short",
    images: { web: { live: DIGEST.slice(0, -1) } },
    finding: [
      "schema/wrong-unit",
      "error",
      "web.live",
      `"${DIGEST.slice(0, -1)}" is not an image digest`,
      'write it as "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"',
    ],
  },
  {
    title: "a list of digests",
    images: { web: [DIGEST] },
    finding: ["schema/wrong-type", "error", "web", "web must be an object, and is a list", undefined],
  },
];
for (const { title, images, finding } of cases) {
  test(title, () => {
    const found = findings(everything, { images });
    assert.equal(
      found.map(({ id, severity, at, message, hint }) => [id, severity, at, message, hint]),
      finding === undefined ? [] : [finding],
    );
    for (const { input } of found) assert.is(input, "images");
  });
}

test.run();
