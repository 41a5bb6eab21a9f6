/**
 * The process of a config: it runs in one of its own, so that nothing that it does reaches eco-compile. In: a
 * {@link Request}. Out: a {@link Reply}.
 */
import { Module } from "node:module";
import { sep } from "node:path";
import { types } from "node:util";
import process from "node:process"; // the config may delete the global one
import { DiagnosticError } from "../../diagnostics/diagnostic.ts";
import { readConfig } from "../config-file.ts";
import { duplicates } from "../duplicates.ts";
import { readFiles } from "../files.ts";
import { unreadable, parseJson, readJson } from "../json-file.ts";
import { plainData } from "../plain-data.ts";
import { displayPath } from "../source-text.ts";
import { strayExports, type RanFile } from "../stray-exports.ts";
import { readText } from "../text-file.ts";
import { watchEnvironment } from "./environment.ts";
import { execute, type RunningFiles } from "./execute.ts";
import { exposeJoins, Joins } from "./joins.ts";
import { guard, leave } from "./leave.ts";
import { printAtOnce, readAll } from "./pipes.ts";
import { watchBuiltins } from "./prototypes.ts";
import type { Reply, Request } from "./protocol.ts";
import { describeThrown } from "./thrown.ts";

/** The loop turns this often before the default export counts: what was forgotten to be awaited has failed by then. */
const TURNS = 3;

const { setImmediate: nextTurn, setTimeout: later } = globalThis;

async function main(): Promise<void> {
  const { program, locate, conditions, limit } = JSON.parse(readAll(0)) as Request;
  process.argv.length = 1;
  printAtOnce();
  const files: RunningFiles = Object.create(null) as RunningFiles;
  const { failedApart } = guard(() => Object.keys(files).findLast((file) => !files[file]!.loaded), limit);
  const joins = new Joins();
  exposeJoins(joins);
  joins.watchBuiltins();
  const builtins = watchBuiltins();
  readJsonStrictly(program.cwd);
  if (conditions !== undefined) (await import("./conditions.ts")).pretend(conditions);

  if (locate !== undefined) {
    const { locateAll, runRecorded } = await import("../positions/locate.ts"); // brings a parser: not on the good path
    const run = await runRecorded(program, files, (options) => execute(program, readConfig(program), files, options));
    try {
      return leave({ kind: "located", diagnostics: await locateAll(program, locate, run && { ...run, joins }) });
    } catch (error) {
      if (builtins.replaced() === undefined) throw error;
      return leave({ kind: "refused", diagnostics: [] }); // the syntax has to do
    }
  }
  const { variables } = watchEnvironment();
  let exported: unknown;
  try {
    ({ exported } = await execute(program, readConfig(program), files));
    for (let turn = 0; turn < TURNS; turn++)
      await new Promise<void>((resolve) => (turn === 1 ? later(resolve, 1) : nextTurn(resolve)));
  } catch (error) {
    return leave(
      !types.isProxy(error) && error instanceof DiagnosticError
        ? { kind: "refused", diagnostics: error.diagnostics }
        : { kind: "threw", thrown: describeThrown(error), apart: false },
    );
  }
  try {
    leave(answer());
  } catch (error) {
    const replaced = builtins.replaced();
    if (replaced === undefined) throw error;
    const message = `the config, or what it imports, replaces ${replaced}: its result cannot be read`;
    leave({
      kind: "refused",
      diagnostics: [
        { id: "load/globals", severity: "error", at: "", message, hint: "leave the built-in objects as they are" },
      ],
    });
  }

  /** The data of the default export, with all that is wrong with it. */
  function answer(): Reply {
    const failed = failedApart();
    if (failed.length > 0) return { kind: "threw", thrown: describeThrown(failed[0]), apart: true };
    const { data, faults } = plainData(exported);
    faults.push(...readFiles(data, program.root));
    const strays = strayExports(exported, ownFiles());
    const places = new Set(strays.map(({ at }) => at));
    const found = [...strays, ...faults.filter(({ at }) => !places.has(at))];
    const others = [
      ...unreadableSources(),
      ...builtins.polluted(),
      ...(found.length > 0 ? [] : duplicates(exported, joins)),
    ];
    return {
      kind: "data",
      data,
      faults: [...others, ...found],
      variables: variables(),
      sources: Object.keys(files),
      cpu: cpuTime(),
    };
  }

  /** What the project's own files export. */
  function ownFiles(): RanFile[] {
    return Object.entries(files)
      .filter(([file]) => !isForeign(file))
      .map(([file, { exports }]) => ({ name: displayPath(file, program.cwd), exports }));
  }

  /** Sources that are no UTF-8: what stands in them reached the config garbled. */
  function unreadableSources() {
    return Object.keys(files).flatMap((file) => {
      if (file === program.configFile || isForeign(file)) return [];
      const found = readText(file);
      return found === undefined || "text" in found
        ? []
        : [unreadable("load/unreadable", file, found, { name: displayPath(file, program.cwd), cwd: program.cwd })];
    });
  }
}

/**
 * What a config imports as JSON is read as its companions are: in UTF-8, no key twice, with positions. Packages are
 * left alone.
 */
function readJsonStrictly(cwd: string): void {
  const { _extensions: extensions } = Module as unknown as {
    _extensions: Record<string, (module: { exports: unknown }, file: string) => void>;
  };
  const native = extensions[".json"]!;
  extensions[".json"] = (module, file) => {
    if (isForeign(file)) return native(module, file);
    const reading = { name: displayPath(file, cwd), cwd };
    const source = readJson(file, reading);
    if (source === undefined) return native(module, file);
    module.exports = parseJson(source, { ...reading, maxValues: MAX_IMPORTED_VALUES, isImported: true });
  };
}

/** Data that is made by a program may be longer than what pull requests write. */
const MAX_IMPORTED_VALUES = 500_000;

const isForeign = (file: string): boolean => file.includes(`${sep}node_modules${sep}`);

function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

main().catch((error: unknown) =>
  leave({ kind: "bug", stack: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
);
