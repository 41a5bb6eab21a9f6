import { locate, lockPath, type Inputs, type LoadOptions } from "./1-load/index.ts";
import { DiagnosticError, hasErrors, type Diagnostic, type IgnoredDiagnostic } from "./diagnostics/diagnostic.ts";
import { inSourceOrder } from "./diagnostics/report.ts";
import type { Phase } from "./judgement/catalogue.ts";
import type { Judgement } from "./judgement/index.ts";
import type { LockChange } from "./lock/changes.ts";
import { NOTHING_LOCKED, type Lock } from "./lock/choices.ts";
import { formatLock } from "./lock/file.ts";
import type { Topology } from "./topology/index.ts";
import type { Emission } from "./5-emit/index.ts";
import type { Plan } from "./7-write/index.ts";
import { MODULE_ALIAS } from "./package-root.ts";

/** A config and its companions as data, with what its `extra` and `extensions` bring. */
export type InputData = Pick<Inputs, "config"> &
  Partial<Pick<Inputs, "images" | "tuning" | "locked" | "extra" | "modules">>;

export interface CompileOptions {
  /** The project's folder. */
  root: string;
  /** Default: the first of `ecosystem.config.{ts,mts,js,mjs}`. */
  configFile?: string;
  /** Folder that the output goes under, instead of the project. */
  output?: string;
  /** Write this target's files alone; everything is emitted and verified all the same. */
  target?: string;
  /** Config paths of choices that are made anew. Default: none */
  rechoose?: readonly string[];
  /** Overwrite what was edited by hand or is not ours. */
  force?: boolean;
  /**
   * `write` writes, `compare` only says what would change, `emit` stops before the disk is looked at, `check` before
   * anything is emitted. Default: write
   */
  mode?: "write" | "compare" | "emit" | "check";
  /** Also refuse proposals that have expired by then. Compile itself reads no clock. */
  asOf?: Date;
  /** Positions name files relative to it. Default: the working directory. */
  cwd?: string;
  /** Milliseconds that the config may take. Default: 30 seconds. */
  limit?: number;
  /**
   * What load makes of these options, where it was begun before; or a config and its companions as data, as of another
   * revision. Findings about data have no positions.
   */
  inputs?: Promise<Inputs> | InputData;
  /** Also find where ignored findings are; that loads the config again, and is worth it where they are shown. */
  placeIgnored?: boolean;
  /** What else verify looks at, where the emission alone does not show it. Default: nothing */
  alsoVerify?: (emission: Emission, topology: Topology) => Promise<{ diagnostics: readonly Diagnostic[] }>;
  /** Told when a phase begins. */
  onPhase?: (phase: string) => void;
}

export interface CompileResult {
  /** False when there is an error; nothing was written then. */
  ok: boolean;
  /** Every finding with its position, in source order. */
  diagnostics: readonly Diagnostic[];
  /** What the config's `ignore` accepts, in source order as far as places are known. */
  ignored: readonly IgnoredDiagnostic[];
  /** Checks that the config turns off. */
  off: readonly string[];
  /** CPU milliseconds of each phase that ran. */
  timings: Readonly<Record<string, number>>;
  /** Absent when a phase before it found an error. */
  topology?: Topology;
  emission?: Emission;
  /** Fields that the config writes, and that have no effect yet: the shortest patterns. */
  uncompiled?: readonly string[];
  /** What was chosen for the config, and what left the lock, as far as it differs from what was recorded. */
  choices?: readonly LockChange[];
  /** What was written, or would be. */
  plan?: Plan;
}

/** What load needs to know of them. */
export const loading = ({
  root,
  configFile,
  cwd,
  limit,
}: Pick<CompileOptions, "root" | "configFile" | "cwd" | "limit">): LoadOptions => ({
  root,
  configFile,
  cwd,
  limit,
  moduleAlias: MODULE_ALIAS,
});

/** Whether a config was given as data: there is no source then that could be loaded again. */
export const isData = (inputs: CompileOptions["inputs"]): inputs is InputData =>
  inputs !== undefined && !(inputs instanceof Promise);

/** Inputs as load makes them. */
export const inputsOf = (root: string, data: InputData): Inputs => ({
  images: undefined,
  tuning: undefined,
  locked: NOTHING_LOCKED,
  extra: [],
  modules: [],
  ...data,
  root,
  configFile: "",
  variables: [],
  sources: [],
  cpu: 0,
});

