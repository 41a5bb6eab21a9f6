import { readFileSync, statSync } from "node:fs";
import { SourceMap, type SourceMapPayload, type SourceMapping } from "node:module";
import { dirname, extname, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { createJiti } from "jiti";
import { parseSync, visitorKeys, type ExportDefaultDeclaration, type Node } from "oxc-parser";
import type { Diagnostic, Position, RelatedFinding } from "../diagnostics/diagnostic.ts";
import { PACKAGE_ROOT } from "../package-root.ts";
import { LOAD_LIMIT_MS, type Answer } from "./ask.ts";
import { calledAt } from "./called-at.ts";
import { fault } from "./catalogue.ts";
import { unreadable } from "./json-file.ts";
import { TRANSFORM } from "./program/execute.ts";
import type { Program, Thrown } from "./program/protocol.ts";
import { clip } from "./program/thrown.ts";
import { displayPath, positionOf, SourceText } from "./source-text.ts";
import { readText } from "./text-file.ts";

/** A place in what ran: the file is the user's, line and column are those of the transformed code. */
interface Frame {
  file: string;
  line: number;
  column: number;
}

/** What a process that gave no data says about the config, at the user's own line. */
export function explainFailure(answer: Answer, program: Program, limit = LOAD_LIMIT_MS): readonly Diagnostic[] {
  switch (answer.kind) {
    case "refused":
      return answer.diagnostics;
    case "threw":
      return [explainThrown(answer.thrown, program, answer.apart)];
    case "ended":
      return [
        fault("load/ended", {
          message: `the config, or what it imports, ends the process with ${answer.by}`,
          hint: ENDED_HINT,
          ...whereThrown(answer.thrown, program),
        }),
      ];
    case "unsettled":
      return [unsettledFault(answer, program, limit)];
    case "died":
      return [deathFault(answer, program, limit)];
    case "bug":
      throw new Error(answer.stack);
    default:
      throw new Error(`the config's process answered with ${answer.kind}`);
  }
}

const ENDED_HINT = "throw an error that says why, or export the config";

const seconds = (milliseconds: number): string => `${milliseconds / 1000} seconds`;

function deathFault({ how, detail }: Extract<Answer, { kind: "died" }>, program: Program, limit: number): Diagnostic {
  const position = startOf(program);
  switch (how) {
    case "busy":
      return fault("load/unsettled", {
        message: `the config is busy for more than ${seconds(limit)}, as in an endless loop or with a file that never ends`,
        hint: "look for a loop that does not end",
        position,
      });
    case "memory":
      return fault("load/ended", {
        message: "the config used up the memory of its process",
        hint: "look for a loop or helper that makes too much",
        position,
      });
    case "not begun":
      return fault("load/ended", {
        message: `no process can be begun to run the config: ${detail}`,
        hint: "look at the limits of this machine",
        position,
      });
    case "killed":
      return fault("load/ended", {
        message: `the config, or what it imports, ended its process (${detail})`,
        hint: ENDED_HINT,
        position,
      });
  }
}

function unsettledFault(
  { file, late }: Extract<Answer, { kind: "unsettled" }>,
  program: Program,
  limit: number,
): Diagnostic {
  const when = late
    ? `has not settled after ${seconds(limit)}`
    : "never settles: nothing is left to run that could settle it";
  const hint = "look for a promise that is never resolved, or write what it would have brought";
  if (file === undefined)
    return fault("load/unsettled", {
      message: `the promise that is exported ${when}`,
      hint,
      position: exportedAt(program) ?? startOf(program),
    });
  const { awaits, position } = topLevelAwaits(file, program);
  const where = awaits > 1 ? "a top-level await, this one or a later one," : "the top-level await";
  return fault("load/unsettled", {
    message: awaits === 0 ? `${displayPath(file, program.cwd)} ${when}` : `${where} ${when}`,
    hint,
    position,
  });
}

/** Where a file waits while it is imported: awaits outside of functions. */
function topLevelAwaits(file: string, { cwd }: Program): { awaits: number; position: Position } {
  const source = new SourceText(file, readFileSync(file, "utf8"));
  const found: Node[] = [];
  const visit = (node: Node | null | undefined): void => {
    if (!node || /Function|MethodDefinition|PropertyDefinition/.test(node.type)) return;
    if (node.type === "AwaitExpression" || (node.type === "ForOfStatement" && node.await)) found.push(node);
    for (const key of visitorKeys[node.type] ?? [])
      [(node as unknown as Record<string, Node | Node[]>)[key]].flat().forEach(visit);
  };
  visit(parseSync(file, source.text).program);
  const [first] = found;
  const position = first
    ? positionOf(source.span(first.start, first.end), cwd)
    : { file: displayPath(file, cwd), line: 1, column: 1 };
  return { awaits: found.length, position };
}

function exportedAt({ configFile, cwd }: Program): Position | undefined {
  const source = new SourceText(configFile, readFileSync(configFile, "utf8"));
  const statement = parseSync(configFile, source.text).program.body.find(
    ({ type }) => type === "ExportDefaultDeclaration",
  ) as ExportDefaultDeclaration | undefined;
  return statement && positionOf(source.span(statement.declaration.start, statement.declaration.end), cwd);
}

/** What a config threw, at the user's own line. */
function explainThrown(error: Thrown, program: Program, apart: boolean): Diagnostic {
  return syntaxFault(error, program) ?? importFault(error, program) ?? thrown(error, program, apart);
}

/** jiti reports what its parser refuses as `ParseError: <message> \n <file>:<line>:<column>`, the column from 0. */
const PARSE_ERROR = /^(?:[A-Z]\w*Error: )?(.*?)\s*\n\s(.+):(\d+):(\d+)$/s;

function syntaxFault(error: Thrown, program: Program): Diagnostic | undefined {
  const [, message, file, line, column] = PARSE_ERROR.exec(error.details ?? "") ?? [];
  if (file !== undefined && isFile(file)) {
    const garbled = readText(file);
    if (garbled && "problem" in garbled)
      return unreadable("load/unreadable", file, garbled, { name: displayPath(file, program.cwd), cwd: program.cwd });
    const position = { file: displayPath(file, program.cwd), line: Number(line), column: Number(column) + 1 };
    return fault("load/syntax", { message: clip(sentence(message!)), position });
  }
  if (!error.isSyntaxError) return undefined;
  return fault("load/syntax", {
    message: clip(firstLine(error.details ?? "")),
    ...whereThrown(error, program),
  });
}

const UNRESOLVED = /^Cannot find (?:module|package) '([^']+)'|^Cannot resolve module "([^"]+)"/;
const UNKNOWN_KIND = /^Unknown file extension "([^"]*)" for (.+)$/;

