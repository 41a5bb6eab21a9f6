import { loadInputs } from "./1-load/index.ts";
import { packageLibrary } from "./1-load/package-library.ts";
import { validate } from "./2-validate/index.ts";
import { lower } from "./3-lower/index.ts";
import { check } from "./4-check/index.ts";
import { emit } from "./5-emit/index.ts";
import { verify } from "./6-verify/index.ts";
import { plan, write } from "./7-write/index.ts";
import { writeOptions } from "./7-write/options.ts";
import { MODULE_ALIAS, PACKAGE_ROOT } from "./package-root.ts";
import { Run, type CompileOptions, type CompileResult } from "./run.ts";
import { unconsumed } from "./targets/consumption.ts";
import { targets } from "./targets/registry.ts";
import { selectTargets } from "./targets/select.ts";

/**
 * load → validate → lower → check → emit → verify → write
 *
 * Every phase's diagnostics are collected; an error stops before the next one, so that nothing is written.
 */
export const compile = (options: CompileOptions): Promise<CompileResult> =>
  Run.settle(options, async (run) => {
    const inputs = await run.phase("load", () => loadInputs({ ...options, moduleAlias: MODULE_ALIAS }));
    const validated = run.take(await run.phase("validate", () => validate(inputs, options.asOf)));
    const topology = await run.phase("lower", () => lower(validated));
    const active = selectTargets(targets, validated.ecosystem.targets);
    run.keep({ topology, unconsumed: unconsumed(inputs.config, active) });

    run.take(await run.phase("check", () => check(validated, topology, active)));
    if (options.mode === "check") return;

    const emission = run.take(await run.phase("emit", () => emit(topology, active, packageLibrary(PACKAGE_ROOT))));
    run.keep({ emission });
    run.take(await run.phase("verify", () => verify(emission, topology, inputs.extra)));

    const save = options.mode === "compare" ? plan : write;
    const output = options.output ?? inputs.root;
    run.keep({ plan: run.take(await run.phase("write", () => save(output, emission.files, writeOptions(emission, options)))) });
  });
