import { dirname, join } from "node:path";
import { DiagnosticError, type InputFile } from "../diagnostics/diagnostic.ts";
import { parseJson, readJson } from "./json-file.ts";
import { plainData } from "./plain-data.ts";
import type { SourceText } from "./source-text.ts";

/** The machine-written files beside the config; neither has to exist. */
const COMPANIONS = {
  images: "ecosystem.images.json",
  tuning: "ecosystem.tuning.json",
} as const satisfies Partial<Record<InputFile, string>>;

export type Companion = keyof typeof COMPANIONS;

/** Where a companion is, or would be. */
export const companionPath = (configFile: string, companion: Companion): string =>
  join(dirname(configFile), COMPANIONS[companion]);

/** The file's text, or undefined when there is no such file. */
export function readCompanion(configFile: string, companion: Companion, cwd: string): SourceText | undefined {
  const name = COMPANIONS[companion];
  return readJson(companionPath(configFile, companion), { input: companion, name, cwd });
}

/** The value of a companion file, undefined when there is none. */
export function loadCompanion(configFile: string, companion: Companion, cwd: string): unknown {
  const source = readCompanion(configFile, companion, cwd);
  if (source === undefined) return undefined;
  const value = parseJson(source, { input: companion, name: COMPANIONS[companion], cwd });
  const { data, faults } = plainData(value, companion);
  if (faults.length > 0) throw new DiagnosticError(faults);
  return data;
}
