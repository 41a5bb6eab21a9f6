import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { everything } from "../../scripts/everything/everything.ts";
import { PACKAGE_ROOT } from "../../compiler/package-root.ts";
import { base as erring } from "../errors/base.ts";
import { harmless } from "../hostile/harmless.ts";
import { validatedProject } from "../support/topology.ts";
import { judge, type Verdict } from "./judge.ts";
import { mutate } from "./mutations.ts";
import { seeded, type Random } from "./random.ts";
import { poolOf } from "./schema.ts";

/** What is changed: ecosystems that compile, and one that says everything there is. */
const BASES: readonly object[] = [
  harmless,
  erring,
  everything,
  ...(await Promise.all(
    ["", "examples/online-boutique"].map(
      async (folder) => (await validatedProject(join(PACKAGE_ROOT, folder))).ecosystem,
    ),
  )),
];
const pool = poolOf(BASES);

/** The inputs that a seed stands for. */
export interface Inputs {
  config: unknown;
  images: unknown;
  tuning?: unknown;
}

/** Another config for each seed and index, by themselves: one can be run without those before it. */
export function inputsOf(seed: number, index: number): Inputs {
  const random = seeded(seed * 1_000_003 + index);
  const config = mutate(random.pick(BASES), random, pool);
  return { config, images: imagesOf(config, random), ...(random.chance(0.2) ? { tuning: tuningOf(random) } : {}) };
}

/** Mostly a digest for each service in each environment. */
function imagesOf(config: object, random: Random): unknown {
  if (random.chance(0.05))
    return random.pick<unknown>([
      null,
      5,
      [],
      {},
      { web: null },
      { web: { first: "latest" } },
      { __proto__: null, constructor: {} },
    ]);
  const { services, environments } = config as { services?: unknown; environments?: unknown };
  const digests = () =>
    Object.fromEntries(Object.keys(Object(environments)).map((name) => [name, `sha256:${"0".repeat(64)}`]));
  return Object.fromEntries(
    Object.keys(Object(services))
      .filter(() => random.chance(0.99))
      .map((name) => [name, digests()]),
  );
}

/** Proposals as components write them, and others. */
function tuningOf(random: Random): unknown {
  const tunable = random.pick([
    "services.web.scaling.min",
    "services.web.resources.cpu",
    "rollouts.steps.steps[0].weight",
    "clusters.gke.nodePools.main.max",
    "services..",
    "",
    "[",
    "__proto__",
    "name",
  ]);
  const change = {
    tunable,
    from: random.pick<unknown>([3, "200m", 10, null]),
    to: random.pick<unknown>([4, "250m", 15, 1e9, "x", -1]),
    reason: "busier",
  };
  return random.pick<unknown>([
    null,
    {},
    [],
    { format_version: 1, proposals: [] },
    {
      format_version: 1,
      proposals: [
        {
          id: "a",
          by: "optimizer",
          created: "2026-01-01T00:00:00Z",
          expires: "2026-02-01T00:00:00Z",
          changes: [change],
          evidence: [],
        },
      ],
    },
    { format_version: 1, proposals: [{}] },
  ]);
}

export interface Report {
  configs: number;
  /** How many ended in each phase. */
  reached: Readonly<Record<string, number>>;
  /** Ids that were said at least once. */
  ids: ReadonlySet<string>;
  /** The processor's time of the slowest config, as a multiple of the median of those that came as far. */
  slowest: { index: number; ratio: number };
  /** Each different thing that went wrong, with the first config that shows it. */
  faults: ReadonlyMap<string, number>;
}

/**
 * A config may take so many times the median of those that came as far as it did: what grows with the square of its
 * size takes more.
 */
export const SLOW = 60;
/** Until there are this many, a median says little. */
const ENOUGH = 20;

export async function fuzz(seed: number, configs: number, first = 0): Promise<Report> {
  const watchdog = new Watchdog(seed);
  const times = new Map<string, { index: number; time: number }[]>();
  const faults = new Map<string, number>();
  const ids = new Set<string>();
  for (const config of BASES) await judge({ config, images: imagesOf(config, seeded(0)) }); // whatever the first one has to load and compile
  for (let index = first; index < first + configs; index++) {
    const inputs = inputsOf(seed, index);
    watchdog.begin(index);
    const start = process.cpuUsage();
    const verdict: Verdict = await judge(inputs);
    const { user, system } = process.cpuUsage(start);
    watchdog.end(user + system);
    times.set(verdict.reached, [...(times.get(verdict.reached) ?? []), { index, time: user + system }]);
    for (const id of verdict.ids) ids.add(id);
    for (const fault of verdict.faults) {
      // The same finding about another name is the same fault.
      const key = fault.replaceAll(/"[^"]*"|\d+/g, "*").slice(0, 200);
      if (![...faults.keys()].some((other) => other.replaceAll(/"[^"]*"|\d+/g, "*").slice(0, 200) === key))
        faults.set(fault, index);
    }
  }
  await watchdog.stop();
  const slowest = [...times.values()]
    .filter((all) => all.length >= ENOUGH)
    .flatMap(ratios)
    .reduce((most, one) => (one.ratio > most.ratio ? one : most), { index: first, ratio: 0 });
  return {
    configs,
    reached: Object.fromEntries([...times].map(([reached, all]) => [reached, all.length])),
    ids,
    slowest,
    faults,
  };
}

function ratios(all: readonly { index: number; time: number }[]): { index: number; ratio: number }[] {
  const median = [...all].sort((a, b) => a.time - b.time)[Math.floor(all.length / 2)]!.time;
  return all.map(({ index, time }) => ({ index, ratio: time / median }));
}

/** A config may take so many times the median before it counts as never ending. */
const HANGS = 5_000;

/**
 * Ends the process with the config's number where one does not end: nothing in its own thread could. Its patience is a
 * multiple of the median of what came before.
 */
class Watchdog {
  readonly #times: number[] = [];
  readonly #worker: Worker;

  constructor(seed: number) {
    this.#worker = new Worker(
      `const { parentPort, workerData } = require("node:worker_threads");
       let timer;
       parentPort.on("message", ({ index, patience }) => {
         clearTimeout(timer);
         if (index === undefined) return;
         timer = setTimeout(() => {
           require("node:fs").writeSync(2, "config " + index + " of seed " + workerData + " does not end: npm run fuzz -- --seed " + workerData + " --first " + index + " --configs 1\\n");
           process.kill(process.pid, "SIGKILL");
         }, patience);
       });`,
      { eval: true, workerData: seed },
    );
    this.#worker.unref();
  }

  begin(index: number): void {
    const recent = this.#times.slice(-101).sort((a, b) => a - b);
    if (recent.length >= ENOUGH)
      this.#worker.postMessage({ index, patience: (recent[Math.floor(recent.length / 2)]! / 1000) * HANGS });
  }

  end(time: number): void {
    this.#times.push(time);
    this.#worker.postMessage({});
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }
}
