import { childPath } from "../diagnostics/config-path.ts";
import type { Diagnostic, InputFile } from "../diagnostics/diagnostic.ts";
import { fault, type LoadFault } from "./faults.ts";

/** Deeper nesting than this is a helper that recurses, and would overflow the stack of every later phase. */
const MAX_DEPTH = 100;

/** One mistake in a helper shows up in every value that it made; this many are enough to find it. */
const MAX_FINDINGS = 50;

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

  function report(id: LoadFault, at: string, message: string, hint?: string, key?: boolean): undefined {
    if (faults.length < MAX_FINDINGS) faults.push(fault(id, { at, message, hint, key, input }));
  }

  function copy(value: unknown, at: string): unknown {
    switch (typeof value) {
      case "string":
        checkText(value, at);
        return value;
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
        return report("load/not-data", at, `the bigint ${value}n is not data`, "write a number, or a quoted string");
      default:
        return report("load/not-data", at, "a symbol is not data", "write a string");
    }
  }

  function copyObject(value: object, at: string): unknown {
    if (open.has(value)) return report("load/not-data", at, "the value contains itself", "break the cycle: write a copy of the part that is meant");
    if (open.size >= MAX_DEPTH) return report("load/not-data", at, `nested deeper than ${MAX_DEPTH} levels`);
    const isArray = Array.isArray(value);
    if (!isArray && !isPlain(value)) return report("load/not-data", at, `${describeInstance(value)} is not plain data`, instanceHint(value));
    open.add(value);
    const result = isArray ? copyList(value, at) : copyRecord(value, at);
    open.delete(value);
    return result;
  }

  function copyList(list: readonly unknown[], at: string): unknown[] {
    const result: unknown[] = [];
    for (let index = 0; index < list.length; index++) {
      if (list[index] === undefined) {
        report("load/not-data", childPath(at, index), "undefined stands in a list", "leave the item out, for example with .filter()");
        break; // a list with one hole tends to have many
      }
      result.push(copy(list[index], childPath(at, index)));
    }
    return result;
  }

  function copyRecord(record: object, at: string): unknown {
    const result: Record<string, unknown> = {};
    for (const key of Reflect.ownKeys(record)) {
      if (typeof key === "symbol") {
        report("load/not-data", at, `the key ${String(key)} is a symbol`, "write a string");
        continue;
      }
      const path = childPath(at, key);
      const property = Object.getOwnPropertyDescriptor(record, key)!;
      if (property.get ?? property.set) {
        report("load/not-data", path, "a getter or setter is not data", "write its value");
      } else if (key === "__proto__") {
        report("load/not-data", path, 'the key "__proto__" is not allowed', undefined, true);
      } else if (property.enumerable && property.value !== undefined) {
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
      report("load/text", at, `${what} holds half of a surrogate pair, which is no character`, "write the whole character, or its \\u{…} escape", key);
    } else if (text.normalize("NFC") !== text) {
      report("load/text", at, `${what} is not in Unicode normal form C`, 'write the composed characters, or add .normalize("NFC")', key);
    }
  }

  return { data: copy(root, ""), faults };
}

/** Also true for objects of another realm, whose Object.prototype is another one. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
}

function describeFunction(value: unknown): string {
  const { name } = value as { name?: unknown };
  // The transform names what `export default` leaves without a name.
  return typeof name === "string" && !["", "_default", "default"].includes(name) ? `the function ${name}()` : "a function";
}

function describeInstance(value: object): string {
  const name: unknown = (value.constructor as { name?: unknown } | undefined)?.name;
  return typeof name === "string" && name !== "" ? `an instance of ${name}` : "an object with a prototype of its own";
}

function instanceHint(value: object): string {
  if (value instanceof Date) return "write .toISOString()";
  if (value instanceof Map) return "write Object.fromEntries(map)";
  if (value instanceof Set) return "write [...set]";
  if (value instanceof Promise) return "await it";
  return "write a plain object: { ...value }";
}
