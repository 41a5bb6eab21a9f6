import { DiagnosticError, type Diagnostic, type InputFile } from "../diagnostics/diagnostic.ts";
import { fault } from "./catalogue.ts";
import { JsonSyntaxError, parseJsonSource } from "./json-source.ts";
import { displayPath, positionOf, SourceText } from "./source-text.ts";
import { readText, type Unreadable } from "./text-file.ts";

/** What a file is read for. */
interface Reading {
  input?: InputFile;
  /** What messages call it. */
  name: string;
  cwd: string;
  maxValues?: number;
  /** By a config: the module loader takes objects and lists. */
  isImported?: boolean;
}

/**
 * The text of a JSON file, undefined when there is none; a {@link DiagnosticError} at the file for one that is no text.
 */
export function readJson(file: string, { input, name, cwd }: Reading): SourceText | undefined {
  const found = readText(file);
  if (found === undefined) return undefined;
  if ("text" in found) return new SourceText(file, found.text);
  throw new DiagnosticError([unreadable("load/json", file, found, { input, name, cwd })]);
}

/**
 * The finding of a file that cannot be read, at the place where that shows. It has no frame: what stands there is no
 * text.
 */
export function unreadable(
  id: "load/json" | "load/unreadable",
  file: string,
  { problem, hint, before = "" }: Unreadable,
  { input, name, cwd }: Reading,
): Diagnostic {
  const source = new SourceText(file, before);
  const { line, column } = source.lineColumn(before.length);
  return {
    ...fault(id, {
      input,
      message: `${name} ${problem}`,
      hint,
      position: { file: displayPath(file, cwd), line, column },
    }),
    frame: "",
  };
}

/** The value of JSON; a {@link DiagnosticError} at the character for what is none. */
export function parseJson(source: SourceText, { input, name, cwd, maxValues, isImported = false }: Reading): unknown {
  const fail = (message: string, hint: string, offset: number): never => {
    throw new DiagnosticError([
      fault("load/json", { input, message, hint, position: positionOf(source.span(offset, offset), cwd) }),
    ]);
  };
  const main = `take the version of the main branch: git checkout origin/main -- ${displayPath(source.file, cwd)}`;
  if (/^\ufeff?\s*$/.test(source.text))
    return fail(
      `${name} ${source.text === "" ? "is empty" : "holds nothing but space"}`,
      `delete it, write {}, or ${main}`,
      0,
    );
  try {
    parseJsonSource(source.text, maxValues);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    return fail(error.message, error.hint ?? `repair it, or ${main}`, error.offset);
  }
  const value = JSON.parse(source.text.replace(/^\ufeff/, "")) as unknown;
  const isFit = typeof value === "object" && (isImported || (value !== null && !Array.isArray(value)));
  return isFit
    ? value
    : fail(`${name} holds ${kindOf(value)}, not an object`, "write { … }", source.text.search(/[^\s\ufeff]/));
}

const kindOf = (value: unknown): string =>
  Array.isArray(value) ? "a list" : value === null ? "null" : `a ${typeof value}`;
