import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Diagnostic, Position, Severity } from "./diagnostic.ts";
import { render, REPORTERS, type ReporterName } from "./render.ts";
import { countsLine, ideasOf, KEPT } from "./ideas.ts";
import { bySeverity, inSourceOrder, type Report, type RenderOptions } from "./report.ts";

const test = suite("render");
const options: RenderOptions = { color: false, width: 80, version: "1.2.3" };

const at = (line: number, column: number, file = "ecosystem.config.ts"): Position => ({
  file,
  line,
  column,
  endLine: line,
  endColumn: column + 2,
});

const frame = "  40 |   { weight: 20 },\n> 41 |   { weight: 10 },\n     |             ^^\n  42 | ],";

const report: Report = {
  diagnostics: [
    {
      id: "service/unknown-key",
      severity: "warning",
      at: "services.web.replcas",
      message:
        "services.web has no key replcas, and this sentence goes on for so long that it has to be broken at least once",
      hint: 'did you mean "replicas"?',
      key: true,
      position: at(60, 5),
    },
    {
      id: "rollout/weights-increase",
      severity: "error",
      at: "services.web.rollout.steps[1].weight",
      message: "web: weight 10 follows 20",
      hint: "raise it above 20, or delete the step",
      position: at(41, 13),
      frame,
      related: [{ at: "services.web.rollout.steps[0].weight", message: "the weight before", position: at(40, 13) }],
    },
    {
      id: "service/default",
      severity: "info",
      at: "services.web.slo",
      message: "the default 99 %, [not] {written}, <applies>",
      position: { ...at(20, 10, "teams/a b.ts"), endLine: 44, inherited: "services.web" },
      related: [{ at: "services.web.slo", message: "called here", call: true, position: at(12, 5) }],
    },
    { id: "load/config-missing", severity: "error", at: "", message: "ecosystem.config.ts does not exist" },
    {
      id: "images/unknown",
      severity: "error",
      at: "web",
      input: "images",
      message: "no service web",
      position: at(2, 3, "ecosystem.images.json"),
    },
  ],
  summary: {
    lines: ["terraform: 3 files written", "helm: unchanged"],
    data: { targets: { terraform: { written: 3 } } },
  },
};

const SAMPLES: Record<ReporterName, string> = {
  pretty: "pretty.txt",
  json: "report.json",
  github: "github.txt",
  sarif: "report.sarif",
  markdown: "comment.md",
};

for (const reporter of REPORTERS) {
  test(`${reporter}: the sample, byte for byte`, () => {
    const rule = (id: string) =>
      id === "images/unknown"
        ? { summary: "An image of no service", help: "Why: **nothing** runs it.", url: "https://example.com/x" }
        : undefined;
    const text = render(report, reporter, { ...options, rule });
    const file = join(import.meta.dirname, "samples", SAMPLES[reporter]);
    if (process.env["UPDATE_GOLDENS"]) writeFileSync(file, text);
    assert.is(text, readFileSync(file, "utf8"));
  });
}

test("pretty: colours change nothing but colours", () => {
  const colored = render(report, "pretty", { ...options, color: true });
  assert.is.not(colored, render(report, "pretty", options));
  assert.is(stripVTControlCharacters(colored), render(report, "pretty", options));
});

test("pretty: prose stays within the width, frames do not wrap", () => {
  const wide: Report = {
    ...report,
    diagnostics: report.diagnostics.map((one) => ({ ...one, frame: "x".repeat(150) })),
  };
  const lines = render(wide, "pretty", { ...options, width: 60 }).split("\n");
  for (const line of lines.filter((line) => line.startsWith("  │") && !line.includes("xxx")))
    assert.ok(line.length <= 60, line);
  assert.ok(lines.some((line) => line.includes("x".repeat(150))));
});

test("nothing to say is no text", () => {
  assert.is(render({ diagnostics: [], summary: { lines: [] } }, "pretty", options), "");
  assert.is(render({ diagnostics: [], summary: { lines: [] } }, "github", options), "");
});

