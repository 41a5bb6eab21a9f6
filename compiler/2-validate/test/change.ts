import { everything } from "../../../scripts/everything/everything.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { parsePath } from "../../diagnostics/config-path.ts";
import { validate } from "../index.ts";

/** Deletes what stands at a path. */
export const GONE = Symbol("gone");

/** The ecosystem that writes everything, with other values at some paths. */
export function changed(...changes: readonly (readonly [path: string, value: unknown])[]): unknown {
  const config = structuredClone(everything) as unknown;
  for (const [path, value] of changes) {
    const segments = parsePath(path);
    const last = segments.pop()!;
    const parent = segments.reduce(
      (node, segment) => (node as Record<string | number, unknown>)[segment],
      config,
    ) as Record<string | number, unknown>;
    if (value === GONE) delete parent[last];
    else parent[last] = value;
  }
  return config;
}

/** What validate finds in a config, alone or with the other inputs. */
export const findings = (
  config: unknown,
  { images, tuning, asOf }: { images?: unknown; tuning?: unknown; asOf?: Date } = {},
): readonly Diagnostic[] => validate({ config, images, tuning }, asOf).diagnostics;
