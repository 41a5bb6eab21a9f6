import { join } from "node:path";
import { formatPath } from "../diagnostics/config-path.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { ModuleAlias } from "./program/protocol.ts";

/** What a module of the config's `extensions` exports by default; emit says whether it is a target. */
export interface ExtensionModule {
  /** Its key in the config. */
  name: string;
  /** As the config says it. */
  from: string;
  exported: unknown;
}

/**
 * Imports the modules that the config names in `extensions`, from the project's folder. They run in this process: they
 * are the project's own dependencies, as those of any build tool.
 */
export async function loadExtensions(
  root: string,
  config: unknown,
  alias: ModuleAlias,
): Promise<{ modules: ExtensionModule[]; faults: Diagnostic[] }> {
  const named = extensionsOf(config);
  const modules: ExtensionModule[] = [];
  const faults: Diagnostic[] = [];
  if (named.length === 0) return { modules, faults };
  const { createJiti } = await import("jiti"); // not where there are none
  const jiti = createJiti(join(root, "package.json"), { alias: { ...alias }, fsCache: false, moduleCache: false });
  for (const { name, from } of named) {
    try {
      modules.push({ name, from, exported: await jiti.import(from, { default: true }) });
    } catch (error) {
      faults.push({
        id: "load/extension",
        severity: "error",
        at: formatPath(["extensions", name, "from"]),
        message: `${from} cannot be loaded: ${reasonOf(error)}`,
        hint: from.startsWith(".") ? "name a file of the project" : `install it: npm install --save-dev ${from}`,
      });
    }
  }
  return { modules, faults };
}

/** Those whose form is right; validate says what is wrong with the others. */
function extensionsOf(config: unknown): { name: string; from: string }[] {
  const { extensions } = (config ?? {}) as { extensions?: unknown };
  if (extensions === null || typeof extensions !== "object") return [];
  return Object.entries(extensions as Record<string, { from?: unknown } | null>).flatMap(([name, extension]) =>
    typeof extension?.from === "string" ? [{ name, from: extension.from }] : [],
  );
}

/** The first line of what was thrown, whatever it was. */
function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split("\n", 1)[0]!;
}
