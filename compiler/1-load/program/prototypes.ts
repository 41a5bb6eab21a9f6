import { fault } from "../catalogue.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";

const PROTOTYPES = {
  Object,
  Array,
  Function,
  String,
  Number,
  Boolean,
  Symbol,
  BigInt,
  Date,
  RegExp,
  Map,
  Set,
  Promise,
  Error,
};
const LIBRARIES = { JSON, Math, Reflect, ...PROTOTYPES };
const { ownKeys, getOwnPropertyDescriptor } = Reflect;

/** The built-in objects as they are before a config runs. */
export function watchBuiltins(): { polluted(): Diagnostic[]; replaced(): string | undefined } {
  const prototypes = Object.entries(PROTOTYPES).map(
    ([name, { prototype }]) => [name, prototype as object, new Set(ownKeys(prototype))] as const,
  );
  const functions = [...builtins()];
  return {
    /** Properties that a plain assignment added: every object of every later phase would seem to have them. */
    polluted: () =>
      prototypes.flatMap(([name, prototype, before]) =>
        ownKeys(prototype)
          .filter((key) => !before.has(key) && getOwnPropertyDescriptor(prototype, key)?.enumerable)
          .map((key) =>
            fault("load/globals", {
              message: `the config, or what it imports, adds ${JSON.stringify(String(key))} to ${name}.prototype: every ${name === "Object" ? "object" : name} seems to have it`,
              hint: "write a function instead, or define it with Object.defineProperty, which keeps it out of loops",
            }),
          ),
      ),
    /** The name of one that is another now. Plain loops: who knows what a method does. */
    replaced() {
      for (let index = 0; index < functions.length; index++) {
        const { name, owner, key, value } = functions[index]!;
        if (getOwnPropertyDescriptor(owner, key)?.value !== value) return name;
      }
      return undefined;
    },
  };
}

function* builtins(): Generator<{ name: string; owner: object; key: string; value: unknown }> {
  for (const [name, library] of Object.entries(LIBRARIES)) {
    yield { name, owner: globalThis, key: name, value: library };
    for (const [owner, prefix] of [
      [library, name] as const,
      ...("prototype" in library ? [[library.prototype as object, `${name}.prototype`] as const] : []),
    ]) {
      for (const key of ownKeys(owner)) {
        const value: unknown = getOwnPropertyDescriptor(owner, key)?.value;
        // Whoever wants to see stacks sets the one function that is there to be set.
        if (typeof key === "string" && key !== "prepareStackTrace" && typeof value === "function")
          yield { name: `${prefix}.${key}`, owner, key, value };
      }
    }
  }
}
