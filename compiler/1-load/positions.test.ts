import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { loadInputs, locate } from "./index.ts";
import { SourceText } from "./source-text.ts";

const samples = join(import.meta.dirname, "samples");
const moduleAlias = { "eco-compile": join(samples, "eco-compile", "index.ts") };
const test = suite("positions");

/** One line of positions.txt: `path`, `path (key)`, then what stands there. */
const LINE = /^(.+?)( \(key\))?(?: = .*)?$/;

for (const sample of readdirSync(samples).filter((name) => name !== "eco-compile")) {
  test(`${sample}: every path leads to the text that wrote its value`, async () => {
    const root = join(samples, sample);
    const expected = readFileSync(join(root, "positions.txt"), "utf8");
    const asked = expected.split("\n").filter(Boolean).map(finding);
    await loadInputs({ root, moduleAlias, cwd: root }); // as in a run: what is located has been loaded before
    const located = await locate({ root, moduleAlias, cwd: root }, asked);
    const found = `${located.map((diagnostic) => describe(diagnostic, root)).join("\n")}\n`;
    if (process.env["UPDATE_GOLDENS"]) writeFileSync(join(root, "positions.txt"), found);
    else assert.is(found, expected);
  });
}

function finding(line: string): Diagnostic {
  const [, at, key] = LINE.exec(line)!;
  return { id: "test/path", severity: "error", at: at!, message: "", key: key !== undefined };
}

function describe({ at, key, position, related = [] }: Diagnostic, root: string): string {
  if (!position) return `${at} = nowhere`;
  const { file, line, column, endLine, endColumn, inherited } = position;
  const source = new SourceText(join(root, file), readFileSync(join(root, file), "utf8"));
  const text = source.text.slice(source.offset(line, column), source.offset(endLine!, endColumn!)).replace(/\s+/g, " ");
  const calls = related.map((other) => other as typeof other & { position: typeof position });
  return [
    `${at}${key ? " (key)" : ""} = ${file}:${line}:${column}`,
    text.length > 60 ? `${text.slice(0, 40)} … ${text.slice(-15)}` : text,
    ...(inherited === undefined ? [] : [`(not written; this is ${inherited === "" ? "the whole config" : inherited})`]),
    ...calls.map(({ message, position }) => `(${message}: ${position.file}:${position.line}:${position.column})`),
  ].join("  ");
}

test.run();
