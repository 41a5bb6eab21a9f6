#!/usr/bin/env node
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { begin } from "./bytecode.ts";

/*
 * Bytes of bytecode that a function runs before V8 looks whether to optimise it; 66 KiB by default on Node 20
 * (`node --v8-options`). Node 20 has no tier between baseline and fully optimised code, and makes the latter on a
 * thread beside: in a process of few seconds most of that is spent before it pays. Six times the default takes a
 * fifth off the CPU time of 1,000 services (docs/architecture.md, "What it costs"); twice as many took nothing off
 * any more. Node 22 and later have a tier for it. Here, and in no module that tools import: their process is not ours.
 */
if (process.versions.node.startsWith("20.")) setFlagsFromString("--interrupt-budget=400000");

/** The command of dist/, as scripts/build-command.mjs bundles compiler/cli.ts. What it imports lies beside this file. */
const { exports, keep } = begin<typeof import("../cli.ts")>(
  fileURLToPath(new URL("./command.cjs", import.meta.url)),
  (specifier) => import(specifier),
);

// Not after any other command: what did not run is not in it.
if ((await exports.ended) === "compile") keep();
