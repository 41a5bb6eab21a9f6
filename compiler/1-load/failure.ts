import { existsSync, readFileSync } from "node:fs";
import { SourceMap, type SourceMapPayload, type SourceMapping } from "node:module";
import { dirname, extname, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { createJiti } from "jiti";
import { parseSync } from "oxc-parser";
import { DiagnosticError, type Diagnostic, type Position } from "../diagnostics/diagnostic.ts";
import type { Program } from "./execute.ts";
import { fault } from "./faults.ts";
import { displayPath, positionOf, SourceText } from "./source-text.ts";

/** A place in what ran: the file is the user's, line and column are those of the transformed code. */
interface Frame {
  file: string;
  line: number;
  column: number;
}

/** What went wrong while the config ran, as one diagnostic at the user's own line. */
export function explainFailure(error: unknown, program: Program): readonly Diagnostic[] {
  if (error instanceof DiagnosticError) return error.diagnostics;
  return [syntaxFault(error, program) ?? importFault(error, program) ?? thrown(error, program)];
}

/** jiti reports what its parser refuses as `ParseError: <message> \n <file>:<line>:<column>`, the column from 0. */
const PARSE_ERROR = /^(?:[A-Z]\w*Error: )?(.*?)\s*\n\s(.+):(\d+):(\d+)$/s;

function syntaxFault(error: unknown, program: Program): Diagnostic | undefined {
  if (!(error instanceof Error)) return undefined;
  const [, message, file, line, column] = PARSE_ERROR.exec(error.message) ?? [];
  if (file !== undefined && existsSync(file)) {
    const position = { file: displayPath(file, program.cwd), line: Number(line), column: Number(column) + 1 };
    return fault("load/syntax", { message: sentence(message!), position });
  }
  if (!(error instanceof SyntaxError)) return undefined;
  return fault("load/syntax", { message: error.message, position: whereThrown(error, program) ?? startOf(program) });
}

const UNRESOLVED = /^Cannot find (?:module|package) '([^']+)'|^Cannot resolve module "([^"]+)"/;

function importFault(error: unknown, program: Program): Diagnostic | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  const match = UNRESOLVED.exec(error.message);
  const specifier = match?.[1] ?? match?.[2];
  if (specifier === undefined) return undefined;
  const frame = userFrames(error, program)[0];
  const position = (frame && importOf(specifier, frame.file, program)) ?? whereThrown(error, program) ?? startOf(program);
  const isPath = /^[./]/.test(specifier);
  return fault("load/import", {
    message: isPath ? `the imported file ${shown(specifier, program)} does not exist` : `the imported package ${specifier} is not installed`,
    hint: isPath ? "correct the path" : `run \`npm install ${packageOf(specifier)}\`, or correct the name`,
    position,
  });
}

function thrown(error: unknown, program: Program): Diagnostic {
  const message = error instanceof Error ? `${error.name}: ${asWritten(firstLine(error.message))}` : `the config threw ${describe(error)}`;
  const position = (error instanceof Error ? whereThrown(error, program) : undefined) ?? startOf(program);
  return fault("load/threw", { message, position });
}

/** The import or export of a file that names the specifier; a relative one may have been made absolute on the way. */
function importOf(specifier: string, file: string, { cwd }: Program): Position | undefined {
  const source = new SourceText(file, readFileSync(file, "utf8"));
  const { module } = parseSync(file, source.text);
  const requests = [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest),
    ...module.staticExports.flatMap(({ entries }) => entries.map(({ moduleRequest }) => moduleRequest)),
  ];
  const request = requests.find((request) => request && (request.value === specifier || resolve(dirname(file), request.value) === specifier));
  return request ? positionOf(source.span(request.start, request.end), cwd) : undefined;
}

function whereThrown(error: Error, program: Program): Position | undefined {
  const frame = userFrames(error, program)[0];
  return frame && originalPosition(frame, program.cwd);
}

const STACK_FRAME = /^\s*at (?:.*? \()?((?:file:\/\/|\/|[A-Za-z]:[\\/]).*?):(\d+):(\d+)\)?$/;

/** The frames of the user's own files, innermost first: not those of packages, of eco-compile, nor of Node. */
function userFrames(error: Error, { moduleAlias }: Program): Frame[] {
  const foreign = [...Object.values(moduleAlias).map((path) => dirname(path) + sep), `${sep}node_modules${sep}`];
  return (error.stack ?? "").split("\n").flatMap((text) => {
    const [, path, line, column] = STACK_FRAME.exec(text) ?? [];
    if (path === undefined) return [];
    const file = path.startsWith("file:") ? fileURLToPath(path) : path;
    const ours = OWN_FILES.test(file) || foreign.some((folder) => file.includes(folder));
    return ours || !existsSync(file) ? [] : [{ file, line: Number(line), column: Number(column) }];
  });
}

/** The load phase itself, which stands below the config in every stack. */
const OWN_FILES = new RegExp(`^${escapeRegExp(dirname(fileURLToPath(import.meta.url)) + sep)}[\\w-]+\\.(?:ts|js)$`);

/** What jiti puts before the code of a module, on its first line; V8 counts it. */
const MODULE_WRAPPER = "(async function (exports, require, module, __filename, __dirname, jitiImport, jitiESMResolve) { ";

/** jiti's transform keeps lines but not columns, so the transform is repeated with a source map for this one file. */
function originalPosition({ file, line, column }: Frame, cwd: string): Position {
  const source = readFileSync(file, "utf8");
  const code = createJiti(file, { fsCache: false }).transform({
    source,
    filename: file,
    ts: /\.[cm]?ts$/.test(extname(file)),
    async: true,
    babel: { sourceMaps: "inline", sourceFileName: file },
  });
  const map = /\/\/# sourceMappingURL=data:application\/json;[^,]*base64,(\S+)\s*$/.exec(code)?.[1];
  const inCode = column - 1 - (line === 1 ? MODULE_WRAPPER.length : 0);
  const { originalLine, originalColumn }: Partial<SourceMapping> = map === undefined ? {} : sourceMap(map).findEntry(line - 1, inCode);
  if (originalLine === undefined || originalColumn === undefined) return { file: displayPath(file, cwd), line, column: 1 };
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

function describe(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : value === null ? "null" : `a value of type ${typeof value}`;
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
