import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, relative } from "node:path";
import { childPath } from "../diagnostics/config-path.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { ask } from "./ask.ts";
import { fault } from "./catalogue.ts";
import { failuresOf, programOf, type Inputs, type LoadOptions } from "./index.ts";
import { isSteady } from "./steady.ts";
import type { Program } from "./program/protocol.ts";
import type { Conditions } from "./program/conditions.ts";

/** Another year, month, day of the month, weekday, hour and minute. */
const SHIFT_MS = ((400 * 24 + 7) * 60 + 13) * 60_000;

/** More findings than this say no more; nor is each of more variables worth a load. */
const MAX_FINDINGS = 50;
const MAX_VARIABLES = 12;

/** What a load of the config runs under. */
interface Setting {
  conditions: Conditions;
  env: NodeJS.ProcessEnv;
  /** Another way to the project's folder. */
  alias?: string;
}

/** One thing that may differ between two runs or two machines. */
interface Factor {
  name: string;
  hint: string;
  change(setting: Setting): Setting;
}

type Outcome = { data: unknown; cpu: number } | { failure: Diagnostic };

/**
 * Loads the config once more with everything changed that it must not depend on, unless its sources show that it cannot.
 * Only where that shows a difference, each is changed by itself, to name it; those loads agree on all the rest, down to
 * the millisecond.
 */
export async function repeatDiagnostics(
  { config, variables, sources }: Pick<Inputs, "config" | "variables" | "sources">,
  options: LoadOptions,
): Promise<{ diagnostics: Diagnostic[]; /** Milliseconds of the config's processes. */ cpu: number }> {
  const { program, root } = programOf(options);
  let cpu = 0;
  const text = JSON.stringify(config);
  const namesFolder = text.includes(JSON.stringify(root).slice(1, -1));
  if (!namesFolder && isSteady(sources)) return { diagnostics: [], cpu };
  // A link in a folder that only this user can write to.
  const links = namesFolder ? mkdtempSync(join(tmpdir(), "eco-compile-")) : undefined;
  if (links !== undefined) symlinkSync(root, join(links, "project"), "dir");
  try {
    const factors = factorsOf(variables, links && join(links, "project"));
    const load = async (changed: readonly Factor[]): Promise<Outcome> => {
      const outcome = await outcomeOf(
        program,
        root,
        changed.reduce((setting, factor) => factor.change(setting), usual()),
        options.limit,
      );
      if ("data" in outcome) cpu += outcome.cpu;
      return outcome;
    };
    const other = await load(factors);
    const differing =
      "data" in other ? (JSON.stringify(other.data) === text ? [] : differences(config, other.data)) : [""];
    const diagnostics = differing.length === 0 ? [] : (await explain(differing, factors, load)).slice(0, MAX_FINDINGS);
    return { diagnostics, cpu };
  } finally {
    if (links !== undefined) rmSync(links, { recursive: true, force: true });
  }
}

async function explain(
  differing: readonly string[],
  factors: readonly Factor[],
  load: (changed: readonly Factor[]) => Promise<Outcome>,
): Promise<Diagnostic[]> {
  const [base, again] = await Promise.all([load([]), load([])]);
  if ("failure" in base)
    return [
      {
        ...base.failure,
        ...fault("load/unrepeatable", {
          message: `the config fails when it is loaded once more: ${base.failure.message}`,
          position: base.failure.position,
        }),
      },
    ];
  const unsteady = new Set("data" in again ? differences(base.data, again.data) : []);
  const causes = new Map<string, Factor[]>();
  const failures: Diagnostic[] = [];
  for (const [factor, outcome] of await pairwise(factors, (factor) => load([factor]))) {
    if ("failure" in outcome)
      failures.push(
        fault("load/unrepeatable", {
          message: `the config fails with another value of ${factor.name}: ${outcome.failure.message}`,
          hint: factor.hint,
          position: outcome.failure.position,
        }),
      );
    else
      for (const path of differences(base.data, outcome.data))
        if (!unsteady.has(path)) causes.set(path, [...(causes.get(path) ?? []), factor]);
  }
  const isExplained = (path: string): boolean => causes.has(path) || (path === "" && failures.length > 0);
  return [
    ...failures,
    ...[...causes].map(([at, [first, ...others]]) =>
      fault("load/unrepeatable", {
        at,
        message: `${at || "the config"} depends on ${[first!, ...others].map(({ name }) => name).join(" and ")}`,
        hint: first!.hint,
      }),
    ),
    ...differing
      .filter((path) => !isExplained(path))
      .map((at) =>
        fault("load/unrepeatable", {
          at,
          message: `${at || "the config"} is not the same when the config is loaded once more`,
          hint: "look for a command, a file or an answer of the network that changes from run to run",
        }),
      ),
  ];
}

