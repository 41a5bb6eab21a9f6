import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readLibrary } from "./library.ts";

/** The hand-written files that a target may refer to or carry along. Their bytes come from load: targets stay pure. */
export interface Library {
  /**
   * Text of a file of the package, as `policies/dist/constraint-templates.json`. Throws for a path that does not exist.
   */
  read: (path: string) => string;
  /** A JSON file of the package as data, parsed once. */
  json: (path: string) => unknown;
  /** Every file below a folder of the package as relative path → bytes, sorted; without tests and tools' leftovers. */
  folder: (path: string) => ReadonlyMap<string, Uint8Array>;
}

/** The hand-written folders of the package, read when a target asks, each file once. */
export function packageLibrary(root: string): Library {
  const folders = new Map<string, ReadonlyMap<string, Uint8Array>>();
  const files = new Map<string, string>();
  const parsed = new Map<string, unknown>();
  const read = (path: string): string => {
    let text = files.get(path);
    if (text === undefined) files.set(path, (text = readFileSync(join(root, path), "utf8")));
    return text;
  };
  return {
    read,
    json(path) {
      if (!parsed.has(path)) parsed.set(path, JSON.parse(read(path)));
      return parsed.get(path);
    },
    folder(path) {
      let content = folders.get(path);
      if (content === undefined) folders.set(path, (content = readLibrary(join(root, path))));
      return content;
    },
  };
}
