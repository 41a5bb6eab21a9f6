/**
 * A run of the lab: a folder outside of the repository with all state and logs of what it started. The folder also
 * knows what is running, so that whatever a crash leaves behind can be found and ended by another process
 * (`npm run lab -- down`).
 */
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { identify, isRunning, isSomebodyElse, kill, type Identity } from "./identity.ts";

export interface Run {
  name: string;
  folder: string;
  /** Outlives the process that began it; `down` ends it. */
  detached: boolean;
  owner: Identity;
}

/** A process of a run, as its folder remembers it. */
export interface Started extends Identity {
  name: string;
  log: string;
}

const ROOT = join(tmpdir(), `eco-lab-${userInfo().uid}`);
const own: Run[] = [];

export function beginRun(name: string, { detached = false } = {}): Run {
  mkdirSync(ROOT, { recursive: true, mode: 0o700 });
  if (!isOurs(ROOT)) throw new Error(`${ROOT} belongs to somebody else, or others may write there: remove it`);
  const folder = mkdtempSync(join(ROOT, `${name}-`));
  mkdirSync(join(folder, "processes"));
  const run: Run = { name, folder, detached, owner: identify(process.pid)! };
  writeFileSync(join(folder, "run.json"), JSON.stringify(run));
  if (own.length === 0) endOwnAtExit();
  own.push(run);
  return run;
}

export function remember(run: Run, started: Started): void {
  writeFileSync(join(run.folder, "processes", `${started.name}.json`), JSON.stringify(started));
}

export function forget(run: Run, name: string): void {
  rmSync(join(run.folder, "processes", `${name}.json`), { force: true });
}

/** Every run of this user that is on the machine, those of other processes included. */
export function runs(): Run[] {
  const folders = isOurs(ROOT) ? readdirSync(ROOT).map((name) => join(ROOT, name)) : [];
  // Its place is where it was found: what a file says is no reason to remove another folder.
  return folders.flatMap((folder) => readIfThere<Run>(join(folder, "run.json")).map((run) => ({ ...run, folder })));
}

/** The folder for temporary files is everybody's: one of this name may be somebody else's, or a link. */
function isOurs(folder: string): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  return found !== undefined && found.isDirectory() && found.uid === userInfo().uid && (found.mode & 0o022) === 0;
}

/** What still runs of it. */
export const processesOf = (run: Run): Started[] => remembered(run).filter(isRunning);

function remembered({ folder }: Run): Started[] {
  const files = existsSync(join(folder, "processes")) ? readdirSync(join(folder, "processes")) : [];
  return files.flatMap((file) => readIfThere<Started>(join(folder, "processes", file)));
}

/** Whether the process that began it is gone without ending it. */
export const isLeftOver = (run: Run): boolean => !run.detached && !isRunning(run.owner);

/** Ends whatever runs of it at once. `keep` leaves state and logs where they are. */
export function endRun(run: Run, { keep = false } = {}): void {
  // Where the leader is gone, its group may still be there.
  for (const started of remembered(run)) if (!isSomebodyElse(started)) kill(started);
  if (keep) rmSync(join(run.folder, "run.json"), { force: true });
  else rmSync(run.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

/** Ends the runs whose owners are gone; returns them. */
export function endLeftOvers(): Run[] {
  const left = runs().filter(isLeftOver);
  for (const run of left) endRun(run);
  return left;
}

/** At any end but SIGKILL nothing of this process' runs is left; the logs stay when it failed. */
function endOwnAtExit(): void {
  process.on("exit", (code) => {
    for (const run of own.filter(({ detached, folder }) => existsSync(folder) && !(detached && code === 0))) {
      endRun(run, { keep: code !== 0 });
      if (code !== 0) console.error(`logs of ${run.name}: ${run.folder}`);
    }
  });
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)
    process.once(signal, () => process.exit(code));
}

/** Nothing where another process is about to write the file, or has removed it. */
function readIfThere<T>(file: string): T[] {
  try {
    return [JSON.parse(readFileSync(file, "utf8")) as T];
  } catch {
    return [];
  }
}
