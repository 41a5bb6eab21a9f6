import type { Cron } from "../../config/units.ts";

const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"] as const;

/**
 * When a schedule starts, in words, for those that people write; undefined where the expression itself says it better.
 */
export function scheduleWords(schedule: Cron): string | undefined {
  const [minute, hour, day, month, weekday] = schedule.split(" ") as [string, string, string, string, string];
  if (!isAny(month)) return undefined;
  if (isAny(day) && isAny(weekday) && hour === "*") return everyHour(minute);
  if (!isNumber(minute) || !isNumber(hour)) return undefined;
  const days = dayWords(day, weekday);
  return days === undefined ? undefined : `${days} at ${hour.padStart(2, "0")}:${minute.padStart(2, "0")} UTC`;
}

function everyHour(minute: string): string | undefined {
  if (isNumber(minute)) return Number(minute) === 0 ? "every hour" : `${minute} minutes past every hour`;
  const step = /^\*\/(\d+)$/.exec(minute)?.[1];
  return step !== undefined && Number(step) > 1 && 60 % Number(step) === 0 ? `every ${step} minutes` : undefined;
}

/** With both kinds of day, cron runs on either: too much for a few words. */
function dayWords(day: string, weekday: string): string | undefined {
  if (isAny(day) && isAny(weekday)) return "daily";
  if (isAny(weekday)) return isNumber(day) ? `day ${day} of every month` : undefined;
  if (!isAny(day)) return undefined;
  const [from, to, ...more] = weekday.split("-").map(dayName);
  if (more.length > 0) return undefined;
  if (from !== undefined && to !== undefined) return `${from} to ${to}`;
  const names = weekday.split(",").map(dayName);
  return names.includes(undefined) ? undefined : names.map((name) => `${name}s`).join(", ");
}

/**
 * A number (Sunday is 0) or the three letters of
 * https://pkg.go.dev/github.com/robfig/cron/v3#hdr-CRON_Expression_Format
 */
const dayName = (text: string): string | undefined =>
  /^[0-6]$/.test(text) ? DAYS[Number(text)] : DAYS.find((name) => name.slice(0, 3).toUpperCase() === text);

const isAny = (field: string): boolean => field === "*" || field === "?";
const isNumber = (field: string): boolean => /^\d+$/.test(field);
