import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Diagnostic, Position } from "./diagnostic.ts";
import { printableSource } from "./escape.ts";

const LINES_ABOVE = 2;
const LINES_BELOW = 1;

/** A longer line (minified, a certificate) is shown around the column only. */
const LONGEST_LINE = 160;

export interface FrameOptions {
  /** What the files of positions are relative to. */
  cwd: string;
  color: boolean;
  /** Takes secrets out of the text of a file. */
  redact: (text: string) => string;
}

/**
 * What gives a diagnostic the source lines around its position, one by one: of thousands only a few are shown. One that
 * has a frame keeps it: `frame: ""` keeps a secret that was found in the source out of the logs.
 */
export async function frameMaker({
  cwd,
  color,
  redact,
}: FrameOptions): Promise<(diagnostic: Diagnostic) => string | undefined> {
  const { codeFrameColumns } = await import("@babel/code-frame"); // only when there is something to show
  const files = new Map<string, string[] | undefined>();

  function linesOf(file: string): string[] | undefined {
    if (!files.has(file)) files.set(file, readLines(resolve(cwd, file), redact));
    return files.get(file);
  }

  return ({ position, frame }) => {
    const lines = position && linesOf(position.file);
    if (frame !== undefined || !position || lines?.[position.line - 1] === undefined) return frame;
    const { text, firstLine, start, end } = excerpt(lines, position);
    const loc = { start: { line: position.line, column: start }, end: { line: position.line, column: end } };
    const options = {
      startLine: firstLine,
      linesAbove: LINES_ABOVE,
      linesBelow: LINES_BELOW,
      forceColor: color,
      highlightCode: false,
    };
    return codeFrameColumns(text, loc, options);
  };
}

function readLines(file: string, redact: FrameOptions["redact"]): string[] | undefined {
  try {
    // Before lines are taken out of it: a part of a secret has its shape no more.
    return redact(readFileSync(file, "utf8").replace(/^\ufeff/, "")).split(/\r\n|\n|\r/);
  } catch {
    return undefined; // gone since it was loaded: the position alone has to do
  }
}

/** The lines around a position, cut to a window when they are long, with the marker's columns in them. */
function excerpt(lines: readonly string[], { line, column, endLine = line, endColumn = column }: Position) {
  const firstLine = Math.max(line - LINES_ABOVE, 1);
  const shown = lines.slice(firstLine - 1, line + LINES_BELOW);
  const marked = lines[line - 1]!;
  // What goes on over several lines is marked on its first.
  const last = endLine === line ? endColumn : marked.length + 1;
  const from = marked.length > LONGEST_LINE ? Math.max(column - 1 - LONGEST_LINE / 4, 0) : 0;
  const text = printableSource(shown.map((source) => source.slice(from, from + LONGEST_LINE)).join("\n"));
  return {
    text,
    firstLine,
    start: column - from,
    end: Math.min(Math.max(last - from, column - from), LONGEST_LINE + 1),
  };
}
