import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Diagnostic, Severity } from "./diagnostic.ts";
import { countsLine, headline, ideasOf, KEPT, placesIn, SHOWN } from "./ideas.ts";
import { render } from "./render.ts";

const test = suite("ideas");
const options = { color: false, width: 80 };

const finding = (given: Partial<Diagnostic> = {}): Diagnostic => ({
  id: "images/digest-in-production",
  severity: "error",
  at: "services.web.image",
  message: "web has no digest for production",
  ...given,
});

/** The same of so many services, each written on a line of its own. */
const ofServices = (count: number, given: Partial<Diagnostic> = {}): Diagnostic[] =>
  Array.from({ length: count }, (_, index) =>
    finding({
      at: `services.s${index}.image`,
      message: `s${index} has no digest for production`,
      idea: "no digest for production",
      position: { file: "ecosystem.config.ts", line: index + 1, column: 5 },
      ...given,
    }),
  );

const SAME: [what: string, one: Partial<Diagnostic>, other: Partial<Diagnostic>, ideas: number][] = [
  ["the same words of a check", { idea: "no digest", message: "a" }, { idea: "no digest", message: "b" }, 1],
  ["an equal message", { message: "a" }, { message: "a", at: "elsewhere" }, 1],
  ["another message", { message: "web has none" }, { message: "db has none" }, 2],
  ["other words", { idea: "no digest for production" }, { idea: "no digest for staging" }, 2],
  ["the words of another check", { idea: "no digest" }, { idea: "no digest", id: "a/b" }, 2],
  ["another severity", { idea: "no digest" }, { idea: "no digest", severity: "warning" }, 2],
];
for (const [what, one, other, count] of SAME)
  test(`${what}: ${count === 1 ? "one idea" : "two"}`, () =>
    assert.is(ideasOf([finding(one), finding(other)]).length, count));

test("every finding is a place of exactly one idea, in its order, and none holds two severities, ids or words", () => {
  const some = fc.record({
    id: fc.constantFrom("a/b", "c/d"),
    severity: fc.constantFrom<Severity>("error", "warning", "info"),
    at: fc.string({ maxLength: 3 }),
    message: fc.constantFrom("m", "n"),
    idea: fc.constantFrom(undefined, "i", "j"),
  }) as fc.Arbitrary<Diagnostic>;
  fc.assert(
    fc.property(fc.array(some, { maxLength: 20 }), (findings) => {
      const ideas = ideasOf(findings);
      assert.is(placesIn(ideas), findings.length);
      assert.equal(new Set(ideas.flatMap(({ places }) => places)), new Set(findings));
      for (const { places } of ideas) {
        assert.equal(
          [...places],
          findings.filter((one) => places.includes(one)),
        );
        assert.is(
          new Set(places.map(({ id, severity, idea, message }) => `${id}${severity}${idea ?? message}`)).size,
          1,
        );
      }
    }),
  );
});

test("one place is said with its names, several without", () => {
  assert.equal(
    [1, 2].map((count) => ideasOf(ofServices(count)).map(headline)),
    [["s0 has no digest for production"], ["no digest for production"]],
  );
});

test("the counts are of ideas, and say how many places they have", () => {
  assert.is(countsLine(ofServices(1)), "1 error");
  assert.is(countsLine(ofServices(19)), "1 error in 19 places");
  assert.is(
    countsLine([...ofServices(19), finding(), finding({ severity: "warning" })]),
    "2 errors in 20 places, 1 warning",
  );
  assert.is(countsLine([]), "no findings");
});

const pretty = (diagnostics: readonly Diagnostic[], verbose = false, asked: Diagnostic[] = []): string =>
  render({ diagnostics, summary: { lines: [] } }, "pretty", {
    ...options,
    verbose,
    frameOf: (one) => (asked.push(one), `> ${one.position?.line} |`),
  });

test("pretty: once, with the frame of the first and a line for each other place", () => {
  const asked: Diagnostic[] = [];
  assert.is(
    pretty(ofServices(3), false, asked),
    `ecosystem.config.ts:1:5  error  images/digest-in-production in 3 places
  │ no digest for production
  │
  │ > 1 |
  │
  │ at: services.s0.image
  │
  │ and at 2 more places
  │   ecosystem.config.ts:2:5  services.s1.image
  │   ecosystem.config.ts:3:5  services.s2.image

1 error in 3 places
`,
  );
  assert.is(asked.length, 1, "frames are made for what is shown");
});

test("pretty: --verbose shows the frame and the message of each place", () => {
  const text = pretty(ofServices(3), true);
  for (const index of [1, 2]) {
    assert.match(text, `ecosystem.config.ts:${index + 1}:5  s${index} has no digest for production`);
    assert.match(text, `> ${index + 1} |`);
    assert.match(text, `at: services.s${index}.image`);
  }
});

test("pretty: values that one line makes are one place", () => {
  const position = { file: "ecosystem.config.ts", line: 7, column: 3 };
  const text = pretty(ofServices(4, { position }));
  assert.match(text, "  │   ecosystem.config.ts:7:3  services.s1.image and 2 more\n");
});

test("pretty: so many places, then how many there are; --verbose shows all that anyone could use", () => {
  const places = (text: string) => text.split("\n").filter((line) => /^ {2}│ (?: {2})?ecosystem/.test(line)).length;
  const text = pretty(ofServices(3000));
  assert.is(places(text), SHOWN);
  assert.match(text, `  │   … and ${3000 - 1 - SHOWN} more places (--verbose shows them)\n`);
  assert.is(places(pretty(ofServices(3000), true)), 2999);
  const flood = pretty(ofServices(KEPT + 5), true);
  assert.is(places(flood), KEPT);
  assert.match(flood, "  │   … and 4 more places\n");
});

test("github: a place of each idea comes before the other places of one", () => {
  const text = render(
    { diagnostics: [...ofServices(19), finding({ id: "z/last" })], summary: { lines: [] } },
    "github",
    options,
  );
  const [first, second] = text.split("\n");
  assert.match(first!, "title=z/last");
  assert.match(second!, "line=1,");
  assert.is(text.match(/^::error /gm)!.length, 10, "as many as GitHub takes");
});

test("json and sarif: each place, with the words of its idea", () => {
  const report = { diagnostics: [...ofServices(19), finding()], summary: { lines: [] } };
  const { diagnostics } = JSON.parse(render(report, "json", options));
  assert.equal(
    new Set(diagnostics.map(({ idea }: Diagnostic) => idea)),
    new Set(["no digest for production", undefined]),
  );
  assert.is(diagnostics.length, 20);
  const [{ results }] = JSON.parse(render(report, "sarif", options)).runs;
  assert.is(results.length, 20);
  assert.ok(results.every(({ locations }: { locations: unknown[] }) => locations.length === 1));
  assert.is(
    results.filter(({ properties }: { properties?: { idea: string } }) => properties?.idea.startsWith("no digest"))
      .length,
    19,
  );
});

test("markdown: one fold, with its places", () => {
  const text = render({ diagnostics: ofServices(30), summary: { lines: [] } }, "markdown", options);
  assert.is(text.match(/^<details>/gm)!.length, 1);
  assert.is(text.match(/^- the same at /gm)!.length, SHOWN);
  assert.match(text, "- and at 9 more places\n");
  assert.not.match(text, "left out");
});

test.run();