function importFault(error: Thrown, program: Program): Diagnostic | undefined {
  if (error.code === undefined) return undefined;
  const [, unresolved, unresolvable] = UNRESOLVED.exec(error.details ?? "") ?? [];
  const [, extension, unknown] = UNKNOWN_KIND.exec(firstLine(error.details ?? "")) ?? [];
  const specifier = unresolved ?? unresolvable ?? unknown;
  if (specifier === undefined) return undefined;
  const position =
    userFrames(error, program)
      .map(({ file }) => importOf(specifier, file, program))
      .find(Boolean) ??
    importOf(specifier, program.configFile, program) ??
    whereThrown(error, program).position;
  if (extension !== undefined) {
    return fault("load/import", {
      message: `${shown(specifier, program)} cannot be imported: only code and JSON can`,
      hint: 'read it: readFileSync(new URL("./file", import.meta.url), "utf8")',
      position,
    });
  }
  const isPath = /^[./]/.test(specifier);
  return fault("load/import", {
    message: isPath
      ? `the imported file ${shown(specifier, program)} does not exist`
      : `the imported package ${specifier} is not installed`,
    hint: isPath ? "correct the path" : `run \`npm install ${packageOf(specifier)}\`, or correct the name`,
    position,
  });
}

function thrown(error: Thrown, program: Program, apart: boolean): Diagnostic {
  const where = whereThrown(error, program);
  const message = asWritten(error.message);
  if (!apart) return fault("load/threw", { message, ...where });
  return fault("load/unhandled", {
    message: `${message}; in code that the config began and does not wait for`,
    hint: "await it, or catch what it throws",
    ...where,
  });
}

/** The import or export of a file that names the specifier; a relative one may have been made absolute on the way. */
function importOf(specifier: string, file: string, { cwd }: Program): Position | undefined {
  const source = new SourceText(file, readFileSync(file, "utf8"));
  const { module } = parseSync(file, source.text);
  const requests = [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest),
    ...module.staticExports.flatMap(({ entries }) => entries.map(({ moduleRequest }) => moduleRequest)),
  ];
  const request = requests.find(
    (request) => request && (request.value === specifier || resolve(dirname(file), request.value) === specifier),
  );
  return request ? positionOf(source.span(request.start, request.end), cwd) : undefined;
}

/** Where it was thrown, and the calls that led there: of the user's own files. */
function whereThrown(error: Thrown, program: Program): { position: Position; related?: RelatedFinding[] } {
  const [first, ...others] = userFrames(error, program);
  if (first === undefined) return { position: startOf(program) };
  const position = originalPosition(first, program.cwd);
  const callers = withoutRepeats(others)
    .filter((frame) => !isImport(frame))
    .map((frame) => originalPosition(frame, program.cwd))
    .filter((caller) => !isDeepStrictEqual(caller, position));
  return { position, ...(callers.length === 0 ? {} : { related: calledAt("", callers) }) };
}