/** The lock as it belongs beside the config. */
export const lockFile = ({ root, configFile }: Pick<Inputs, "root" | "configFile">, lock: Lock) => ({
  path: lockPath(root, configFile),
  content: Buffer.from(formatLock(lock)),
});

/** Thrown to end a run whose diagnostics already say why. */
const STOP = new Error("stopped by diagnostics");

/** One compilation: collects diagnostics, times phases, stops at the first phase with an error. */
export class Run {
  readonly #options: CompileOptions;
  #diagnostics: Diagnostic[] = [];
  #ignored: IgnoredDiagnostic[] = [];
  /** Undefined until the config has said something of its checks. */
  #judgement: Judgement | undefined;
  readonly #timings: Record<string, number> = {};
  #result: Pick<CompileResult, "topology" | "choices" | "uncompiled" | "emission" | "plan"> = {};

  private constructor(options: CompileOptions) {
    this.#options = options;
  }

  /** Runs `body` and turns whatever it collected into a result. Only bugs are thrown. */
  static async settle(options: CompileOptions, body: (run: Run) => Promise<void>): Promise<CompileResult> {
    const run = new Run(options);
    try {
      await body(run);
    } catch (error) {
      if (error instanceof DiagnosticError) run.#diagnostics = run.#diagnostics.concat(error.diagnostics);
      else if (error !== STOP) throw error;
    }
    const diagnostics = await run.#locate(run.#diagnostics);
    const ignored = options.placeIgnored ? await run.#locate(run.#ignored) : inSourceOrder(run.#ignored);
    const off = run.#judgement?.off ?? [];
    return { ok: !hasErrors(diagnostics), diagnostics, ignored, off, timings: run.#timings, ...run.#result };
  }

  /** Does the work of a phase and notes its CPU time. */
  async phase<T>(name: string, work: () => T | Promise<T>): Promise<T> {
    this.#options.onPhase?.(name);
    const start = process.cpuUsage();
    try {
      return await work();
    } finally {
      const { user, system } = process.cpuUsage(start);
      this.spent(name, (user + system) / 1000);
    }
  }

  /** Adds CPU milliseconds to a phase. */
  spent(name: string, milliseconds: number): void {
    this.#timings[name] = (this.#timings[name] ?? 0) + milliseconds;
  }

  /** From here on findings count as the config says. */
  judgeBy(judgement: Judgement): void {
    this.#judgement = judgement;
  }

  /** What is wrong with what the config says of its checks. */
  get misjudged(): readonly Diagnostic[] {
    return this.#judgement?.diagnostics ?? [];
  }

  /** Collects the diagnostics of a phase; an error among them ends the run. */
  take<T extends { diagnostics: readonly Diagnostic[] }>(outcome: T): T {
    const { open, ignored } = this.#judgement?.judge(outcome.diagnostics) ?? { open: outcome.diagnostics, ignored: [] };
    this.#diagnostics = this.#diagnostics.concat(open);
    this.#ignored = this.#ignored.concat(ignored);
    if (hasErrors(open)) throw STOP;
    return outcome;
  }

  /** These phases have come to their end: what the config ignores of them, and has not matched yet, never will. */
  finish(phases: readonly Phase[]): void {
    this.take({ diagnostics: this.#judgement?.unmatched(phases) ?? [] });
  }

  /** Remembers what a phase made, for the result. */
  keep(made: Pick<CompileResult, "topology" | "choices" | "uncompiled" | "emission" | "plan">): void {
    Object.assign(this.#result, made);
  }

  /** Positions cost a second load of the config: only findings without one ask for it. */
  async #locate<T extends Diagnostic>(diagnostics: readonly T[]): Promise<T[]> {
    const open = diagnostics.filter(({ position }) => position === undefined);
    // Where there is no config there are no positions either.
    if (open.length === 0 || isData(this.#options.inputs) || open.some(({ id }) => id === "load/config-missing"))
      return inSourceOrder(diagnostics);
    const located = (await locate(loading(this.#options), open)) as T[]; // as they were, with their positions
    return inSourceOrder([...diagnostics.filter(({ position }) => position !== undefined), ...located]);
  }
}
