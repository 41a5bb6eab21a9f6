import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { base } from "../../test/errors/base.ts";
import type { Ecosystem } from "../config/model/ecosystem.ts";
import type { Ignore, Level } from "../config/model/levels.ts";
import type { Diagnostic, Severity } from "../diagnostics/diagnostic.ts";
import { catalogue, PHASES, type CatalogueEntry } from "./catalogue.ts";
import { Judgement } from "./index.ts";

const test = suite("judgement");
const entries = catalogue();
const said = (diagnostics: readonly Diagnostic[]): string[] =>
  diagnostics.map(({ severity, id, at }) => `${severity} ${id} at ${at}`);

const judgementOf = (says: { checks?: object; ignore?: readonly Ignore[]; extensions?: object }, asOf?: Date) =>
  new Judgement({ ...base, ...says } as Ecosystem, entries, asOf);

const finding = (id: string, at: string, severity: Severity = "error"): Diagnostic => ({
  id,
  at,
  severity,
  message: "m",
});

const STRENGTH: Record<Level | Severity, number> = { off: 0, info: 1, warning: 2, error: 3 };

test("every level of every id: lower is refused at a floor, with its reason, and holds everywhere else", () => {
  for (const { id, severity, floor } of entries)
    for (const level of ["off", "warning", "error"] as const) {
      const judgement = judgementOf({ checks: { [id]: level } });
      const isRefused = floor !== undefined && STRENGTH[level] < STRENGTH[severity];
      assert.equal(
        said(judgement.diagnostics),
        isRefused ? [`error levels/floor at checks.${id}`] : [],
        `${id} ${level}`,
      );
      if (isRefused) assert.ok(judgement.diagnostics[0]!.message.endsWith(floor), judgement.diagnostics[0]!.message);
      const expected = isRefused ? [severity] : level === "off" ? [] : [level];
      const { open } = judgement.judge([finding(id, "services.web", severity)]);
      assert.equal(
        open.map((one) => one.severity),
        expected,
        `${id} ${level}`,
      );
      assert.equal(judgement.off, level === "off" && !isRefused ? [id] : []);
    }
});

test("secrets, ownership, reserved names and whatever leaves the output broken are floors", () => {
  const isFloor = (id: string) => entries.find((entry) => entry.id === id)!.floor !== undefined;
  for (const id of [
    "config/secret",
    "verify/secret",
    "names/reserved",
    "namespaces/reserved",
    "write/foreign-file",
    "write/hand-edited",
    "schema/unknown-key",
    "reference/unknown",
    "load/threw",
    "verify/kubernetes-object",
    "levels/floor",
    "ignore/expired",
  ])
    assert.ok(isFloor(id), id);
  for (const id of ["images/digest-in-production", "policy/probes", "scaling/single-replica-in-production"])
    assert.not(isFloor(id), id);
});

test("every id has a phase, and a floor says why in words", () => {
  for (const { phase, floor, id } of entries) {
    assert.ok(PHASES.includes(phase), id);
    if (floor !== undefined) assert.match(floor, /^[a-z].{20,}[^.]$/, id);
  }
});

test("an id that there is not is an error at its key, with the one that is meant", () => {
  const { diagnostics } = judgementOf({
    checks: { "images/digest-in-prod": "off" },
    ignore: [{ check: "whatever/it-is" as Ignore["check"], at: "services.web", reason: "r" }],
  });
  assert.equal(
    diagnostics.map(({ id, at, key, hint }) => [id, at, key, hint]),
    [
      ["levels/unknown-check", "checks.images/digest-in-prod", true, 'did you mean "images/digest-in-production"?'],
      ["levels/unknown-check", "ignore[0].check", undefined, "`docs/checks/README.md` lists all of them"],
    ],
  );
});

test("levels of an extension's checks stand beside its package", () => {
  const own: CatalogueEntry = { id: "owners/nobody", severity: "error", summary: "s", why: "w", phase: "check" };
  const config = { ...base, extensions: { owners: { from: "./owners.js", checks: { "owners/nobody": "warning" } } } };
  const judgement = new Judgement(config as Ecosystem, [...entries, own]);
  assert.equal(judgement.diagnostics, []);
  assert.is(judgement.judge([finding("owners/nobody", "services.web")]).open[0]!.severity, "warning");
});

