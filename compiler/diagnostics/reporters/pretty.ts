import { painter, type Paint, type Style } from "../color.ts";
import type { Diagnostic, RelatedFinding, Severity } from "../diagnostic.ts";
import { printable, withoutWorkflowCommands } from "../escape.ts";
import {
  countsLine,
  firstOfEach,
  headline,
  ideasOf,
  idOfIdea,
  inPlaces,
  KEPT,
  placesIn,
  SHOWN,
  type Idea,
} from "../ideas.ts";
import {
  counted,
  inheritedNote,
  inSourceOrder,
  placeOf,
  relatedLabel,
  relatedPlaces,
  type Reporter,
} from "../report.ts";
import { wrap } from "../wrap.ts";

const STYLES: Record<Severity, Style> = { error: ["red", "bold"], warning: ["yellow", "bold"], info: ["cyan", "bold"] };

/** Narrower than this is no terminal; wider than this is hard to read. */
const NARROWEST = 40;
const WIDEST = 100;

/** How a block is written. */
interface Look {
  paint: Paint;
  width: number;
  /** Every place, each with its source lines. */
  verbose: boolean;
  frameOf: (diagnostic: Diagnostic) => string | undefined;
}

/** For people at a terminal or in a log. */
export const pretty: Reporter = (
  { diagnostics, summary },
  { color, width, verbose = false, frameOf = ({ frame }) => frame },
) => {
  const paint = painter(color);
  const look: Look = { paint, width: Math.min(Math.max(width, NARROWEST), WIDEST), verbose, frameOf };
  const { shown, left } = firstOfEach(ideasOf(inSourceOrder(diagnostics)), idOfIdea, verbose ? KEPT : SHOWN);
  const blocks = shown.map((idea) => block(idea, look).join("\n"));
  if (left.size > 0)
    blocks.push(
      [...left].map(([id, ideas]) => `… and ${placesIn(ideas)} more of ${id}${toSeeMore(verbose)}`).join("\n"),
    );
  const closing = [
    ...(diagnostics.length > 0 ? [paint("bold", countsLine(diagnostics))] : []),
    ...summary.lines.map(printable),
  ];
  if (closing.length > 0) blocks.push(closing.join("\n"));
  return blocks.length === 0 ? "" : `${withoutWorkflowCommands(blocks.join("\n\n"))}\n`;
};

const toSeeMore = (verbose: boolean): string => (verbose ? "" : " (--verbose shows them)");

function block(idea: Idea, look: Look): string[] {
  const { paint, width } = look;
  const [first, ...others] = idea.places;
  const place = first.position ? `${paint("bold", printable(placeOf(first.position)))}  ` : "";
  const body = [
    ...wrap(printable(headline(idea)), width - 4),
    ...details(first, look),
    ...(others.length === 0 ? [] : ["", ...otherPlaces(others, look)]),
  ];
  const bar = paint("dim", "│");
  return [
    `${place}${paint(STYLES[first.severity], first.severity)}  ${first.id}${inPlaces(idea.places.length)}`,
    ...body.map((line) => `  ${bar} ${line}`.trimEnd()),
  ];
}

/** What is said of one place below its message. */
function details(diagnostic: Diagnostic, look: Look): string[] {
  const { paint, width } = look;
  const { at, hint } = diagnostic;
  return [
    ...frameLines(diagnostic, look),
    ...(at === "" ? [] : labelled("at", at, paint, width)),
    ...labelled("note", inheritedNote(diagnostic), paint, width),
    ...labelled("hint", hint, paint, width),
    ...relatedPlaces(diagnostic).flatMap((other) => labelled(relatedLabel(other), relatedText(other), paint, width)),
  ];
}

function frameLines(diagnostic: Diagnostic, { frameOf }: Look): string[] {
  const frame = frameOf(diagnostic);
  return frame ? ["", ...frame.split("\n"), ""] : [];
}

function otherPlaces(others: readonly Diagnostic[], look: Look): string[] {
  const more = (left: number): string[] =>
    left === 0 ? [] : [`  … and ${counted(left, "more place")}${toSeeMore(look.verbose)}`];
  if (look.verbose)
    return [
      ...others.slice(0, KEPT).flatMap((one, index) => [...(index === 0 ? [] : [""]), ...wholePlace(one, look)]),
      ...more(Math.max(others.length - KEPT, 0)),
    ];
  const lines = placeLines(others).slice(0, SHOWN);
  return [
    `and at ${counted(others.length, "more place")}`,
    ...lines.map(({ text }) => `  ${printable(text)}`),
    ...more(others.length - lines.reduce((sum, { count }) => sum + count, 0)),
  ];
}

const wholePlace = (diagnostic: Diagnostic, look: Look): string[] => [
  ...wrap(
    printable(`${diagnostic.position ? `${placeOf(diagnostic.position)}  ` : ""}${diagnostic.message}`),
    look.width - 4,
  ),
  ...details(diagnostic, look),
];

/** A line for each place of the source: a loop or a fragment is one, of which many values come. */
function placeLines(diagnostics: readonly Diagnostic[]): { text: string; count: number }[] {
  const byPlace = new Map<string, Diagnostic[]>();
  for (const one of diagnostics) {
    const place = one.position ? placeOf(one.position) : "";
    const here = byPlace.get(place);
    if (here === undefined) byPlace.set(place, [one]);
    else here.push(one);
  }
  return [...byPlace].map(([place, [first, ...more]]) => ({
    text: `${place === "" ? "" : `${place}  `}${first!.at || first!.message}${more.length === 0 ? "" : ` and ${more.length} more`}`,
    count: 1 + more.length,
  }));
}

function labelled(label: string, text: string | undefined, paint: Paint, width: number): string[] {
  if (text === undefined) return [];
  const head = `${label}: `;
  return wrap(printable(text), width - 4 - head.length).map(
    (line, index) => `${index === 0 ? paint("cyan", head) : " ".repeat(head.length)}${line}`,
  );
}

function relatedText({ at, message, position, call }: RelatedFinding): string {
  const place = position ? placeOf(position) : "";
  if (call) return place;
  return `${place === "" ? "" : `${place} `}${at === "" ? "" : `${at}: `}${message}`;
}
