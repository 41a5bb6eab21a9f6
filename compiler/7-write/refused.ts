import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { failed } from "./catalogue.ts";
import { errorCode } from "./disk.ts";

/** The disk's own refusals (full, read-only, no permission) are findings; everything else is a bug. */
export function orRefused<T>(root: string, work: () => T, refused: (fault: Diagnostic) => T): T {
  try {
    return work();
  } catch (error) {
    const { syscall, path, dest, message } = error as NodeJS.ErrnoException & { dest?: string };
    if (errorCode(error) === undefined || syscall === undefined) throw error;
    return refused(failed(relativeTo(root, dest ?? path ?? root), message.replaceAll(`${root}/`, "")));
  }
}

const relativeTo = (root: string, path: string): string =>
  path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path;
