import { types } from "node:util";
import { childPath } from "../diagnostics/config-path.ts";
import type { Diagnostic, InputFile } from "../diagnostics/diagnostic.ts";
import { fault, type LoadId } from "./catalogue.ts";

/** Deeper nesting than this is a helper that recurses, and would overflow the stack of every later phase. */
const MAX_DEPTH = 100;

/** One mistake in a helper shows up in every value that it made; this many are enough to find it. */
const MAX_FINDINGS = 50;

/**
 * Larger by far than what a thousand services need: more is a helper that does not end, and would only cost time and
 * memory.
 */
const MAX_VALUES = 1_000_000;
const MAX_TEXT = 64 * 2 ** 20;

const LONGEST_NAME = 100;
const LARGE = 10n ** 40n;

const ASCII = /^[\0-\x7f]*$/;
const LONE_SURROGATE = /\p{Surrogate}/u;

export interface PlainData {
  /** A copy that is plain JSON: no undefined properties, no prototypes, no negative zero. */
  data: unknown;
  faults: Diagnostic[];
}

/** Holds an evaluated value against what JSON can say, and copies it. */
export function plainData(root: unknown, input: InputFile = "config"): PlainData {
  const faults: Diagnostic[] = [];
  const open = new Set<object>(); // the values that the current one is inside of
  let values = 0;
  let text = 0;
  let isFull = false;

  function report(id: LoadId, at: string, message: string, hint?: string, key?: boolean): undefined {
    if (faults.length < MAX_FINDINGS) faults.push(fault(id, { at, message, hint, key, input }));
  }

  function copy(value: unknown, at: string): unknown {
    if (isFull || ++values > MAX_VALUES)
      return full(at, `the config holds more than ${MAX_VALUES.toLocaleString("en")} values`);
    switch (typeof value) {
      case "string":
        return copyText(value, at);
      case "number":
        if (Number.isFinite(value)) return value === 0 ? 0 : value;
        return report("load/not-data", at, `${value} is not a number that a file can hold`);
      case "boolean":
      case "undefined":
        return value;
      case "object":
        return value === null ? null : copyObject(value, at);
      case "function":
        return report("load/not-data", at, `${describeFunction(value)} is not data`, "call it, or write its result");
      case "bigint":
        return report(
          "load/not-data",
          at,
          `the bigint ${shortened(value)}n is not data`,
          "write a number, or a quoted string",
        );
      default:
        return report("load/not-data", at, "a symbol is not data", "write a string");
    }
  }

  /** Said once: the rest is not looked at. */
  function full(at: string, message: string): undefined {
    if (!isFull)
      faults.push(
        fault("load/too-large", { at, message, hint: "look for a helper or loop that makes too many", input }),
      );
    isFull = true;
  }

  function copyText(value: string, at: string): string | undefined {
    text += value.length;
    if (text > MAX_TEXT)
      return full(at, `the texts of the config are longer than ${MAX_TEXT / 2 ** 20} million characters`);
    checkText(value, at);
    return value;
  }

  function copyObject(value: object, at: string): unknown {
    if (open.has(value))
      return report(
        "load/not-data",
        at,
        "the value contains itself",
        "break the cycle: write a copy of the part that is meant",
      );
    if (open.size >= MAX_DEPTH) return report("load/not-data", at, `nested deeper than ${MAX_DEPTH} levels`);
    const answered = types.isProxy(value) ? answerOf(value) : value;
    if (answered === undefined)
      return report("load/not-data", at, "a Proxy is not plain data", "write a plain object with what it answers");
    const isArray = Array.isArray(answered);
    if (!isArray && !isPlain(answered) && !isModule(answered))
      return report("load/not-data", at, `${describeInstance(answered)} is not plain data`, instanceHint(answered));
    open.add(value);
    const result = isArray ? copyList(answered, at) : copyRecord(answered, at);
    open.delete(value);
    return result;
  }

  function copyList(list: readonly unknown[], at: string): unknown[] {
    const result: unknown[] = [];
    for (let index = 0; index < list.length && !isFull; index++) {
      const item = Object.getOwnPropertyDescriptor(list, index);
      if (item?.get ?? item?.set) {
        report("load/not-data", childPath(at, index), "a getter or setter is not data", "write its value");
        continue;
      }
      if (item?.value === undefined) {
        report(
          "load/not-data",
          childPath(at, index),
          "undefined stands in a list",
          "leave the item out, for example with .filter()",
        );
        break; // a list with one hole tends to have many
      }
      result.push(copy(item.value, childPath(at, index)));
    }
    return result;
  }

  function copyRecord(record: object, at: string): unknown {
    const result: Record<string, unknown> = {};
    for (const key of Reflect.ownKeys(record)) {
      if (isFull) break;
      if (typeof key === "symbol") {
        if (isModule(record)) continue; // Symbol.toStringTag
        report("load/not-data", at, `the key ${String(key)} is a symbol`, "write a string");
        continue;
      }
      const path = childPath(at, key);
      const property = propertyOf(record, key);
      if (property.get ?? property.set) {
        report("load/not-data", path, "a getter or setter is not data", "write its value");
      } else if (key === "__proto__") {
        report("load/not-data", path, 'the key "__proto__" is not allowed', undefined, true);
      } else if (property.enumerable && property.value !== undefined) {
        text += key.length;
        checkText(key, path, true);
        result[key] = copy(property.value, path);
      }
    }
    return result;
  }

  function checkText(text: string, at: string, key = false): void {
    if (ASCII.test(text)) return;
    const what = key ? "the key" : "the text";
    if (LONE_SURROGATE.test(text)) {
      report(
        "load/text",
        at,
        `${what} holds half of a surrogate pair, which is no character`,
        "write the whole character, or its \\u{…} escape",
        key,
      );
    } else if (text.normalize("NFC") !== text) {
      report(
        "load/text",
        at,
        `${what} is not in Unicode normal form C`,
        'write the composed characters, or add .normalize("NFC")',
        key,
      );
    }
  }

  return { data: copy(root, ""), faults };
}

