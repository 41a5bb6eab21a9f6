import { painter, type Paint, type Style } from "../color.ts";
import type { Diagnostic, Severity } from "../diagnostic.ts";
import { printable, withoutWorkflowCommands } from "../escape.ts";
import {
  countsLine,
  inheritedNote,
  inSourceOrder,
  KEPT_PER_ID,
  placeOf,
  relatedPlaces,
  withoutFloods,
  type RelatedPlace,
  type Reporter,
} from "../report.ts";
import { wrap } from "../wrap.ts";

const STYLES: Record<Severity, Style> = { error: ["red", "bold"], warning: ["yellow", "bold"], info: ["cyan", "bold"] };

/** Narrower than this is no terminal; wider than this is hard to read. */
const NARROWEST = 40;
const WIDEST = 100;

/** For people at a terminal or in a log. */
export const pretty: Reporter = ({ diagnostics, summary }, { color, width, verbose, frameOf }) => {
  const paint = painter(color);
  const columns = Math.min(Math.max(width, NARROWEST), WIDEST);
  const { shown, left } = withoutFloods(inSourceOrder(diagnostics), verbose ? KEPT_PER_ID : undefined);
  const blocks = shown.map((diagnostic) =>
    block({ ...diagnostic, frame: frameOf ? frameOf(diagnostic) : diagnostic.frame }, paint, columns).join("\n"),
  );
  if (left.size > 0)
    blocks.push(
      [...left]
        .map(([id, count]) => `… and ${count} more of ${id}${verbose ? "" : " (--verbose shows them)"}`)
        .join("\n"),
    );
  const closing = [
    ...(diagnostics.length > 0 ? [paint("bold", countsLine(diagnostics))] : []),
    ...summary.lines.map(printable),
  ];
  if (closing.length > 0) blocks.push(closing.join("\n"));
  return blocks.length === 0 ? "" : `${withoutWorkflowCommands(blocks.join("\n\n"))}\n`;
};

function block(diagnostic: Diagnostic, paint: Paint, width: number): string[] {
  const { id, severity, message, at, position, frame, hint } = diagnostic;
  const place = position ? `${paint("bold", printable(placeOf(position)))}  ` : "";
  const frameLines = frame ? ["", ...frame.split("\n"), ""] : [];
  const body = [
    ...wrap(printable(message), width - 4),
    ...frameLines,
    ...(at === "" ? [] : labelled("at", at, paint, width)),
    ...labelled("note", inheritedNote(diagnostic), paint, width),
    ...labelled("hint", hint, paint, width),
    ...relatedPlaces(diagnostic).flatMap((other) => labelled("also", relatedText(other), paint, width)),
  ];
  const bar = paint("dim", "│");
  return [`${place}${paint(STYLES[severity], severity)}  ${id}`, ...body.map((line) => `  ${bar} ${line}`.trimEnd())];
}

function labelled(label: string, text: string | undefined, paint: Paint, width: number): string[] {
  if (text === undefined) return [];
  const head = `${label}: `;
  return wrap(printable(text), width - 4 - head.length).map(
    (line, index) => `${index === 0 ? paint("cyan", head) : " ".repeat(head.length)}${line}`,
  );
}

function relatedText({ at, message, position }: RelatedPlace): string {
  const place = position ? `${placeOf(position)} ` : "";
  return `${place}${at === "" ? "" : `${at}: `}${message}`;
}
