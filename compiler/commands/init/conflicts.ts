import { lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ProjectFile } from "./templates.ts";

/** What there already is at the path of a file that init would write. */
export type Standing =
  | { kind: "free" }
  /** It says already what init would make it say. */
  | { kind: "kept"; why: string }
  | { kind: "conflict"; why: string };

/** Looks at the disk without touching it. */
export function standing(folder: string, { path, content }: ProjectFile): Standing {
  const there = lstatSync(join(folder, path), { throwIfNoEntry: false });
  if (there === undefined) return { kind: "free" };
  if (!there.isFile()) return { kind: "conflict", why: "is no ordinary file" };
  const existing = readFileSync(join(folder, path), "utf8");
  if (existing === content) return { kind: "kept", why: "as it would be written" };
  return (rules[path] ?? different)(existing, content);
}

/** Files that a repository often has before anything else is in it. */
const rules: Record<string, (existing: string, wanted: string) => Standing> = {
  "README.md": () => ({ kind: "kept", why: "yours" }),
  "package.json": packageNamesUs,
  ".gitignore": hasLines,
  ".gitattributes": hasLines,
};

const different = (): Standing => ({ kind: "conflict", why: "differs from what init writes: move it away, or name another folder" });

/** After `npm install eco-compile` there is one, and it is good. */
function packageNamesUs(existing: string): Standing {
  const { dependencies, devDependencies } = parse(existing) as { dependencies?: object; devDependencies?: object };
  return Object.hasOwn({ ...dependencies, ...devDependencies }, "eco-compile")
    ? { kind: "kept", why: "it names eco-compile" }
    : { kind: "conflict", why: "does not name eco-compile: run npm install --save-dev eco-compile" };
}

function hasLines(existing: string, wanted: string): Standing {
  const lines = (text: string) => text.split(/\r?\n/).map((line) => line.trim());
  const present = new Set(lines(existing));
  const missing = lines(wanted).filter((line) => line !== "" && !line.startsWith("#") && !present.has(line));
  return missing.length === 0 ? { kind: "kept", why: "it has the lines" } : { kind: "conflict", why: `lacks these lines: add them\n${missing.map((line) => `      ${line}`).join("\n")}` };
}

/** An unreadable package.json names nothing. */
function parse(text: string): object {
  try {
    return (JSON.parse(text) ?? {}) as object;
  } catch {
    return {};
  }
}
