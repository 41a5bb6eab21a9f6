import * as vocabulary from "../../compiler/config/define.ts";
import type { Ecosystem } from "../../compiler/config/model/ecosystem.ts";
import { validate } from "../../compiler/2-validate/index.ts";
import { check } from "../../compiler/4-check/index.ts";
import { targets } from "../../compiler/targets/registry.ts";
import { resolve } from "../../compiler/5-emit/contribute.ts";
import { checksOf } from "../../compiler/5-emit/select.ts";
import { readLock } from "../../compiler/lock/file.ts";
import { formatPath, parsePath } from "../../compiler/diagnostics/config-path.ts";
import { hasErrors, type Diagnostic } from "../../compiler/diagnostics/diagnostic.ts";
import { parse } from "yaml";
import type { ExtraFolder } from "../../compiler/1-load/index.ts";
import { catalogue } from "../../compiler/judgement/catalogue.ts";
import { Judgement } from "../../compiler/judgement/index.ts";
import { base } from "./base.ts";

/** The examples of a doc page. */
export interface Page {
  /** Where the bad one is wrong. Absent: the page's examples are no fragments of a config. */
  at?: string;
  avoid: Example;
  prefer: Example;
}

/** Fragments of the inputs, as the page shows them. */
export interface Example {
  config: string;
  images: string;
  tuning: string;
  /** Lines of choices. */
  lock: string;
  /** Files of folders of `extra`, by the path that their fence names. */
  files?: { readonly [path: string]: string };
}

/** Reads the examples out of a page's Markdown. */
export function readPage(markdown: string): Page {
  const at = /^<!-- at: (.*) -->$/m.exec(markdown)?.[1];
  return {
    ...(at === undefined ? {} : { at: formatPath(parsePath(at)) }),
    avoid: readExample(section(markdown, "Avoid")),
    prefer: readExample(section(markdown, "Prefer")),
  };
}

const section = (markdown: string, title: string): string =>
  new RegExp(`^## ${title}\\n(.*?)(?=^## |$(?![^]))`, "ms").exec(markdown)?.[1] ?? "";

function readExample(text: string): Example {
  const fence = (info: string) => new RegExp(`^\`\`\`${info}\\n(.*?)^\`\`\``, "ms").exec(text)?.[1] ?? "";
  return {
    config: fence("ts"),
    images: fence("json ecosystem\\.images\\.json"),
    tuning: fence("json ecosystem\\.tuning\\.json"),
    lock: fence("json ecosystem\\.lock\\.json"),
    files: Object.fromEntries(
      [...text.matchAll(/^```(?:yaml|json) (\S+\/\S+)\n(.*?)^```/gms)].map(([, path, file]) => [path!, file!]),
    ),
  };
}

/** An example, merged into the small ecosystem of `base.ts`. */
export function inputsOfExample({ config, images, tuning, lock, files = {} }: Example) {
  const ecosystem = merge(base, evaluate(config)) as Ecosystem;
  return {
    config: ecosystem,
    images: merge(digests(ecosystem), images === "" ? {} : JSON.parse(images)) as object,
    tuning: tuning === "" ? undefined : (JSON.parse(tuning) as unknown),
    locked: { choices: readLock(lock).choices, origin: "lock" as const },
    extra: (ecosystem.extra ?? []).map(({ folder }) => extraFolder(folder, files)),
  };
}

/** A folder as load reads it. */
function extraFolder(folder: string, all: { readonly [path: string]: string }): ExtraFolder {
  const files = Object.entries(all).filter(([path]) => path.startsWith(`${folder}/`));
  return {
    folder,
    documents: files.map(([path, text]) => ({
      path,
      content: parse(text) as unknown,
      position: { file: path, line: 1, column: 1 },
    })),
    texts: new Map(files),
  };
}

/** The day by which an example is judged. */
const AS_OF = new Date("2026-06-15");

/** What validate and check say about an example, as far as it does not say otherwise itself. */
export function diagnose(example: Example): Diagnostic[] {
  const validated = validate(inputsOfExample(example));
  if (hasErrors(validated.diagnostics)) return [...validated.diagnostics];
  const judgement = new Judgement(validated.ecosystem, catalogue(), AS_OF);
  const { topology, active, at, diagnostics } = resolve(validated, targets);
  const found = check(topology, checksOf(active), at);
  const { open } = judgement.judge([...validated.diagnostics, ...diagnostics, ...found.diagnostics]);
  return [...judgement.diagnostics, ...open, ...judgement.unmatched(["validate", "check"])];
}

/** The members of an object literal, with the config's vocabulary in scope. */
function evaluate(members: string): unknown {
  return new Function(...Object.keys(vocabulary), `return ({${members}});`)(...Object.values(vocabulary));
}

/** As a JSON merge patch: objects merge, null deletes, everything else replaces. */
function merge(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const merged: Record<string, unknown> = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else if (key === "in" || key === "on") merged[key] = value; // a merge patch itself, whose nulls stay
    else merged[key] = merge(merged[key], value);
  }
  return merged;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Every service has a digest everywhere: a missing one is a finding of its own. */
function digests({ services, environments }: Ecosystem): Record<string, Record<string, string>> {
  const digest = `sha256:${"0".repeat(64)}`;
  return Object.fromEntries(
    Object.keys(services ?? {}).map((service) => [
      service,
      Object.fromEntries(Object.keys(environments).map((name) => [name, digest])),
    ]),
  );
}

/** A finding as a test compares it. */
export const brief = (diagnostics: readonly Diagnostic[]): string[] =>
  diagnostics.map(({ id, at, message }) => `${id} at ${at}: ${message}`);
