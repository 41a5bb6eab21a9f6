import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { referenceDiagnostics } from "../../compiler/2-validate/references.ts";
import { places } from "../../compiler/2-validate/generated/references.ts";
import type { Ecosystem } from "../../compiler/config/model/ecosystem.ts";

const FOLDER = fileURLToPath(new URL("samples", import.meta.url));
const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/**
 * The project's compiler, and the last one with the older engine, which many editors still run. typescript-json-schema
 * brings it.
 */
const require = createRequire(import.meta.url);
const older = createRequire(require.resolve("typescript-json-schema")).resolve("typescript");
const compilers = {
  "TypeScript 7": join(ROOT, "node_modules/typescript/bin/tsc"),
  "TypeScript 5.9": join(dirname(older), "../bin/tsc"),
};

/** What a compiler finds: file → line → message with its details. */
type Findings = Map<string, Map<number, string>>;

function run(tsc: string, ...args: string[]): string {
  try {
    return execFileSync(process.execPath, [tsc, ...args, "--pretty", "false"], { cwd: FOLDER, encoding: "utf8" });
  } catch (error) {
    const { status, stdout } = error as { status: number | null; stdout: string };
    if (status === null) throw error;
    return stdout; // a compiler that finds something exits with 1 or 2
  }
}

function findings(output: string): Findings {
  const found: Findings = new Map();
  let last: { lines: Map<number, string>; line: number } | undefined;
  for (const text of output.split("\n")) {
    const head = /^(.+?)\((\d+),\d+\): error TS\d+: (.*)$/.exec(text);
    if (head) {
      const [, file, line, message] = head as unknown as [string, string, string, string];
      const lines = found.get(file) ?? new Map<number, string>();
      found.set(file, lines);
      assert.not.ok(lines.has(Number(line)), `two errors at ${file}:${line}`);
      last = { lines: lines.set(Number(line), message), line: Number(line) };
    } else if (last && text.startsWith(" ")) last.lines.set(last.line, `${last.lines.get(last.line)}\n${text.trim()}`);
    else assert.is(text, "", "what a compiler prints beside its findings");
  }
  return found;
}

/** What the samples say themselves: a comment `✗ fragment of the message` behind each line with a mistake. */
function expected(file: string): Map<number, string> {
  const lines = readFileSync(join(FOLDER, file), "utf8").split("\n");
  return new Map(
    lines.flatMap((line, index) => (line.includes("// ✗ ") ? [[index + 1, line.split("// ✗ ")[1]!] as const] : [])),
  );
}

const samples = readdirSync(FOLDER).filter((file) => file.endsWith(".ts"));

for (const [name, tsc] of Object.entries(compilers)) {
  const version = run(tsc, "--version").trim();
  test(`${name} is what it is called`, () => assert.match(version, `Version ${name.split(" ")[1]}`));

  const found = findings(run(tsc, "-p", "tsconfig.json"));
  for (const file of samples) {
    test(`${name} finds in ${file} exactly its mistakes, at their lines`, () => {
      const [wanted, seen] = [expected(file), found.get(file) ?? new Map<number, string>()];
      assert.equal(
        [...seen.keys()].sort(),
        [...wanted.keys()].sort(),
        [...seen].map(([line, message]) => `${file}:${line}: ${message}`).join("\n"),
      );
      for (const [line, fragment] of wanted)
        assert.ok(seen.get(line)!.includes(fragment), `${file}:${line}: ${seen.get(line)}\ndoes not say: ${fragment}`);
    });
  }

  test(`${name} accepts the table of units and finds that façade and model agree`, () => {
    const output = run(tsc, "-p", "../tsconfig.json");
    assert.is(output, "");
  });
}

test("good samples are there, and bad ones", () => {
  const mistakes = samples.map((file) => expected(file).size);
  assert.ok(mistakes.some((count) => count === 0));
  assert.ok(mistakes.reduce((sum, count) => sum + count, 0) > 50);
});

test("whatever the editor finds in references.ts validate finds as well, and every family is in it", async () => {
  const config = ((await import("./samples/references.ts" as string)) as { default: Ecosystem }).default;
  const found = referenceDiagnostics(config);
  assert.is(
    new Set(found.map(({ at }) => at)).size,
    expected("references.ts").size,
    found.map(({ at }) => at).join("\n"),
  );
  const touched = (path: readonly string[]) =>
    found.some(({ at }) =>
      new RegExp(`^${path.map((step) => (step === "*" ? "[^.]+" : step)).join("\\.")}$`).test(
        at.replace(/\[(\d+)\]/g, ".$1"),
      ),
    );
  const families = new Set(places.filter(({ path }) => touched(path)).flatMap((place) => place.families));
  assert.equal([...families].sort(), [...new Set(places.flatMap((place) => place.families))].sort());
});

test.run();
