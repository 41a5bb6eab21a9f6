import type { Cron as Schedule } from "../config/units.ts";

/**
 * Reads a schedule as https://github.com/robfig/cron/blob/v3.0.1/parser.go does, with which Kubernetes and Chaos Mesh read
 * theirs. Other readers take more, as 7 for Sunday, and less, as `5/10`.
 */
interface Field {
  title: string;
  min: number;
  max: number;
  /** In the order of their numbers. */
  names: readonly string[];
}

const FIELDS: readonly Field[] = [
  { title: "minute", min: 0, max: 59, names: [] },
  { title: "hour", min: 0, max: 23, names: [] },
  { title: "day of the month", min: 1, max: 31, names: [] },
  {
    title: "month",
    min: 1,
    max: 12,
    names: ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"],
  },
  { title: "day of the week", min: 0, max: 6, names: ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"] },
];

/** The part of a schedule that cannot be read. */
export interface Unread {
  part: string;
  /** What it should be, and what that goes from and to. */
  title: string;
  span: string;
}

/** The fields written out, each as `*` or its numbers; or the first part that cannot be read. */
export function readFields(schedule: Schedule): string[] | Unread {
  const texts = schedule.split(" ");
  const read: string[] = [];
  for (const [index, field] of FIELDS.entries()) {
    const parts = texts[index]!.split(",").filter((part) => part !== "");
    const numbers = new Set<number>();
    let any = false;
    for (const part of parts) {
      const range = readRange(part, field);
      if (range === undefined) return { part, title: field.title, span: spanOf(field) };
      any ||= range.any;
      for (let value = range.from; value <= range.to; value += range.step) numbers.add(value);
    }
    if (numbers.size === 0) return { part: texts[index]!, title: field.title, span: spanOf(field) };
    read.push(any ? "*" : [...numbers].sort((a, b) => a - b).join(","));
  }
  return read;
}

interface Range {
  from: number;
  to: number;
  step: number;
  /** It stands for every value: then it does not count among the two kinds of day, of which either is enough. */
  any: boolean;
}

function readRange(part: string, { min, max, names }: Field): Range | undefined {
  const [span, stepText, ...moreSteps] = part.split("/") as [string, ...string[]];
  const [low, high, ...moreEnds] = span.split("-") as [string, ...string[]];
  const step = stepText === undefined ? 1 : numberOf(stepText);
  if (moreSteps.length > 0 || moreEnds.length > 0 || step === undefined || step === 0) return undefined;
  if (low === "*" || low === "?") return { from: min, to: max, step, any: step === 1 };
  const valueOf = (text: string): number | undefined =>
    names.includes(text) ? names.indexOf(text) + min : numberOf(text);
  const from = valueOf(low);
  const to = high !== undefined ? valueOf(high) : stepText !== undefined ? max : from;
  if (from === undefined || to === undefined || from < min || to > max || from > to) return undefined;
  return { from, to, step, any: false };
}

const numberOf = (text: string): number | undefined => (/^[0-9]{1,9}$/.test(text) ? Number(text) : undefined);

const spanOf = ({ min, max, names }: Field): string =>
  `${min} to ${max}${names.length === 0 ? "" : ` or ${names[0]} to ${names.at(-1)}`}`;
