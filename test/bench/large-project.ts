import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CLI } from "../support/build.ts";
import { readTree, temporaryFolder } from "../support/tree.ts";
import { largeEcosystem } from "./ecosystem.ts";
import { runNode, type Cost } from "./run-node.ts";

/** A compilation into an empty folder by the command, and what it wrote. */
export interface Compilation extends Cost {
  /** CPU milliseconds by phase, as `--timings` says them; load and repeat have those of the config's processes. */
  timings: Record<string, number>;
  /** CPU milliseconds of all phases: the command without the start of Node and of the compiler itself. */
  compile: number;
  /** Kubernetes objects; values files are none. */
  objects: number;
  files: number;
  bytes: number;
}

/** The first run, the later one that took the least CPU, and CPU milliseconds of writing to a disk. */
export interface Compilations {
  first: Compilation;
  best: Compilation;
  disk: number;
}

/** Compiles a large ecosystem `runs` times below `memory`, and once to a disk. `flags` are Node's. */
export function compileLarge(
  services: number,
  { memory, runs, flags = [] }: { memory: string; runs: number; flags?: readonly string[] },
): Compilations {
  const root = temporaryFolder("bench");
  mkdirSync(join(root, "node_modules")); // in which load keeps transpiled sources, as every project has it
  const { config, images } = largeEcosystem(services);
  writeFileSync(join(root, "ecosystem.config.mjs"), `export default ${JSON.stringify(config)};\n`);
  writeFileSync(join(root, "ecosystem.images.json"), JSON.stringify(images));
  const compile = (below: string) => compileInto(temporaryFolder("bench-output", below), root, flags);
  const first = compile(memory);
  const later = Array.from({ length: runs }, () => compile(memory));
  return {
    first,
    best: later.reduce((a, b) => (b.compile < a.compile ? b : a)),
    disk: compile(tmpdir()).timings["write"]!,
  };
}

function compileInto(output: string, root: string, flags: readonly string[]): Compilation {
  const cost = runNode([...flags, CLI, "-C", root, "--output", output, "--timings"]);
  const contents = [...readTree(output).values()];
  rmSync(output, { recursive: true });
  const timings = timingsIn(cost.stderr);
  return {
    ...cost,
    timings,
    compile: Object.values(timings).reduce((sum, milliseconds) => sum + milliseconds, 0),
    objects: contents.reduce((sum, content) => sum + (content.toString().match(/^kind: /gm)?.length ?? 0), 0),
    files: contents.length,
    bytes: contents.reduce((sum, { length }) => sum + length, 0),
  };
}

/** `CPU load 70 ms, validate 12 ms` */
function timingsIn(stderr: string): Record<string, number> {
  const [, phases] = /^CPU (.+)$/m.exec(stderr)!;
  return Object.fromEntries(
    [...phases!.matchAll(/(\w+) (\d+) ms/g)].map(([, phase, milliseconds]) => [phase!, Number(milliseconds)]),
  );
}