/** Also true for objects of another realm, whose Object.prototype is another one. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return (
    prototype === null ||
    prototype === Object.prototype ||
    (!types.isProxy(prototype) && Object.getPrototypeOf(prototype) === null)
  );
}

/**
 * What a Proxy says of itself, as a plain object; undefined where that fails, and for all but plain objects. The module
 * loader puts the exports of a file behind one.
 */
function answerOf(proxy: object): object | undefined {
  try {
    if (Array.isArray(proxy) || typeof proxy === "function" || !isPlain(proxy)) return undefined;
    const answered = {};
    for (const key of Reflect.ownKeys(proxy))
      Object.defineProperty(answered, key, Object.getOwnPropertyDescriptor(proxy, key)!);
    return answered;
  } catch {
    return undefined;
  }
}

/** The exports of a file: `services: shop` after `import * as shop`. */
const isModule = (value: object): boolean =>
  types.isModuleNamespaceObject(value) || (!types.isProxy(value) && Object.hasOwn(value, "__esModule"));

/** A property as it stands; an export is a getter where a file passes on what another one exports, and is asked. */
export function propertyOf(record: object, key: string): PropertyDescriptor {
  const property = Object.getOwnPropertyDescriptor(record, key)!;
  if (property.get === undefined || !isModule(record)) return property;
  return { enumerable: property.enumerable, value: (record as Record<string, unknown>)[key] };
}

function describeFunction(value: object): string {
  const name = ownText(value, "name");
  // The transform names what `export default` leaves without a name.
  return name !== undefined && !["", "_default", "default"].includes(name) ? `the function ${name}()` : "a function";
}

function describeInstance(value: object): string {
  const name = ownText(inherited(value, "constructor"), "name");
  return name ? `an instance of ${name}` : "an object with a prototype of its own";
}

function instanceHint(value: object): string {
  if (types.isDate(value)) return "write .toISOString()";
  if (types.isMap(value)) return "write Object.fromEntries(map)";
  if (types.isSet(value)) return "write [...set]";
  if (types.isPromise(value)) return "await it";
  return "write a plain object: { ...value }";
}

/** What an object, or what it inherits from, has under a key, without running a getter or a trap. */
function inherited(value: object, key: string): unknown {
  for (
    let owner: object | null = value;
    owner !== null && !types.isProxy(owner);
    owner = Object.getPrototypeOf(owner) as object | null
  ) {
    const property = Object.getOwnPropertyDescriptor(owner, key);
    if (property !== undefined) return property.value;
  }
  return undefined;
}

function ownText(value: unknown, key: string): string | undefined {
  if (typeof value !== "function" || types.isProxy(value)) return undefined;
  const text: unknown = Object.getOwnPropertyDescriptor(value, key)?.value;
  return typeof text === "string" ? text.slice(0, LONGEST_NAME) : undefined;
}

/** A number that fills pages says no more than its beginning. */
function shortened(value: bigint): string {
  return value > -LARGE && value < LARGE ? String(value) : `${value < 0n ? "-" : ""}…`;
}
