import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { tsImport } from "tsx/esm/api";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { referenceDiagnostics } from "../../compiler/2-validate/references.ts";
import { places } from "../../compiler/2-validate/generated/references.ts";
import type { Ecosystem } from "../../compiler/config/model/ecosystem.ts";
import { compilers, run, typeErrors } from "./compilers.ts";

const FOLDER = fileURLToPath(new URL("samples", import.meta.url));

/** What a compiler finds in the samples: file → line → message with its details. */
function findings(tsc: string): Map<string, Map<number, string>> {
  const found = new Map<string, Map<number, string>>();
  for (const { file, line, lines } of typeErrors(tsc, FOLDER, "tsconfig.json")) {
    const inFile = found.get(file) ?? new Map<number, string>();
    assert.not.ok(inFile.has(line), `two errors at ${file}:${line}`);
    found.set(file, inFile.set(line, lines.join("\n")));
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
  const version = run(tsc, FOLDER, "--version").trim();
  test(`${name} is what it is called`, () => assert.match(version, `Version ${name.split(" ")[1]}`));

  const found = findings(tsc);
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
    const output = run(tsc, FOLDER, "-p", "../tsconfig.json");
    assert.is(output, "");
  });
}

test("good samples are there, and bad ones", () => {
  const mistakes = samples.map((file) => expected(file).size);
  assert.ok(mistakes.some((count) => count === 0));
  assert.ok(mistakes.reduce((sum, count) => sum + count, 0) > 50);
});

test("whatever the editor finds in references.ts validate finds as well, and every family is in it", async () => {
  // It is wrong on purpose: nothing that is typed may name it.
  const sample = (await tsImport("./samples/references.ts", import.meta.url)) as { default: Ecosystem };
  const config = sample.default;
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