/** The same each time, and otherwise as it is. */
const usual = (): Setting => ({ conditions: { clock: START, seed: 1 }, env: { ...process.env } });

const START = Date.now();

function factorsOf(variables: readonly string[], alias: string | undefined): Factor[] {
  const condition = (name: string, hint: string, changed: Partial<Conditions>): Factor => ({
    name,
    hint,
    change: (setting) => ({ ...setting, conditions: { ...setting.conditions, ...changed } }),
  });
  const environment = (name: string, hint: string, changed: (env: NodeJS.ProcessEnv) => NodeJS.ProcessEnv): Factor => ({
    name,
    hint,
    change: (setting) => ({ ...setting, env: changed(setting.env) }),
  });
  const turnRound = (names: readonly string[]) => (env: NodeJS.ProcessEnv) => names.reduce(turned, env);
  const written = "write the value; what has to differ from run to run belongs where the service runs";
  const inFile = "write the value, or read it from a file that is committed";
  const [alone, together] = [variables.slice(0, MAX_VARIABLES), variables.slice(MAX_VARIABLES)];
  return [
    condition("the clock", written, { clock: START + SHIFT_MS }),
    condition("randomness", written, { seed: 2 }),
    condition("the machine that it runs on: its name, user or home folder", inFile, { machine: "elsewhere" }),
    environment("the time zone of the machine", "write times in UTC, as with Date.UTC() and toISOString()", (env) => ({
      ...env,
      TZ: zoneElsewhere(),
    })),
    environment("the language of the machine", 'name the language, as in toLocaleString("en")', (env) => ({
      ...env,
      LC_ALL: languageElsewhere(env),
      LANG: languageElsewhere(env),
    })),
    ...alone.map((name) => environment(`the environment variable ${name}`, inFile, turnRound([name]))),
    ...(together.length === 0
      ? []
      : [environment(`one of the environment variables ${together.join(", ")}`, inFile, turnRound(together))]),
    ...(alias === undefined
      ? []
      : [
          {
            name: "the folder that the project is in",
            hint: "write a path relative to the project",
            change: (setting: Setting) => ({ ...setting, alias, conditions: { ...setting.conditions, folder: alias } }),
          },
        ]),
  ];
}

/** Unset where it is set, and the other way round; commands are still found. */
function turned(env: NodeJS.ProcessEnv, variable: string): NodeJS.ProcessEnv {
  const { [variable]: value, ...others } = env;
  if (variable === "PATH") return { ...env, PATH: `${value}${delimiter}/elsewhere` };
  return value === undefined ? { ...env, [variable]: "true" } : others;
}

/** Told by the offset of 1970, in minutes: to ask Intl for the zone takes 16 ms. */
const zoneElsewhere = (): string =>
  new Date(0).getTimezoneOffset() === KIRITIMATI_1970 ? "Pacific/Pago_Pago" : "Pacific/Kiritimati";
const KIRITIMATI_1970 = 10 * 60 + 40;
/** Told by the variables that ICU goes by: to ask Intl takes as long. */
const languageElsewhere = ({ LC_ALL, LC_MESSAGES, LANG }: NodeJS.ProcessEnv): string =>
  (LC_ALL || LC_MESSAGES || LANG || "").startsWith("tr") ? "de_DE.UTF-8" : "tr_TR.UTF-8";

async function outcomeOf(
  program: Program,
  root: string,
  { conditions, env, alias }: Setting,
  limit: number | undefined,
): Promise<Outcome> {
  const seen =
    alias === undefined
      ? program
      : { ...program, root: alias, configFile: join(alias, relative(root, program.configFile)) };
  const answer = await ask({ program: seen, conditions }, { folder: root, env, limit });
  if (answer.kind === "data") return { data: answer.data, cpu: answer.cpu };
  const [failure] = await failuresOf(answer, program, limit);
  return { failure: failure! };
}

/** Two at a time: each is a process. */
async function pairwise<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<[T, R][]> {
  const results: [T, R][] = [];
  for (let index = 0; index < items.length; index += 2) {
    results.push(
      ...(await Promise.all(
        items.slice(index, index + 2).map(async (item): Promise<[T, R]> => [item, await work(item)]),
      )),
    );
  }
  return results;
}

/**
 * The paths of the first value at which the second differs; where keys or items are missing or new, the object or list
 * that has them.
 */
function differences(a: unknown, b: unknown, at = ""): string[] {
  if (Object.is(a, b)) return [];
  if (!isObject(a) || !isObject(b) || Array.isArray(a) !== Array.isArray(b)) return [at];
  const keys = Object.keys(a);
  const shared = keys.filter((key) => Object.hasOwn(b, key));
  const own = shared.length < keys.length || shared.length < Object.keys(b).length ? [at] : [];
  return [
    ...own,
    ...shared.flatMap((key) => differences(a[key], b[key], childPath(at, Array.isArray(a) ? Number(key) : key))),
  ];
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