test("source order: without a place first, then file, line, column; severity first only where asked", () => {
  const ids = (diagnostics: readonly Diagnostic[]) => diagnostics.map(({ id }) => id.split("/")[0]);
  assert.equal(ids(inSourceOrder(report.diagnostics)), ["load", "rollout", "service", "images", "service"]);
  assert.equal(ids(bySeverity(report.diagnostics)), ["load", "rollout", "images", "service", "service"]);
  assert.equal(inSourceOrder([...report.diagnostics].reverse()), inSourceOrder(report.diagnostics));
  const columns = [9, 10, 2].map((column): Diagnostic => ({
    id: "a/b",
    severity: "info",
    at: "",
    message: "",
    position: at(1, column),
  }));
  assert.equal(
    inSourceOrder(columns).map(({ position }) => position!.column),
    [2, 9, 10],
  );
});

test("the counts", () => {
  assert.is(countsLine(report.diagnostics), "3 errors, 1 warning, 1 note");
  assert.is(countsLine([]), "no findings");
});

/** Findings of one id, each an idea of its own. */
const many = (count: number, severity: Severity, message = "m"): Diagnostic[] =>
  Array.from({ length: count }, (_, index) => ({
    id: "a/b",
    severity,
    at: `s${index}`,
    message: `${message}${index}`,
    position: at(index + 1, 1),
  }));

/** `count` findings of each id. */
const flood = (count: number, ...ids: string[]): Diagnostic[] =>
  ids.flatMap((id) => many(count, "error").map((one) => ({ ...one, id })));
const lineEnds = (text: string) => text.split("\n").filter((line) => line.startsWith("… and "));

test("pretty: twenty ideas of an id, then how many more there are; counts are of all, and --verbose shows them", () => {
  const findings = [...flood(3000, "a/flood"), ...flood(21, "b/small"), ...flood(20, "c/all")];
  const heads = (text: string, id: string) => text.split("\n").filter((line) => line.endsWith(`error  ${id}`)).length;
  const asked: Diagnostic[] = [];
  const text = render({ diagnostics: findings, summary: { lines: [] } }, "pretty", {
    ...options,
    frameOf: (one) => (asked.push(one), undefined),
  });
  assert.equal(
    ["a/flood", "b/small", "c/all"].map((id) => heads(text, id)),
    [20, 20, 20],
  );
  assert.equal(lineEnds(text), [
    "… and 2980 more of a/flood (--verbose shows them)",
    "… and 1 more of b/small (--verbose shows them)",
  ]);
  assert.match(text, "\n3041 errors\n");
  assert.is(asked.length, 60, "frames are made for what is shown");
  const all = render({ diagnostics: findings, summary: { lines: [] } }, "pretty", { ...options, verbose: true });
  assert.equal(
    ["a/flood", "b/small", "c/all"].map((id) => heads(all, id)),
    [3000, 21, 20],
  );
  assert.equal(lineEnds(all), []);
  const flooded = render({ diagnostics: flood(KEPT + 5, "a/b"), summary: { lines: [] } }, "pretty", {
    ...options,
    verbose: true,
  });
  assert.equal(lineEnds(flooded), ["… and 5 more of a/b"]);
});

test("github: the log is cut short as well", () => {
  const lines = render({ diagnostics: flood(3000, "a/flood", "b/flood"), summary: { lines: [] } }, "github", options)
    .trimEnd()
    .split("\n");
  assert.is(lines[9], "::error title=eco-compile::5991 more errors, listed in the log of this step");
  assert.is(lines.length, 10 + 2 * 20 + 2);
  assert.equal(lineEnds(lines.join("\n")), ["… and 2976 more of b/flood", "… and 2975 more of a/flood"]);
});

test("json: ten thousand of an id, and how many were left out; counts are of all", () => {
  const document = (count: number) =>
    JSON.parse(
      render({ diagnostics: [...flood(count, "a/b"), ...flood(3, "c/d")], summary: { lines: [] } }, "json", options),
    );
  const { diagnostics, summary } = document(KEPT + 7);
  assert.is(diagnostics.length, KEPT + 3);
  assert.equal(summary, { errors: KEPT + 10, warnings: 0, infos: 0, left_out: { "a/b": 7 } });
  assert.is(document(KEPT).summary.left_out, undefined);
});

