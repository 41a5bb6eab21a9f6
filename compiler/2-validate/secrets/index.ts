import type { FileValue } from "../../config/model/values.ts";
import { formatPath, valueAt, type PathSegment } from "../../diagnostics/config-path.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { namedIn, secretByName, shapedIn } from "./judge.ts";
import { mayHoldSecret, shapesIn } from "./shapes.ts";
import { leakOfKey, leaksOfCommand, leaksOfOperation, leaksOfStructure, leaksOfText, type Leak } from "./structure.ts";

export { leaksOfStructure } from "./structure.ts";

/** What a text looks like, if it looks like a secret by itself. */
export const secretIn = (text: string): string | undefined => shapesIn(text)[0]?.title;

/** Whether a value is a secret by the name that people gave it; a number may be one too. */
export const isSecret = (name: string, value: unknown): boolean =>
  (typeof value === "string" || typeof value === "number") && secretByName(name, String(value), "source") !== undefined;

/** The text with stars in place of whatever looks like a secret, as long as before: for messages and source lines. */
export function redact(text: string): string {
  const shapes = mayHoldSecret(text) ? [...shapesIn(text), ...keysIn(text)] : [];
  const found = [...shapes, ...namedIn(text, "source")].sort((a, b) => a.start - b.start);
  const parts: string[] = [];
  let done = 0;
  for (const { start, end } of found) {
    if (end <= done) continue; // within what is hidden already
    const from = Math.max(start, done);
    parts.push(text.slice(done, from), text.slice(from, end).replace(/[^\r\n]/g, "*"));
    done = end;
  }
  return [...parts, text.slice(done)].join("");
}

/** Private keys as a whole: their shape is their first line. One that does not end goes on to the end of the text. */
const keysIn = (text: string): { start: number; end: number }[] =>
  [...text.matchAll(/-----BEGIN[^-\n]*PRIVATE KEY[^-\n]*-----[^]*?(?:-----END[^-\n]*-----|$)/g)].map(
    ({ index, 0: { length } }) => ({ start: index, end: index + length }),
  );

const HINT =
  "declare it under `secrets` and mount it; take the value out of the history of the repository and replace it. Where it is no secret, let its name say what it is, as TOKEN_TTL or PASSWORD_FILE do";

/** Secrets that stand in the config itself. Messages never repeat them. */
export const secretDiagnostics = (config: unknown): Diagnostic[] =>
  leaksOf(config, []).map(({ path, title, detail, start = 0 }): Diagnostic => {
    const at = formatPath(path);
    const place = [detail, at].filter(Boolean).join(" ");
    // An empty frame: the line itself must not be shown, or the secret would stand in every log.
    return {
      id: "config/secret",
      severity: "error",
      at,
      ...(isFile(valueAt(config, path)) ? { within: start } : {}),
      frame: "",
      message: `${place || "the config"} holds what looks like ${title}`,
      hint: HINT,
    };
  });

/** Our own vocabulary's names say nothing of secrets; where people choose names, these do. Into a list: most of a config is looked at here, and generators within generators take twice the time. */
function leaksOf(value: unknown, path: readonly PathSegment[], found: Leak[] = []): readonly Leak[] {
  if (typeof value === "string") {
    const [first] = shapedIn(value);
    if (first) found.push({ path, title: first.title });
  } else if (Array.isArray(value)) {
    for (const [index, child] of value.entries()) leaksOf(child, [...path, index], found);
  } else if (typeof value === "object" && value !== null) {
    for (const key of Object.keys(value)) {
      const child = (value as Readonly<Record<string, unknown>>)[key];
      found.push(...leakOfKey(key, path));
      if (typeof child === "object" || typeof child === "string") leaksOfField(key, child, [...path, key], found);
    }
  }
  return found;
}

function leaksOfField(key: string, value: unknown, path: readonly PathSegment[], found: Leak[]): void {
  if (path[0] === "services" || path[0] === "clusters") {
    const texts = typeof value === "object" && value !== null ? (Object.entries(value) as [string, unknown][]) : [];
    if (key === "env" || key === "headers" || key === "labels" || key === "files") {
      for (const [name, value] of texts) {
        const text = isFile(value) ? value.text : value;
        found.push(...leakOfKey(name, path));
        if (typeof text === "string")
          found.push(
            ...leaksOfText(
              text,
              [...path, name],
              key === "files" ? nameOfFile(name) : name,
              key === "files" ? "structure" : "variable",
            ),
          );
      }
      return;
    }
    if ((key === "args" || key === "command") && isTexts(value)) {
      found.push(...leaksOfCommand(value, path));
      return;
    }
  }
  if (path[0] === "addons" && path.length === 3 && key === "values") {
    found.push(...leaksOfStructure(value, path));
    return;
  }
  if (path[0] === "patches" && path.length === 1) {
    for (const [index, patch] of (
      value as { kind: string; merge?: object; json?: readonly Readonly<Record<string, unknown>>[] }[]
    ).entries()) {
      const { merge, json, ...rest } = patch;
      const at = [...path, index];
      leaksOf(rest, at, found);
      if (merge)
        found.push(
          ...leaksOfStructure(patch.kind === "Secret" ? { kind: "Secret", ...merge } : merge, [...at, "merge"]),
        );
      for (const [place, operation] of (json ?? []).entries())
        found.push(...leaksOfOperation(operation, [...at, "json", place]));
    }
    return;
  }
  leaksOf(value, path, found);
}

/** Under `in` and `on` a value may have another form than its field: differences say so. */
const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((entry) => typeof entry === "string");
const isFile = (value: unknown): value is FileValue =>
  typeof value === "object" && value !== null && (value as { kind?: unknown }).kind === "file";

/** `api-token.txt` → `api-token`: a file of one value is named as the value is. */
const nameOfFile = (name: string): string => name.replace(/\.(?:txt|key|value|secret)$/, "");