/** A function that calls itself has as many frames as a stack can hold, and each costs a transform. */
const withoutRepeats = (frames: readonly Frame[]): Frame[] => [
  ...new Map(frames.map((frame) => [JSON.stringify(frame), frame])).values(),
];

/** What a file does while it is imported was called by nobody; the transform keeps lines. */
const isImport = ({ file, line }: Frame): boolean =>
  /^\s*(?:import\b(?!\s*[(.])|export\b.*\bfrom\b)/.test(readFileSync(file, "utf8").split(/\r\n|\n|\r/)[line - 1] ?? "");

const STACK_FRAME = /^\s*at (?:.*? \()?((?:file:\/\/|\/|[A-Za-z]:[\\/]).*?):(\d+):(\d+)\)?$/;

/** The frames of the user's own files, innermost first: not those of packages, of eco-compile, nor of Node. */
function userFrames(error: Thrown, { moduleAlias }: Program): Frame[] {
  const foreign = [...Object.values(moduleAlias).map((path) => dirname(path) + sep), `${sep}node_modules${sep}`];
  return (error.stack ?? "").split("\n").flatMap((text) => {
    const [, path, line, column] = STACK_FRAME.exec(text) ?? [];
    const file = path?.startsWith("file:") ? pathOf(path) : path;
    if (file === undefined || OWN_FILES.test(file) || foreign.some((folder) => file.includes(folder)) || !isFile(file))
      return [];
    return [{ file, line: Number(line), column: Number(column) }];
  });
}

/** The load phase itself, which stands below the config in every stack. */
const OWN_FILES = new RegExp(
  `^${escapeRegExp(PACKAGE_ROOT)}(?:compiler/1-load/(?:program/|positions/)?|dist/)[\\w-]+\\.(?:ts|c?js)$`,
);

/** A stack is text that anyone may have written: what it names is looked at with care. */
function pathOf(url: string): string | undefined {
  try {
    return fileURLToPath(url);
  } catch {
    return undefined;
  }
}

function isFile(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
  } catch {
    return false;
  }
}

/** What jiti puts before the code of a module, on its first line; V8 counts it. */
const MODULE_WRAPPER =
  "(async function (exports, require, module, __filename, __dirname, jitiImport, jitiESMResolve) { ";

/** jiti's transform keeps lines but not columns, so the transform is repeated with a source map for this one file. */
function originalPosition({ file, line, column }: Frame, cwd: string): Position {
  const source = readFileSync(file, "utf8");
  const code = createJiti(file, { fsCache: false }).transform({
    source,
    filename: file,
    ts: /\.[cm]?ts$/.test(extname(file)),
    async: true,
    babel: { ...TRANSFORM, sourceMaps: "inline", sourceFileName: file },
  });
  const map = /\/\/# sourceMappingURL=data:application\/json;[^,]*base64,(\S+)\s*$/.exec(code)?.[1];
  const inCode = column - 1 - (line === 1 ? MODULE_WRAPPER.length : 0);
  const { originalLine, originalColumn }: Partial<SourceMapping> =
    map === undefined ? {} : sourceMap(map).findEntry(line - 1, inCode);
  if (originalLine === undefined || originalColumn === undefined)
    return { file: displayPath(file, cwd), line, column: 1 };
  const text = new SourceText(file, source);
  const start = startOfCallee(source, text.offset(originalLine + 1, originalColumn + 1));
  return positionOf(text.span(start, start), cwd);
}

/** V8 places a failing call at its parenthesis; people look for the name. */
function startOfCallee(source: string, offset: number): number {
  if (source[offset] !== "(") return offset;
  return offset - /[\p{ID_Continue}$.]*$/u.exec(source.slice(0, offset))![0].length;
}

function sourceMap(base64: string): SourceMap {
  return new SourceMap(JSON.parse(Buffer.from(base64, "base64").toString("utf8")) as SourceMapPayload);
}

function startOf({ configFile, cwd }: Program): Position {
  return { file: displayPath(configFile, cwd), line: 1, column: 1 };
}

function shown(specifier: string, { cwd }: Program): string {
  return specifier.startsWith("/") ? displayPath(specifier, cwd) : specifier;
}

function packageOf(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}

/** An imported name as the user wrote it, not as the transform calls it. */
function asWritten(message: string): string {
  return message.replace(/\(0 , _\w+\.(\w+)\)/g, "$1");
}

function firstLine(message: string): string {
  return message.split("\n", 1)[0]!;
}

function sentence(message: string): string {
  return message.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase()).replace(/\.$/, "");
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