test("markdown: a flood does not drown the others", () => {
  const text = render(
    { diagnostics: [...flood(3000, "a/flood"), ...flood(1, "b/other")], summary: { lines: [] } },
    "markdown",
    options,
  );
  assert.is(text.match(/^<details>/gm)!.length, 21);
  assert.match(text, "<code>b/other</code>");
  assert.match(text, "2980 more findings left out");
});

for (const reporter of REPORTERS) {
  test(`${reporter}: two hundred thousand findings are no burden`, () => {
    const findings = Array.from({ length: 200_000 }, (_, index): Diagnostic => ({
      id: `a/${index % 5}`,
      severity: "error",
      at: `s${index}`,
      message: `m${index}`,
      position: at(index, 1),
    }));
    const before = process.cpuUsage();
    const text = render({ diagnostics: findings, summary: { lines: [] } }, reporter, { ...options, verbose: true });
    const { user } = process.cpuUsage(before);
    assert.ok(text.length < 50_000_000, `${text.length} characters`);
    assert.ok(user < 10_000_000, `${user / 1e6} s`);
  });
}

test("github: ten of a kind, the last of them counts the rest, which is logged", () => {
  const text = render(
    { diagnostics: [...many(10, "warning"), ...many(12, "error")], summary: { lines: [] } },
    "github",
    options,
  );
  const lines = text.trimEnd().split("\n");
  assert.is(lines.filter((line) => line.startsWith("::error ")).length, 10);
  assert.is(lines.filter((line) => line.startsWith("::warning ")).length, 10);
  assert.is(lines[9], "::error title=eco-compile::3 more errors, listed in the log of this step");
  assert.equal(
    lines.slice(10, 13),
    [10, 11, 12].map((line) => `ecosystem.config.ts:${line}:1: error a/b: m${line - 1}`),
  );
  assert.match(lines[13]!, /^::warning /);
});

test("sarif: 5,000 results, errors first, and how many were left out", () => {
  const [run] = JSON.parse(
    render(
      { diagnostics: [...many(3000, "warning"), ...many(3000, "error")], summary: { lines: [] } },
      "sarif",
      options,
    ),
  ).runs;
  assert.is(run.results.length, 5000);
  assert.is(
    run.results.findIndex(({ level }: { level: string }) => level === "warning"),
    3000,
  );
  assert.is(run.invocations[0].toolExecutionNotifications[0].message.text, "1000 more findings left out");
});

test("markdown: what fits into a comment, errors first, and how many were left out", () => {
  const infos = many(600, "info", "x".repeat(300)).map((one, index) => ({ ...one, id: `a/${index % 60}` }));
  const text = render(
    { diagnostics: [...infos, ...many(2, "error")], summary: { lines: ["y".repeat(60_000)] } },
    "markdown",
    options,
  );
  assert.ok(text.length <= 65_536, String(text.length));
  assert.ok(text.length > 60_000);
  const folds = text.match(/^<details>/gm)!.length;
  assert.ok(text.indexOf("🛑") < text.indexOf("ℹ️"));
  assert.match(text, `${602 - folds} more findings left out`);
});

// From here on: whatever a config says, the medium obeys eco-compile alone.

const hostileText = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary", maxLength: 3 }),
      fc.constantFrom(
        "::",
        "::error::",
        "##[",
        "\n",
        "\r\n",
        " ",
        "\u001b[2J",
        "\u009b",
        "</details>",
        "<script>",
        "@team",
        "#1",
        "```\n",
        "`",
        "|",
        "[x](y)",
        "%0A",
        ",",
        "\u202e",
        "\ud800",
      ),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(""));

