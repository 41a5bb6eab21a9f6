import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { PACKAGE_ROOT } from "../../compiler/package-root.ts";

/**
 * The project's compiler, and the last one with the older engine, which many editors still run. typescript-json-schema
 * brings it.
 */
const require = createRequire(import.meta.url);
const older = createRequire(require.resolve("typescript-json-schema")).resolve("typescript");
export const compilers = {
  "TypeScript 7": join(PACKAGE_ROOT, "node_modules/typescript/bin/tsc"),
  "TypeScript 5.9": join(dirname(older), "../bin/tsc"),
};

/** What a compiler finds. */
export interface TypeFinding {
  /** From the folder in which the compiler ran. */
  file: string;
  line: number;
  column: number;
  code: string;
  /** What it says, with its details, a line each. */
  lines: string[];
}

/** What a compiler prints when it runs in a folder. */
export function run(tsc: string, cwd: string, ...args: string[]): string {
  try {
    return execFileSync(process.execPath, [tsc, ...args, "--pretty", "false"], { cwd, encoding: "utf8" });
  } catch (error) {
    const { status, stdout } = error as { status: number | null; stdout: string };
    if (status === null) throw error;
    return stdout; // a compiler that finds something exits with 1 or 2
  }
}

/** All that a compiler finds in a project; throws what it prints beside that. */
export function typeErrors(tsc: string, cwd: string, project: string): TypeFinding[] {
  const found: TypeFinding[] = [];
  for (const text of run(tsc, cwd, "-p", project).split("\n")) {
    const [head, file, line, column, code, message] = /^(.+?)\((\d+),(\d+)\): error (TS\d+): (.*)$/.exec(text) ?? [];
    if (head !== undefined)
      found.push({ file: file!, line: Number(line), column: Number(column), code: code!, lines: [message!] });
    else if (text.startsWith(" ") && found.length > 0) found.at(-1)!.lines.push(text.trim());
    else if (text !== "") throw new Error(text);
  }
  return found;
}
