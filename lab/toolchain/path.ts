import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import "./go-runtime.ts"; // for whatever is found here, and run

/** An executable on PATH. */
export function onPath(name: string): string | undefined {
  return (process.env["PATH"] ?? "")
    .split(delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
