/**
 * A run that holds the lock, in a process of its own: `node holder.mjs ROOT LOG ROUNDS MILLISECONDS`. Each round it
 * holds it for about so many milliseconds, as busy with the disk as a run is, and writes `enter PID` and `leave PID` to
 * the log; when its lock was taken away, `lost PID`.
 */
import { appendFileSync } from "node:fs";
import { nodeDisk } from "../disk.ts";
import { withLock } from "../lock.ts";
import { openStateFolder, project, type Project } from "../state-folder.ts";

const [root = "", log = "", rounds = "1", milliseconds = "0"] = process.argv.slice(2);
const say = (word: string) => appendFileSync(log, `${word} ${process.pid}\n`);

function work({ disk, absolute }: Project): undefined {
  say("enter");
  const end = performance.now() + (0.5 + Math.random()) * Number(milliseconds);
  do disk.kind(absolute("x"));
  while (performance.now() < end);
  say("leave");
}

openStateFolder(project(root, nodeDisk));
process.stdout.write("ready\n");
for (let round = 0; round < Number(rounds); round++)
  if (withLock(project(root, nodeDisk), work) !== undefined) say("lost");
