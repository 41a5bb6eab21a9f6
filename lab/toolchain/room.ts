/** How much room the caches of the lab take, and what goes when it is too much. */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder, placeOf } from "./cache.ts";
import { onPath } from "./path.ts";
import { packages } from "./versions.ts";

/** GiB, of all caches together. */
export const BOUND = 40;

export interface Cache {
  name: string;
  folder: string;
  /** GiB. */
  size: number;
}

/** The lab's own cache, and what Go keeps to build from. */
export function caches(): Cache[] {
  const folders: Record<string, string> = { "the lab": cacheFolder() };
  if (onPath("go") !== undefined) {
    folders["Go's modules"] = go("env", "GOMODCACHE");
    folders["Go's builds"] = go("env", "GOCACHE");
  }
  return Object.entries(folders).map(([name, folder]) => ({ name, folder, size: sizeOf(folder) }));
}

/** In GiB, by du: hundreds of thousands of files are Go's. */
function sizeOf(folder: string): number {
  if (!existsSync(folder)) return 0;
  const said = execFileSync("du", ["-sk", folder], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  return Number(said.split("\t")[0]) / 2 ** 20;
}

/** Takes away tools of other versions than those of versions.json, which another branch may ask for. */
export function removeSuperseded(): void {
  for (const name of packages.keys()) {
    const folder = join(cacheFolder(), name);
    for (const entry of existsSync(folder) ? readdirSync(folder) : []) {
      const place = join(folder, entry);
      if (place !== placeOf(name) && !entry.startsWith("making-")) rmSync(place, { recursive: true, force: true });
    }
  }
}

/** Takes away what Go has built: the next build of a tool takes longer, and no tool is lost. */
export const removeBuilds = (): unknown => go("clean", "-cache");

const go = (...args: string[]): string => execFileSync("go", args, { encoding: "utf8" }).trim();
