import glob from "fast-glob";
import { lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { completePackage } from "./package-json.ts";
import type { ProjectFile, Standing } from "./templates.ts";

/** Looks at the disk without touching it. */
export function standing(folder: string, { path, content }: ProjectFile): Standing {
  const there = lstatSync(join(folder, path), { throwIfNoEntry: false });
  if (there === undefined) return { kind: "free" };
  if (!there.isFile()) return { kind: "conflict", why: "is no ordinary file" };
  const bytes = readFileSync(join(folder, path));
  const existing = bytes.toString();
  if (!Buffer.from(existing).equals(bytes)) return { kind: "conflict", why: "is no UTF-8 text" };
  if (existing === content) return { kind: "kept", why: "as it would be written" };
  return (rules[path] ?? different)(existing, content, folder);
}

/** Files that a repository often has before anything else is in it. */
const rules: Record<string, (existing: string, wanted: string, folder: string) => Standing> = {
  "README.md": () => ({ kind: "kept", why: "yours" }),
  ".vscode/extensions.json": () => ({ kind: "kept", why: "yours" }),
  ".vscode/settings.json": () => ({ kind: "kept", why: "yours" }),
  "package.json": (existing, wanted, folder) => completePackage(existing, wanted, hasScripts(folder)),
  ".gitignore": withLines,
  ".gitattributes": withLines,
};

const different = (): Standing => ({
  kind: "conflict",
  why: "differs from what init writes: move it away, or name another folder",
});

/** Files whose meaning hangs on the type that package.json says. */
const hasScripts = (folder: string) => (): boolean =>
  glob.sync("**/*.js", { cwd: folder, ignore: ["**/node_modules/**", "generated/**"], suppressErrors: true }).length >
  0;

/**
 * The lines that are missing, at the end, where they win over others of the file. What leaves files out comes after
 * what takes them back in: where the latter is missing, all come.
 */
function withLines(existing: string, wanted: string): Standing {
  const lines = (text: string) => text.split(/\r?\n/).map((line) => line.trim());
  const present = new Set(lines(existing));
  const ours = lines(wanted).filter((line) => line !== "" && !line.startsWith("#"));
  const missing = ours.filter((line) => !present.has(line));
  if (missing.length === 0) return { kind: "kept", why: "it has the lines" };
  const added = missing.some((line) => line.startsWith("!/")) ? ours : missing;
  const end = existing.includes("\r\n") ? "\r\n" : "\n";
  const before = existing === "" || existing.endsWith("\n") ? existing : `${existing}${end}`;
  return {
    kind: "completed",
    added,
    content: `${before}${[...(before === "" ? [] : [""]), "# What eco-compile needs.", ...added].join(end)}${end}`,
  };
}
