import { types } from "node:util";
import type { Thrown } from "./protocol.ts";

/** A longer message is a dump; what matters stands at its beginning. */
const LONGEST_MESSAGE = 300;
const LONGEST_DETAILS = 10_000;

/** A stack begins with the message, however long that is. */
const FRAMES = /^ +at .*$/gm;

/** Describes whatever was thrown. Nothing that it holds is trusted: a getter may throw, a Proxy answer anything. */
export function describeThrown(value: unknown): Thrown {
  if (!isError(value)) return { message: `the config threw ${describe(value)}` };
  const [name, details, stack, code] = [
    text(value, "name") ?? "Error",
    text(value, "message") ?? "",
    text(value, "stack"),
    text(value, "code"),
  ];
  return {
    message: clip(details === "" ? firstLine(name) : `${firstLine(name)}: ${firstLine(details)}`),
    details: details.slice(0, LONGEST_DETAILS),
    ...(stack === undefined ? {} : { stack: (stack.match(FRAMES) ?? []).join("\n").slice(0, LONGEST_DETAILS) }),
    ...(code === undefined ? {} : { code }),
    isSyntaxError: attempt(() => value instanceof SyntaxError) ?? false,
  };
}

/** A text as a message shows it. */
export function clip(message: string, longest = LONGEST_MESSAGE): string {
  return message.length <= longest ? message : `${message.slice(0, longest)}…`;
}

function isError(value: unknown): value is object {
  if (typeof value !== "object" || value === null || types.isProxy(value)) return false;
  return types.isNativeError(value) || (attempt(() => value instanceof Error) ?? false);
}

function describe(value: unknown): string {
  if (value === null) return "null";
  if (typeof value === "string") return clip(JSON.stringify(value));
  if (typeof value === "number" || typeof value === "boolean" || value === undefined) return String(value);
  if (typeof value === "function") return "a function";
  if (typeof value === "object")
    return types.isProxy(value) ? "a Proxy" : Array.isArray(value) ? "a list" : describeObject(value);
  return `a ${typeof value}`;
}

/** Libraries throw objects with a message. */
function describeObject(value: object): string {
  const message = text(value, "message");
  return message === undefined ? "an object" : `an object with the message ${clip(JSON.stringify(message))}`;
}

function text(value: object, key: string): string | undefined {
  const found = attempt(() => (value as Record<string, unknown>)[key]);
  return typeof found === "string" ? found : undefined;
}

function attempt<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}

const firstLine = (message: string): string => message.split("\n", 1)[0]!;
