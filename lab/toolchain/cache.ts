/**
 * The lab's cache: one folder per package and key, made aside and renamed in place, so that a folder that is there is
 * complete, whoever else is installing at the time.
 */
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { ownFile, packages, type Package } from "./versions.ts";

/** Outside the repository; `ECO_LAB_CACHE` moves it. */
export function cacheFolder(): string {
  const { ECO_LAB_CACHE, XDG_CACHE_HOME } = process.env;
  return ECO_LAB_CACHE || join(XDG_CACHE_HOME || join(homedir(), ".cache"), "eco-compile", "lab");
}

/** Whatever a package is made from is in its key: the same version built otherwise is another folder. */
export function keyOf(name: string, entry: Package): string {
  const { note: _, core: __, ...recipe } = entry;
  const hash = createHash("sha256").update(JSON.stringify(recipe));
  for (const file of RECIPES[entry.from]) hash.update(readFileSync(ownFile(name, file)));
  return `${entry.version}-${hash.digest("hex").slice(0, 10)}`;
}

const RECIPES = {
  go: [],
  "go-mod": ["go.mod", "go.sum"],
  apt: [],
  pypi: ["requirements.txt"],
  machine: [],
} as const satisfies Record<Package["from"], readonly string[]>;

/** Where a package is, once it is there. */
export const placeOf = (name: string): string => join(cacheFolder(), name, keyOf(name, packages.get(name)!));

/** Fills a folder beside the place and renames it; another run that was first wins. */
export function place(name: string, fill: (folder: string, place: string) => void): void {
  const target = placeOf(name);
  mkdirSync(dirname(target), { recursive: true });
  removeAbandoned(dirname(target));
  const aside = mkdtempSync(join(dirname(target), `making-${process.pid}-`));
  try {
    fill(aside, target);
    if (!existsSync(target)) renameSync(aside, target);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

/** What a killed installation left behind. */
function removeAbandoned(folder: string): void {
  for (const name of readdirSync(folder)) {
    const maker = /^making-(\d+)-/.exec(name)?.[1];
    if (maker !== undefined && !isRunning(Number(maker))) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM"; // somebody else's
  }
}

/** A fact that is dear to find out, kept in a file of its own. */
export function remember(file: string, text: string): void {
  const target = join(cacheFolder(), file);
  mkdirSync(dirname(target), { recursive: true });
  const aside = mkdtempSync(`${target}-`);
  writeFileSync(join(aside, "text"), text);
  renameSync(join(aside, "text"), target);
  rmSync(aside, { recursive: true });
}

export function recall(file: string): string | undefined {
  const target = join(cacheFolder(), file);
  return existsSync(target) ? readFileSync(target, "utf8") : undefined;
}
