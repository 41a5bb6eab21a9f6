import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PACKAGE_ROOT } from "../../compiler/package-root.ts";

interface PinnedModule {
  module: string;
  version: string;
  sum: string;
}

/** The Go modules that schemas/crds/sources.json pins: the compiler's schemas are made from them. */
export function pinnedModules(): PinnedModule[] {
  const sources = JSON.parse(readFileSync(join(PACKAGE_ROOT, "schemas/crds/sources.json"), "utf8")) as (Omit<
    PinnedModule,
    "sum"
  > & { sum?: string })[];
  return sources.filter((source): source is PinnedModule => source.sum !== undefined);
}
