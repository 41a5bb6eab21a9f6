import { types } from "node:util";
import { families, type Family } from "../config/names.ts";
import { childPath } from "../diagnostics/config-path.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { fault } from "./catalogue.ts";
import { recordsAt } from "./duplicates.ts";
import { propertyOf } from "./plain-data.ts";

/** A file that ran: as people see its name, and what it exports. */
export interface RanFile {
  name: string;
  exports: unknown;
}

/**
 * What files export beside definitions, where all that they export is taken for definitions: `services: { ...shop }`
 * after `import * as shop`. A definition is an object; what is none is known by it and by its name.
 */
export function strayExports(exported: unknown, files: readonly RanFile[]): Diagnostic[] {
  return recordsAt(exported).flatMap(({ family, declaredIn, record }) =>
    names(record).flatMap((name) => {
      const value = valueOf(record, name);
      const what = kindOf(value);
      const file =
        what && files.find(({ exports }) => names(exports).includes(name) && Object.is(valueOf(exports, name), value));
      return file ? [stray(family, declaredIn, name, what, file)] : [];
    }),
  );
}

function stray(family: Family, declaredIn: string, name: string, what: string, file: RanFile): Diagnostic {
  return fault("load/stray-export", {
    at: childPath(declaredIn, name),
    message: `${name} is ${what}, and no ${families[family].title}: ${file.name} exports it, and all that it exports is taken into ${declaredIn}`,
    hint: `write it without "export", or move it to a file that is not taken into ${declaredIn}`,
  });
}

/** What a value is that can be no definition. */
function kindOf(value: unknown): string | undefined {
  if (!types.isProxy(value) && Array.isArray(value)) return "a list"; // to ask a revoked Proxy is to fail
  return KINDS[typeof value];
}
const KINDS: Partial<Record<string, string>> = {
  function: "a function",
  string: "a text",
  number: "a number",
  boolean: "true or false",
};

/** A getter, and a Proxy that does not answer, have no value. */
function valueOf(record: unknown, name: string): unknown {
  try {
    return propertyOf(record as object, name).value;
  } catch {
    return undefined;
  }
}

function names(record: unknown): string[] {
  if (typeof record !== "object" || record === null) return [];
  try {
    return Array.isArray(record) ? [] : Object.keys(record);
  } catch {
    return [];
  }
}
