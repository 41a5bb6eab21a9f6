import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Library } from "../targets/target.ts";
import { readLibrary } from "./library.ts";

/** The hand-written folders of the package, read when a target asks, each file once. */
export function packageLibrary(root: string): Library {
  const folders = new Map<string, ReadonlyMap<string, Uint8Array>>();
  const files = new Map<string, string>();
  return {
    read(path) {
      let text = files.get(path);
      if (text === undefined) files.set(path, (text = readFileSync(join(root, path), "utf8")));
      return text;
    },
    folder(path) {
      let content = folders.get(path);
      if (content === undefined) folders.set(path, (content = readLibrary(join(root, path))));
      return content;
    },
  };
}
