/**
 * Loaded before a suite: notes which files of the repository the suite's process reads or hands to programs, so that
 * `npm run lab -- test` can hold them to the inputs that the suite names. What a program reads by itself shows in its
 * arguments.
 */
import childProcess from "node:child_process";
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { PACKAGE_ROOT } from "../../compiler/package-root.ts";
import { noteReads } from "./notes.ts";

const seen = new Set<string>();

/** The repository itself as an argument says nothing about what is read. */
function see(path: unknown, from: string = process.cwd()): void {
  const text = path instanceof URL ? fileURLToPath(path) : path;
  if (typeof text !== "string" || text === "" || text.includes("\0")) return;
  const whole = resolve(from, text);
  if (whole.startsWith(PACKAGE_ROOT) && whole !== resolve(PACKAGE_ROOT) && !whole.includes(`${sep}node_modules${sep}`))
    seen.add(whole);
}

type Any = (...args: any[]) => unknown;

/** Calls `look` with the arguments before the function, its promise form included. */
function watch(holder: object, name: string, look: (args: unknown[]) => void): void {
  const functions = holder as Record<string, Any>;
  const watched = (original: Any): Any =>
    function (this: unknown, ...args: unknown[]) {
      look(args);
      return original.apply(this, args);
    };
  const original = functions[name]!;
  const wrapped = Object.assign(watched(original), original);
  const promised = (original as unknown as Record<symbol, Any | undefined>)[promisify.custom];
  if (promised) Object.defineProperty(wrapped, promisify.custom, { value: watched(promised) });
  functions[name] = wrapped;
}

for (const name of ["readFileSync", "readFile", "createReadStream", "cpSync", "cp", "copyFileSync", "copyFile"])
  watch(fs, name, ([path]) => see(path));
for (const name of ["readFile", "cp", "copyFile"]) watch(fs.promises, name, ([path]) => see(path));
for (const name of ["spawn", "spawnSync", "execFile", "execFileSync", "fork"])
  watch(childProcess, name, ([, args, options]) => {
    if (!Array.isArray(args)) return;
    const { cwd = process.cwd() } = (options ?? {}) as { cwd?: string | URL };
    const from = cwd instanceof URL ? fileURLToPath(cwd) : cwd;
    for (const arg of args.filter((arg): arg is string => typeof arg === "string"))
      for (const word of arg.split(/[=\s,]/)) if (/[/.]/.test(word)) see(word, from);
  });
syncBuiltinESMExports();

process.on("exit", () => noteReads(seen));