const hostilePosition = fc.record({
  file: hostileText,
  line: fc.integer({ min: 1, max: 50 }),
  column: fc.integer({ min: 1, max: 50 }),
});
const hostileDiagnostic: fc.Arbitrary<Diagnostic> = fc.record(
  {
    id: fc.constantFrom("a/b", "c/d"),
    severity: fc.constantFrom<Severity>("error", "warning", "info"),
    at: hostileText,
    message: hostileText,
    hint: hostileText,
    idea: hostileText,
    position: hostilePosition,
    related: fc.array(
      fc.record({ at: hostileText, message: hostileText, call: fc.boolean(), position: hostilePosition }),
      {
        maxLength: 2,
      },
    ),
  },
  { requiredKeys: ["id", "severity", "at", "message"] },
);
const hostileReport: fc.Arbitrary<Report> = fc.record({
  diagnostics: fc.array(hostileDiagnostic, { maxLength: 12 }),
  summary: fc.record({ lines: fc.array(hostileText, { maxLength: 2 }) }),
});

function holds(reporter: ReporterName, check: (text: string, report: Report) => void): void {
  fc.assert(
    fc.property(hostileReport, (report) => check(render(report, reporter, options), report)),
    { numRuns: 300 },
  );
}

/** As actions/runner reads a line: a command with its properties and its message, or undefined for text. */
function runnerCommand(line: string): { name: string; properties: string[]; message: string } | undefined {
  const trimmed = line.trimStart();
  if (line.includes("##[")) return { name: "old syntax", properties: [], message: "" };
  const end = trimmed.indexOf("::", 2);
  if (!trimmed.startsWith("::") || end < 0) return undefined;
  const [, name, list] = /^(\S+) ?(.*)$/s.exec(trimmed.slice(2, end)) ?? [];
  const message = trimmed
    .slice(end + 2)
    .replaceAll("%0D", "\r")
    .replaceAll("%0A", "\n")
    .replaceAll("%25", "%");
  return { name: name ?? "", properties: (list ?? "").split(",").map((pair) => pair.split("=", 1)[0]!), message };
}

for (const reporter of REPORTERS) {
  test(`${reporter}: nothing for a terminal or the runner to obey`, () =>
    holds(reporter, (text) => {
      assert.not.match(text, /(?!\n)[\p{Cc}\p{Cs}]|[\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/u);
      if (reporter === "github") return;
      for (const line of text.split("\n")) assert.is(runnerCommand(line), undefined, line);
    }));
}

test("github: one command for each finding, nothing else", () =>
  holds("github", (text, { diagnostics }) => {
    const commands = text.split("\n").flatMap((line) => runnerCommand(line) ?? []);
    const expected = (["error", "warning", "info"] as const).map((severity) =>
      Math.min(10, diagnostics.filter((one) => one.severity === severity).length),
    );
    assert.equal(
      ["error", "warning", "notice"].map((name) => commands.filter((command) => command.name === name).length),
      expected,
    );
    assert.is(
      commands.length,
      expected.reduce((sum, count) => sum + count),
    );
    for (const { properties } of commands)
      assert.ok(
        properties.every((name) => /^(?:file|line|col|title|endLine|endColumn)$/.test(name)),
        properties.join(),
      );
  }));

test("markdown: no tag and no fence but our own", () =>
  holds("markdown", (text, { diagnostics }) => {
    const tags = text.match(/<[^>]*>/g) ?? [];
    const own = tags.filter((tag) =>
      ["<details>", "<summary>", "</summary>", "<code>", "</code>", "</details>"].includes(tag),
    );
    const inCode =
      text
        .match(/^- .*`.*$/gm)
        ?.join("\n")
        .match(/<[^>]*>/g) ?? []; // a code span shows tags as text
    assert.is(own.length - inCode.filter((tag) => own.includes(tag)).length, ideasOf(diagnostics).length * 6);
    assert.is(text.match(/^<details>/gm)?.length ?? 0, ideasOf(diagnostics).length);
    assert.not.match(text.replace(/`+[^\n]*`+/g, ""), /@(?!\u200b)/);
  }));

test("json and sarif: every text comes back", () => {
  holds("json", (text, { diagnostics }) => {
    const messages = JSON.parse(text).diagnostics.map(({ message }: Diagnostic) => message);
    assert.equal(messages.sort(), diagnostics.map(({ message }) => message).sort());
  });
  holds("sarif", (text, { diagnostics }) => assert.is(JSON.parse(text).runs[0].results.length, diagnostics.length));
});

test.run();
