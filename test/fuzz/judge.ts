import { catalogue } from "../../compiler/judgement/catalogue.ts";
import { parsePath } from "../../compiler/diagnostics/config-path.ts";
import { DiagnosticError, type Diagnostic } from "../../compiler/diagnostics/diagnostic.ts";
import { compileData, type Reached } from "../hostile/phases.ts";

/** What became of one config. */
export interface Verdict {
  reached: Reached | "thrown";
  ids: readonly string[];
  /** What the compiler did wrong, one line each. */
  faults: readonly string[];
}

const known = new Set(catalogue().map(({ id }) => id));

/** Compiles a config; whatever it is, the compiler answers with findings of its own, in words, at a place. */
export async function judge(
  { config, images, tuning }: { config: unknown; images: unknown; tuning?: unknown },
  compile = compileData,
): Promise<Verdict> {
  try {
    const { reached, diagnostics } = await compile(config, images, tuning);
    return { reached, ids: diagnostics.map(({ id }) => id), faults: diagnostics.flatMap(faultsOf) };
  } catch (error) {
    if (error instanceof DiagnosticError)
      return {
        reached: "emit",
        ids: error.diagnostics.map(({ id }) => id),
        faults: error.diagnostics.flatMap(faultsOf),
      };
    const { stack = String(error) } = error as Error;
    const frames = stack.split("\n").filter((line) => /^\s+at /.test(line) && !line.includes("node_modules"));
    return { reached: "thrown", ids: [], faults: [`${String(error).slice(0, 300)}\n${frames.slice(0, 3).join("\n")}`] };
  }
}

/** What is wrong with a finding itself. */
export function faultsOf({ id, at, message, hint = "", related = [] }: Diagnostic): string[] {
  const said = `${id} at ${at}: ${message}; ${hint}`.slice(0, 500);
  return [
    ...(known.has(id) ? [] : [`no id of the catalogue: ${said}`]),
    ...(isPath(at) && related.every((other) => isPath(other.at)) ? [] : [`not at a path: ${said}`]),
    ...(message.trim() === "" ? [`says nothing: ${said}`] : []),
    // What `load/not-data` is about may be `undefined` itself.
    ...(id !== "load/not-data" && /\bundefined\b|\bNaN\b|\[object /.test(`${message} ${hint}`)
      ? [`not in words: ${said}`]
      : []),
  ];
}

function isPath(at: string): boolean {
  try {
    parsePath(at);
    return true;
  } catch {
    return false;
  }
}
