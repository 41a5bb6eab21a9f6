import { readFileSync } from "node:fs";
import { dirname, sep } from "node:path";
import { createJiti, type JitiOptions, type TransformOptions } from "jiti";
import { formatPath, parsePath, type PathSegment } from "../../diagnostics/config-path.ts";
import type { Diagnostic, InputFile, Position } from "../../diagnostics/diagnostic.ts";
import { readCompanion } from "../companions.ts";
import { execute, type Program } from "../execute.ts";
import { locateJson, parseJsonSource } from "../json-source.ts";
import { positionOf, SourceText } from "../source-text.ts";
import { instrument } from "./instrument.ts";
import { expose, Recorder } from "./recorder.ts";
import { SyntaxTrace } from "./syntax.ts";
import { trace, type Trace } from "./trace.ts";

/** Finds where the value, or the key, at a path of one input is written. */
type Tracer = (path: readonly PathSegment[], key?: boolean) => Trace;

/** The diagnostics with their positions; those that have one keep it. */
export async function locateAll(program: Program, diagnostics: readonly Diagnostic[]): Promise<Diagnostic[]> {
  const tracers = new Map<InputFile, Tracer>();
  for (const { input = "config", position } of diagnostics) {
    if (!position && !tracers.has(input)) tracers.set(input, input === "config" ? await configTracer(program) : companionTracer(program, input));
  }
  return diagnostics.map((diagnostic) => {
    const find = tracers.get(diagnostic.input ?? "config");
    return diagnostic.position || !find ? diagnostic : located(diagnostic, find, program.cwd);
  });
}

function located(diagnostic: Diagnostic, find: Tracer, cwd: string): Diagnostic {
  const { position, madeBy, passedOn } = place(diagnostic.at, diagnostic.key, find, cwd);
  const related = diagnostic.related?.map((other) => ({ ...other, position: place(other.at, false, find, cwd).position })) ?? [];
  if (madeBy) related.push({ at: diagnostic.at, message: "made by this call", position: positionOf(madeBy, cwd) });
  if (passedOn) related.push({ at: diagnostic.at, message: "passed on here", position: positionOf(passedOn, cwd) });
  return { ...diagnostic, position, ...(related.length > 0 ? { related } : {}) };
}

function place(at: string, key: boolean | undefined, find: Tracer, cwd: string): { position?: Position } & Pick<Trace, "madeBy" | "passedOn"> {
  const path = parsePath(at);
  const { span, depth, madeBy, passedOn } = find(path, key);
  if (!span) return {};
  const position = positionOf(span, cwd);
  return { position: depth < path.length ? { ...position, inherited: formatPath(path.slice(0, depth)) } : position, madeBy, passedOn };
}

/** Loads the config again with the recorder; what that cannot tell, the syntax of the config file may. */
async function configTracer(program: Program): Promise<Tracer> {
  const recorder = new Recorder();
  const root = await loadRecorded(program, recorder);
  let syntax: SyntaxTrace | undefined;
  return (path, key) => {
    const run = trace(recorder, root, path, key);
    if (run.span && run.depth === path.length) return run;
    syntax ??= new SyntaxTrace(new SourceText(program.configFile, readFileSync(program.configFile, "utf8")));
    const read = syntax.trace(path, key);
    return read.span && (!run.span || read.depth > run.depth) ? read : run;
  };
}

async function loadRecorded(program: Program, recorder: Recorder): Promise<unknown> {
  const speak = silence(); // the first load has said it
  const hide = expose(recorder);
  try {
    return await execute(program, recording(program, recorder));
  } catch {
    return undefined; // a config that only runs once: its syntax has to do
  } finally {
    hide();
    speak();
  }
}

function recording({ configFile, moduleAlias }: Program, recorder: Recorder): JitiOptions {
  const plain = createJiti(configFile, { fsCache: false });
  const helpers = Object.values(moduleAlias).map((path) => dirname(path) + sep);
  const isUsers = (file: string) => !file.includes(`${sep}node_modules${sep}`) && !helpers.some((folder) => file.startsWith(folder));
  return {
    fsCache: false,
    transform(options: TransformOptions) {
      const { filename, source } = options;
      const instrumented = filename !== undefined && isUsers(filename) ? instrument(new SourceText(filename, source), recorder) : source;
      return { code: plain.transform({ ...options, source: instrumented }) };
    },
  };
}

function companionTracer({ configFile }: Program, input: Exclude<InputFile, "config">): Tracer {
  const source = readCompanion(configFile, input);
  if (!source) return () => ({ depth: 0 });
  const root = parseJsonSource(source.text);
  return (path, key) => locateJson(source, root, path, key);
}

const SPOKEN = ["log", "info", "warn", "error", "debug", "table", "dir"] as const;

/** Turns the console off; the result turns it on again. */
function silence(): () => void {
  const saved = SPOKEN.map((name) => [name, console[name]] as const);
  for (const name of SPOKEN) console[name] = () => {};
  return () => {
    for (const [name, speak] of saved) Object.assign(console, { [name]: speak });
  };
}
