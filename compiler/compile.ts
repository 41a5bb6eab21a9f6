import { loadInputs } from "./1-load/index.ts";
import { packageLibrary } from "./1-load/package-library.ts";
import { validate } from "./2-validate/index.ts";
import { check } from "./4-check/index.ts";
import { resolve } from "./5-emit/contribute.ts";
import { withExtensions } from "./5-emit/extensions.ts";
import { emit } from "./5-emit/index.ts";
import { verify } from "./6-verify/index.ts";
import { differs, plan, write } from "./7-write/index.ts";
import { writeOptions } from "./7-write/options.ts";
import { catalogue } from "./judgement/catalogue.ts";
import { Judgement } from "./judgement/index.ts";
import { giveUp } from "./lock/choices.ts";
import { lockChanges } from "./lock/changes.ts";
import { PACKAGE_ROOT } from "./package-root.ts";
import { inputsOf, isData, loading, lockFile, Run, type CompileOptions, type CompileResult } from "./run.ts";
import { ineffective } from "./provenance/fields.ts";
import { UNMEASURED, WITHOUT_EFFECT } from "./provenance/generated/effects.ts";
import { targets as own } from "./targets/registry.ts";
import { checksOf } from "./5-emit/select.ts";

/**
 * load → validate → lower → check → emit → verify → write
 *
 * Every phase's diagnostics are collected; an error stops before the next one, so that nothing is written. Where
 * something would be written, the config is loaded once more first: a value that is another each time must not become a
 * difference that nobody can explain.
 */
export const compile = (options: CompileOptions): Promise<CompileResult> =>
  Run.settle(options, async (run) => {
    const given = options.inputs;
    const inputs = isData(given)
      ? inputsOf(options.root, given)
      : await run.phase("load", () => given ?? loadInputs(loading(options)));
    run.spent("load", inputs.cpu);
    const locked = giveUp(inputs.locked, options.rechoose ?? []);
    const validated = await run.phase("validate", () => validate({ ...inputs, locked }, options.asOf));
    const { targets, diagnostics: misfits } = withExtensions(own, inputs.modules);
    if (validated.wellFormed) run.judgeBy(new Judgement(validated.ecosystem, catalogue(targets), options.asOf));
    run.take({ diagnostics: [...run.misjudged, ...validated.diagnostics, ...misfits] });
    const { topology, active, at, lock } = run.take(await run.phase("lower", () => resolve(validated, targets)));
    run.keep({
      topology,
      choices: lockChanges(inputs.locked.choices, lock),
      uncompiled: ineffective(inputs.config, WITHOUT_EFFECT, UNMEASURED),
    });

    run.take(await run.phase("check", () => check(topology, checksOf(active), at)));
    const repeat = async () => {
      if (isData(given)) return; // it is what it is
      const { repeatDiagnostics } = await import("./1-load/repeat.ts"); // not where nothing changes
      const { cpu } = run.take(await run.phase("repeat", () => repeatDiagnostics(inputs, loading(options))));
      run.spent("repeat", cpu);
    };
    if (options.mode === "check") {
      run.finish(["validate", "check"]);
      return repeat();
    }

    const emission = run.take(await run.phase("emit", () => emit(topology, active, packageLibrary(PACKAGE_ROOT))));
    run.keep({ emission });
    run.take(await run.phase("verify", () => verify(emission, topology, inputs.extra)));
    const { alsoVerify } = options;
    if (alsoVerify !== undefined) run.take(await run.phase("verify", () => alsoVerify(emission, topology)));
    run.finish(["validate", "check", "verify"]);
    if (options.mode === "emit") return;

    const output = options.output ?? inputs.root;
    const save = (how: typeof plan) =>
      run.phase("write", () => how(output, emission.files, writeOptions(emission, options, lockFile(inputs, lock))));
    // A whole plan costs a look at every file: where one is known to be another, the plan of write itself will do.
    const writes = options.mode !== "compare";
    const planned =
      writes && (await run.phase("write", () => differs(output, emission.files))) ? undefined : await save(plan);
    if (planned?.clean !== true) await repeat();
    const isDone = planned !== undefined && (!writes || (planned.clean && planned.manifest === undefined));
    run.keep({ plan: run.take(isDone ? planned : await save(write)) });
  });
