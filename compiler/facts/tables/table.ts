import { readFileSync } from "node:fs";
import { PACKAGE_ROOT } from "../../package-root.ts";
import type { CloudKind } from "../../config/model/clouds.ts";

/**
 * A table of `data/`: what the clouds offered on its date. Only that date counts, never today's, so that a config compiles
 * to the same for as long as the package stays the same. `data/NOTICE` says where the rows come from and how they are
 * renewed.
 */
export interface Table<Rows> {
  /** Day of the newest source, as 2026-09-21. */
  date: string;
  clouds: Readonly<Record<CloudKind, Rows>>;
}

/** Reads a table of the package when it is first asked for. */
export function shipped<T>(file: string): () => T {
  let table: T | undefined;
  return () => (table ??= JSON.parse(readFileSync(`${PACKAGE_ROOT}data/${file}`, "utf8")) as T);
}
