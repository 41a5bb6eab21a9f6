import { dirname, resolve, sep } from "node:path";
import { createJiti, type JitiOptions, type TransformOptions } from "jiti";
import { formatPath, parsePath, valueAt, type PathSegment } from "../../diagnostics/config-path.ts";
import type { Diagnostic, InputFile, Position } from "../../diagnostics/diagnostic.ts";
import { calledAt } from "../called-at.ts";
import { readCompanion, type Companion } from "../companions.ts";
import { readConfig } from "../config-file.ts";
import { locateJson, parseJsonSource } from "../json-source.ts";
import type { RunningFiles } from "../program/execute.ts";
import type { Joins } from "../program/joins.ts";
import type { Program } from "../program/protocol.ts";
import { positionOf, SourceText } from "../source-text.ts";
import { readText } from "../text-file.ts";
import { instrument } from "./instrument.ts";
import { expose, Recorder } from "./recorder.ts";
import { SyntaxTrace } from "./syntax.ts";
import { trace, type Trace } from "./trace.ts";

/** Finds where the value, or the key, at a path of one input is written. */
type Tracer = (path: readonly PathSegment[], key?: boolean) => Trace;

/** A config that ran with the recorder, and the definitions that others took the place of. */
export interface RecordedRun {
  recorder: Recorder;
  root: unknown;
  joins: Joins;
}

/**
 * The diagnostics with their positions; those that have one keep it. Without a run, the syntax of the config file has
 * to do.
 */
export async function locateAll(
  program: Program,
  diagnostics: readonly Diagnostic[],
  run?: RecordedRun,
): Promise<Diagnostic[]> {
  const tracers = new Map<InputFile, Tracer>();
  for (const { input = "config", position } of diagnostics) {
    if (!position && input !== "lock" && !tracers.has(input))
      tracers.set(input, input === "config" ? configTracer(program, run) : companionTracer(program, input));
  }
  return diagnostics.map((diagnostic) => {
    const find = tracers.get(diagnostic.input ?? "config");
    if (diagnostic.position || !find) return diagnostic;
    const placed = inFile(located(diagnostic, find, program.cwd), program, run);
    const others =
      diagnostic.id === "load/duplicate-name" && run ? lostDefinitions(diagnostic.at, run, program.cwd) : [];
    return others.length === 0 ? placed : { ...placed, related: [...(placed.related ?? []), ...others] };
  });
}

/** What stands in a file that the config reads is found there; the config only names the file. */
function inFile(diagnostic: Diagnostic, { root, cwd }: Program, run: RecordedRun | undefined): Diagnostic {
  const { at, within, position } = diagnostic;
  if (within === undefined || run === undefined) return diagnostic;
  const file = resolve(root, (valueAt(run.root, parsePath(at)) as { path: string }).path);
  const found = readText(file);
  if (found === undefined || !("text" in found)) return diagnostic;
  const read = { at, message: "read here", position };
  const source = new SourceText(file, found.text);
  return {
    ...diagnostic,
    position: positionOf(source.span(within, within), cwd),
    related: [read, ...(diagnostic.related ?? [])],
  };
}

/** Where the definitions are written that the one at a path took the place of. */
function lostDefinitions(
  at: string,
  { recorder, root, joins }: RecordedRun,
  cwd: string,
): NonNullable<Diagnostic["related"]> {
  const path = parsePath(at);
  return joins.lost(valueAt(root, path.slice(0, -1)), String(path.at(-1))).flatMap((loser) => {
    const origin = recorder.origin(loser);
    return origin === undefined
      ? []
      : [{ at, message: "defined here as well", position: positionOf(origin.site.span, cwd) }];
  });
}

function located(diagnostic: Diagnostic, find: Tracer, cwd: string): Diagnostic {
  const { position, calls = [], passedOn } = place(diagnostic.at, diagnostic.key, find, cwd);
  const { at } = diagnostic;
  const related = [
    ...(diagnostic.related?.map((other) => ({ ...other, position: place(other.at, false, find, cwd).position })) ?? []),
    ...(passedOn ? [{ at, message: "passed on here", position: positionOf(passedOn, cwd) }] : []),
    ...calledAt(
      at,
      calls.map((span) => positionOf(span, cwd)),
    ),
  ];
  return { ...diagnostic, position, ...(related.length > 0 ? { related } : {}) };
}

function place(
  at: string,
  key: boolean | undefined,
  find: Tracer,
  cwd: string,
): { position?: Position } & Pick<Trace, "calls" | "passedOn"> {
  const path = parsePath(at);
  const { span, depth, ...rest } = find(path, key);
  if (!span) return {};
  const position = positionOf(span, cwd);
  return {
    position: depth < path.length ? { ...position, inherited: formatPath(path.slice(0, depth)) } : position,
    ...rest,
  };
}

/** What the run cannot tell, the syntax of the config file may. */
function configTracer(program: Program, run: RecordedRun | undefined): Tracer {
  let syntax: SyntaxTrace | undefined;
  return (path, key) => {
    const found: Trace = run === undefined ? { depth: 0 } : trace(run.recorder, run.root, path, key);
    if (found.span && found.depth === path.length) return found;
    syntax ??= new SyntaxTrace(new SourceText(program.configFile, readConfig(program)));
    const read = syntax.trace(path, key);
    return read.span && (!found.span || read.depth > found.depth) ? read : found;
  };
}

/** Runs the config with the recorder; undefined for one that only runs once. */
export async function runRecorded(
  program: Program,
  files: RunningFiles,
  execute: (options: JitiOptions) => Promise<{ exported: unknown }>,
): Promise<Omit<RecordedRun, "joins"> | undefined> {
  const recorder = new Recorder();
  expose(recorder);
  try {
    const { exported } = await execute(recording(program, recorder));
    recorder.ran(files);
    return { recorder, root: exported };
  } catch {
    return undefined;
  }
}

function recording({ configFile, moduleAlias, sources }: Program, recorder: Recorder): JitiOptions {
  const plain = createJiti(configFile, { fsCache: false });
  const helpers = Object.values(moduleAlias).map((path) => dirname(path) + sep);
  const isUsers = (file: string) =>
    !file.includes(`${sep}node_modules${sep}`) && !helpers.some((folder) => file.startsWith(folder));
  return {
    fsCache: false,
    transform(options: TransformOptions) {
      const { filename } = options;
      const source = sources?.[filename ?? ""] ?? options.source;
      const instrumented =
        filename !== undefined && isUsers(filename) ? instrument(new SourceText(filename, source), recorder) : source;
      return { code: plain.transform({ ...options, source: instrumented }) };
    },
  };
}

function companionTracer({ configFile, cwd }: Program, input: Companion): Tracer {
  const source = readCompanion(configFile, input, cwd);
  if (!source) return () => ({ depth: 0 });
  const root = parseJsonSource(source.text);
  return (path, key) => locateJson(source, root, path, key);
}