const ID = "scaling/single-replica-in-production";
const COVERED: [pattern: string, at: string, covers: boolean][] = [
  ["services.web", "services.web", true],
  ["services.web", "services.web.scaling.min", true],
  ["services.web.scaling.min", "services.web.scaling", false],
  ["services.web", "services.webshop", false],
  ["services.*", "services.web.scaling.min", true],
  ["services.*.scaling", "services.web.scaling.min", true],
  ["services.*.image", "services.web.scaling.min", false],
  ["*", "services.web", true],
  ["services.web.volumes[*]", "services.web.volumes[2]", true],
  ["services.web.volumes[2]", "services.web.volumes[2].path", true],
  ["services.web.volumes[1]", "services.web.volumes[2]", false],
  ['services["a.b"]', 'services["a.b"].image', true],
  ["services.web", "", false],
];
for (const [at, place, covers] of COVERED)
  test(`an ignore at ${at} ${covers ? "covers" : "leaves"} ${place || "the whole config"}`, () => {
    const judgement = judgementOf({ ignore: [{ check: ID, at, reason: "because" }] });
    const { open, ignored } = judgement.judge([finding(ID, place)]);
    assert.equal([open.length, ignored.length], covers ? [0, 1] : [1, 0]);
    assert.equal(said(judgement.unmatched(["check"])), covers ? [] : ["warning ignore/no-match at ignore[0]"]);
  });

test("what is ignored keeps its reason, its day and the entry that says so", () => {
  const judgement = judgementOf({
    ignore: [{ check: ID, at: "services.web", reason: "because", until: "2027-03-31" }],
  });
  assert.equal(judgement.judge([finding(ID, "services.web")]).ignored, [
    { ...finding(ID, "services.web"), ignored: { reason: "because", until: "2027-03-31", by: "ignore[0]" } },
  ]);
});

test("another check's findings stay", () => {
  const judgement = judgementOf({ ignore: [{ check: ID, at: "services", reason: "because" }] });
  assert.is(judgement.judge([finding("pools/spot-only", "services.web")]).open.length, 1);
});

test("a floor is not ignored", () => {
  const { diagnostics } = judgementOf({ ignore: [{ check: "config/secret", at: "services.web", reason: "because" }] });
  assert.equal(said(diagnostics), ["error levels/floor at ignore[0].check"]);
});

test("an ignore is not idle before its phase has come to its end", () => {
  const judgement = judgementOf({ ignore: [{ check: "policy/probes", at: "services.web", reason: "because" }] });
  assert.equal(judgement.unmatched(["validate", "check"]), []);
  assert.equal(said(judgement.unmatched(["validate", "check", "verify"])), ["warning ignore/no-match at ignore[0]"]);
});

test("an ignore of a check that is off is idle, and says so", () => {
  const judgement = judgementOf({ checks: { [ID]: "off" }, ignore: [{ check: ID, at: "services.web", reason: "r" }] });
  judgement.judge([finding(ID, "services.web")]);
  assert.match(judgement.unmatched(["check"])[0]!.message, /the check is off$/);
});

const DAYS: [asOf: string | undefined, until: string, isOver: boolean][] = [
  [undefined, "2000-01-01", false],
  ["2027-03-31", "2027-03-31", false],
  ["2027-04-01", "2027-03-31", true],
  ["2027-03-30", "2027-03-31", false],
];
for (const [asOf, until, isOver] of DAYS)
  test(`until ${until}, as of ${asOf ?? "no day"}: ${isOver ? "over" : "holds"}`, () => {
    const ignore: Ignore[] = [{ check: ID, at: "services.web", reason: "because", until }];
    const judgement = judgementOf({ ignore }, asOf === undefined ? undefined : new Date(`${asOf}T00:00:00Z`));
    assert.equal(said(judgement.diagnostics), isOver ? ["error ignore/expired at ignore[0].until"] : []);
  });

test("nothing is lost: each finding is open, ignored, or of a check that is off", () => {
  const ids = ["images/digest-in-production", ID, "pools/spot-only"];
  const levels = fc.dictionary(fc.constantFrom(...ids), fc.constantFrom("off", "warning", "error"));
  const ignores = fc.array(
    fc.record({
      check: fc.constantFrom(...ids),
      at: fc.constantFrom("services.web", "services.*", "clusters.main"),
      reason: fc.constant("because"),
    }),
    { maxLength: 3 },
  ) as fc.Arbitrary<Ignore[]>;
  const findings = fc.array(
    fc.tuple(fc.constantFrom(...ids), fc.constantFrom("services.web", "services.api.image", "clusters.main")),
  );
  fc.assert(
    fc.property(levels, ignores, findings, (checks, ignore, given) => {
      const judgement = judgementOf({ checks, ignore });
      const { open, ignored } = judgement.judge(given.map(([id, at]) => finding(id, at)));
      const silent = given.filter(([id]) => judgement.off.includes(id));
      assert.is(open.length + ignored.length + silent.length, given.length);
    }),
  );
});

test.run();
