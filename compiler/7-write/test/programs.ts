import { spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { newFolder } from "./tree.ts";

const folder = newFolder();
process.once("exit", () => rmSync(folder, { recursive: true }));

/** One of the programs beside this file, as one file that starts quickly. */
function built(name: string): string {
  const program = join(folder, `${name}.mjs`);
  buildSync({
    entryPoints: [fileURLToPath(new URL(`./${name}.ts`, import.meta.url))],
    outfile: program,
    bundle: true,
    platform: "node",
    format: "esm",
    logLevel: "error",
  });
  return program;
}

export const PROGRAMS = { writer: built("writer"), holder: built("holder") };

/** Another machine: another name, and a clock that is wrong. */
export interface Elsewhere {
  host: string;
  /** Milliseconds. */
  clock?: number;
}

const pretend = ({ host, clock = 0 }: Elsewhere): string => `
import os from "node:os";
import { syncBuiltinESMExports } from "node:module";
os.hostname = () => ${JSON.stringify(host)};
syncBuiltinESMExports();
const { now } = Date;
Date.now = () => now() + ${clock};`;

/** Starts one of them, and waits until it has said that it is ready. */
export async function start(name: keyof typeof PROGRAMS, args: readonly (string | number)[], elsewhere?: Elsewhere) {
  const preload =
    elsewhere === undefined ? [] : ["--import", `data:text/javascript,${encodeURIComponent(pretend(elsewhere))}`];
  const child = spawn(process.execPath, [...preload, PROGRAMS[name], ...args.map(String)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  const exited = once(child, "exit");
  await once(child.stdout, "data");
  return { child, exited, output: () => output.replace(/^ready\n/, "") };
}
