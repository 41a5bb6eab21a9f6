import { chmodSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";

export interface Replacement {
  file: string;
  before: string;
  after: string;
}

/**
 * Puts new texts in the place of files, all or none; says why, where it is none. Each is written beside its file first,
 * and then takes its place by one rename. A run that is killed between two renames leaves whole files of both kinds,
 * and the next one does the rest.
 */
export function replaceFiles(replacements: readonly Replacement[]): string | undefined {
  const beside = (file: string): string => `${file}.migrate`;
  const done: Replacement[] = [];
  try {
    for (const { file, before, after } of replacements) {
      if (readFileSync(file, "utf8") !== before) return `${file} was changed meanwhile`;
      rmSync(beside(file), { force: true }); // of a run that was killed
      writeFileSync(beside(file), after, { flag: "wx" });
      chmodSync(beside(file), statSync(file).mode);
    }
    for (const replacement of replacements) {
      renameSync(beside(replacement.file), replacement.file);
      done.push(replacement);
    }
    return undefined;
  } catch (error) {
    for (const { file, before } of done) writeFileSync(file, before);
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return message; // permissions, a full disk
  } finally {
    for (const { file } of replacements) rmSync(beside(file), { force: true });
  }
}
