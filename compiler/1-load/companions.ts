import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { DiagnosticError, type InputFile } from "../diagnostics/diagnostic.ts";
import { fault } from "./faults.ts";
import { JsonSyntaxError, parseJsonSource } from "./json-source.ts";
import { plainData } from "./plain-data.ts";
import { displayPath, positionOf, SourceText } from "./source-text.ts";

/** The machine-written files beside the config; neither has to exist. */
export const COMPANIONS = {
  images: "ecosystem.images.json",
  tuning: "ecosystem.tuning.json",
} as const satisfies Partial<Record<InputFile, string>>;

export type Companion = keyof typeof COMPANIONS;

export function companionFile(configFile: string, companion: Companion): string {
  return join(dirname(configFile), COMPANIONS[companion]);
}

/** The file's text, or undefined when there is no such file. */
export function readCompanion(configFile: string, companion: Companion): SourceText | undefined {
  const file = companionFile(configFile, companion);
  try {
    return new SourceText(file, new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(readFileSync(file)));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return undefined;
    const message = code === "ERR_ENCODING_INVALID_ENCODED_DATA" ? "is not UTF-8" : `cannot be read: ${code ?? String(error)}`;
    throw new DiagnosticError([fault("load/json", { input: companion, message: `${COMPANIONS[companion]} ${message}` })]);
  }
}

/** The value of a companion file, undefined when there is none. */
export function loadCompanion(configFile: string, companion: Companion, cwd: string): unknown {
  const source = readCompanion(configFile, companion);
  if (source === undefined) return undefined;
  const { data, faults } = plainData(parse(source, companion, cwd), companion);
  if (faults.length > 0) throw new DiagnosticError(faults);
  return data;
}

function parse(source: SourceText, companion: Companion, cwd: string): unknown {
  try {
    parseJsonSource(source.text);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    const position = positionOf(source.span(error.offset, error.offset), cwd);
    const hint = `repair it, or take the version of the main branch: git checkout origin/main -- ${displayPath(source.file, cwd)}`;
    throw new DiagnosticError([fault("load/json", { input: companion, message: error.message, hint, position })]);
  }
  return JSON.parse(source.text.replace(/^\ufeff/, ""));
}
