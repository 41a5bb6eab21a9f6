import { statSync } from "node:fs";
import { InvalidArgumentError } from "commander";

/** For all that names something: what is empty is a variable of the shell that is not set, and never means "here". */
export function named(value: string): string {
  if (value.trim() === "") throw new InvalidArgumentError("It is empty.");
  return value;
}

/** A folder that is there. */
export function existingFolder(value: string): string {
  let isFolder: boolean | undefined;
  try {
    isFolder = statSync(named(value), { throwIfNoEntry: false })?.isDirectory();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new InvalidArgumentError(`It cannot be read (${code}).`);
  }
  if (isFolder !== true)
    throw new InvalidArgumentError(isFolder === undefined ? "There is no such folder." : "It is no folder.");
  return value;
}
