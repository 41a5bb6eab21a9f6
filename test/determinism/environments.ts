import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CliOptions } from "../support/cli.ts";
import { temporaryFolder } from "../support/tree.ts";

/** Something about a machine, a shell or a checkout that must not reach the output. */
export interface Environment {
  name: string;
  options?: CliOptions;
  /** Working directory: the project's folder instead of one that has nothing to do with it. */
  inside?: boolean;
  /** Changes a copy of the project, or puts it elsewhere; its folder from then on. */
  place?(project: string): string;
  /** Part of every `npm test`. */
  always?: boolean;
}

const variables = (...list: Record<string, string | undefined>[]): Environment[] =>
  list.map((env) => ({
    name: Object.entries(env)
      .map(([name, value]) => (value === undefined ? `no ${name}` : `${name}=${JSON.stringify(value)}`))
      .join(" "),
    options: { env },
  }));

const always = (environments: Environment[]): Environment[] => environments.map((one) => ({ ...one, always: true }));

/** Only those whose command there is, and may be used. */
const through = (...lists: string[][]): Environment[] =>
  lists
    .filter(([command, ...args]) => spawnSync(command!, [...args, "true"], { stdio: "ignore" }).status === 0)
    .map((list) => ({ name: list.join(" "), options: { through: list } }));

const shell = (script: string): string[] => ["sh", "-c", `${script} && exec "$@"`, "sh"];

/** Moves the project's files into a folder of that name, in a new one. */
const movedTo =
  (...names: string[]) =>
  (project: string): string => {
    const folder = join(temporaryFolder("determinism-place"), ...names);
    mkdirSync(folder, { recursive: true });
    cpSync(project, folder, { recursive: true });
    return folder;
  };

function linked(project: string): string {
  const link = join(temporaryFolder("determinism-link"), "link");
  symlinkSync(project, link);
  return link;
}

/** As git checks out with `core.autocrlf=true`, or an editor saves. */
const rewritten =
  (change: (text: string) => string) =>
  (project: string): string => {
    for (const path of readdirSync(project, { recursive: true, encoding: "utf8" }).filter((name) =>
      /\.(?:ts|json)$/.test(name),
    )) {
      writeFileSync(join(project, path), change(readFileSync(join(project, path), "utf8")));
    }
    return project;
  };

/** The same data, its keys in another order everywhere. */
const shuffled =
  (seed: number) =>
  (project: string): string => {
    renameSync(join(project, "ecosystem.config.ts"), join(project, "written.ts"));
    writeFileSync(
      join(project, "ecosystem.config.ts"),
      `import written from "./written.ts";
let state = ${seed};
const random = () => (state = (state * 48271) % 2147483647);
function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (value === null || typeof value !== "object") return value;
  const keyed = Object.entries(value).map(([key, child]) => [random(), key, shuffled(child)] as const);
  return Object.fromEntries(keyed.sort(([a], [b]) => a - b).map(([, key, child]) => [key, child]));
}
export default shuffled(written);
`,
    );
    return project;
  };

/** Companions are read as JSON, so their keys are shuffled in the text. */
function reversedCompanions(project: string): string {
  const reversed = (value: unknown): unknown =>
    value !== null && typeof value === "object" && !Array.isArray(value)
      ? Object.fromEntries(
          Object.entries(value)
            .reverse()
            .map(([key, child]) => [key, reversed(child)]),
        )
      : value;
  for (const name of readdirSync(project).filter((name) => /^ecosystem\..*\.json$/.test(name))) {
    writeFileSync(join(project, name), JSON.stringify(reversed(JSON.parse(readFileSync(join(project, name), "utf8")))));
  }
  return project;
}

export const ENVIRONMENTS: readonly Environment[] = [
  ...always(
    variables(
      { TZ: "Asia/Tokyo" },
      { LC_ALL: "tr_TR.UTF-8", LANG: "tr_TR.UTF-8" },
      { LC_ALL: "C", LANG: "C" },
      { LC_ALL: "sv_SE.UTF-8", TZ: "Asia/Kathmandu" },
    ),
  ),
  ...variables(
    { TZ: "America/Los_Angeles" },
    { TZ: "Pacific/Kiritimati" },
    { TZ: "Pacific/Niue" },
    { TZ: "Africa/Casablanca" },
    { TZ: "" },
    { TZ: "no/such zone" },
  ),
  ...variables(
    { LANG: "lt_LT.UTF-8" },
    { LC_COLLATE: "cs_CZ.UTF-8" },
    { LC_NUMERIC: "de_DE.UTF-8", LC_TIME: "ar_SA.UTF-8" },
    { LC_CTYPE: "ja_JP.SJIS" },
    { LC_ALL: "POSIX" },
    { LANGUAGE: "hi_IN:th_TH" },
  ),
  ...variables(
    { HOME: undefined },
    { HOME: "/nonexistent" },
    { USER: "somebody", LOGNAME: "somebody" },
    { HOSTNAME: "elsewhere.example" },
    { TMPDIR: temporaryFolder("determinism-tmp") },
  ),
  ...variables(
    { NODE_ENV: "production" },
    { NODE_ENV: "test" },
    { CI: "true", GITHUB_ACTIONS: "true" },
    { NO_COLOR: undefined, FORCE_COLOR: "3" },
    { TERM: "dumb", COLUMNS: "20" },
    { DEBUG: "*", JITI_DEBUG: "1" },
  ),
  ...variables(
    { npm_config_user_agent: "pnpm/9.0.0", npm_config_prefix: "/x", npm_lifecycle_event: "prepare", INIT_CWD: "/" },
    { GIT_DIR: "/nonexistent", GIT_WORK_TREE: "/" },
    { SOURCE_DATE_EPOCH: "1" },
  ),
  ...variables(
    ...[
      "--max-old-space-size=4096 --enable-source-maps",
      "--unhandled-rejections=strict --throw-deprecation",
      "--disallow-code-generation-from-strings",
      "--preserve-symlinks --conditions=development",
      "--stack-trace-limit=0",
    ].map((flags) => ({ NODE_OPTIONS: flags })),
    { NODE_ICU_DATA: "/nonexistent" },
    { UV_THREADPOOL_SIZE: "1" },
    { JITI_FS_CACHE: "false" },
  ),
  ...through(
    shell("umask 077"),
    shell("umask 000"),
    shell("ulimit -n 64"),
    shell("ulimit -s 4096"),
    ["nice", "-n", "19"],
    ["taskset", "-c", "0"],
    ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"],
    ["unshare", "--uts", ...shell("hostname other")],
  ),
  ...always([{ name: "from the project's own folder", inside: true }]),
  { name: "a folder with spaces and other scripts", place: movedTo("with spaces & (brackets)", "日本語 ünïcode") },
  { name: "a folder as a shell or a URL would read it", place: movedTo("%20$HOME'\"#?;*", "[a]{b,c}") },
  { name: "a folder far down", place: movedTo(...Array.from({ length: 60 }, (_, index) => `level-${index}`)) },
  { name: "a folder within node_modules", place: movedTo("node_modules", "x") },
  { name: "a link to the project", place: linked },
  { name: "a link to the project, from inside", place: linked, inside: true },
  { name: "line ends of Windows", place: rewritten((text) => text.replaceAll("\n", "\r\n")) },
  { name: "a byte order mark", place: rewritten((text) => `\ufeff${text}`) },
  { name: "companions with their keys reversed, on one line", place: reversedCompanions },
  ...[1, 2, 3, 4, 5].map((seed): Environment => ({
    name: `keys in another order (${seed})`,
    place: shuffled(seed),
    always: seed <= 2,
  })),
];
