import { relative, sep } from "node:path";
import type { Position } from "../diagnostics/diagnostic.ts";

/** A half-open range of UTF-16 offsets in one file. */
export interface Span {
  readonly source: SourceText;
  readonly start: number;
  readonly end: number;
}

const BYTE_ORDER_MARK = "\ufeff";

/** A file's text with the offsets of its lines, found when the first position is asked for. */
export class SourceText {
  readonly file: string;
  readonly text: string;
  #lineStarts: number[] | undefined;

  constructor(file: string, text: string) {
    this.file = file;
    this.text = text;
  }

  span(start: number, end: number): Span {
    return { source: this, start, end };
  }

  /**
   * Line and column of an offset as editors count them: from 1, in UTF-16 code units, a byte order mark not counted.
   */
  lineColumn(offset: number): { line: number; column: number } {
    this.#lineStarts ??= lineStarts(this.text);
    const line = lastAtOrBefore(this.#lineStarts, offset);
    return { line: line + 1, column: Math.max(offset - this.#lineStarts[line]!, 0) + 1 };
  }

  /** The offset of a line and column, both from 1. */
  offset(line: number, column: number): number {
    this.#lineStarts ??= lineStarts(this.text);
    return Math.min((this.#lineStarts[line - 1] ?? 0) + column - 1, this.text.length);
  }
}

/** Where a span stands, its file relative to the working directory. */
export function positionOf({ source, start, end }: Span, cwd: string): Position {
  const { line, column } = source.lineColumn(start);
  const last = source.lineColumn(end);
  return { file: displayPath(source.file, cwd), line, column, endLine: last.line, endColumn: last.column };
}

/** A path as shown to people: relative to the working directory, with `/`. */
export function displayPath(file: string, cwd: string): string {
  return relative(cwd, file).split(sep).join("/");
}

/** Lines end as editors end them; U+2028 ends a line for ECMAScript but not on a screen. */
function lineStarts(text: string): number[] {
  const starts = [text.startsWith(BYTE_ORDER_MARK) ? 1 : 0];
  for (const { index, 0: end } of text.matchAll(/\r\n|\n|\r/g)) starts.push(index + end.length);
  return starts;
}

function lastAtOrBefore(sorted: readonly number[], offset: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (sorted[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
