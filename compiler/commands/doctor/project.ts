import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import semver from "semver";
import { counted } from "../../diagnostics/report.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { LOCKS } from "../../7-write/state-folder.ts";
import { packageVersion } from "../../package-root.ts";
import type { CompileResult } from "../../run.ts";
import type { Finding } from "./finding.ts";
import { gitFindings } from "./git.ts";

/** The project as its files and one comparison run show it. */
export function projectFindings(root: string, result: CompileResult): Finding[] {
  const git = gitFindings(
    root,
    result.emission?.files.map(({ path }) => path),
  ) ?? [
    {
      about: ".gitattributes",
      level: "warn",
      found: "this is no git repository",
      remedy: "git init: clusters pull what is committed",
    },
  ];
  return [config(result), generated(result), leftovers(root, result), ...git, dependency(root)];
}

const isError = ({ severity }: Diagnostic): boolean => severity === "error";
/** What stands in the way on disk says nothing about the config. */
const isAboutDisk = ({ id }: Diagnostic): boolean => id.startsWith("write/");

function config({ diagnostics, topology }: CompileResult): Finding {
  const errors = diagnostics.filter((finding) => isError(finding) && !isAboutDisk(finding));
  const missing = errors.find(({ id }) => id === "load/config-missing");
  if (missing) return { about: "config", level: "fail", found: missing.message, remedy: missing.hint };
  if (errors.length > 0)
    return {
      about: "config",
      level: "fail",
      found: counted(errors.length, "error"),
      remedy: "run eco-compile: it shows them, with their places",
    };
  return {
    about: "config",
    level: "ok",
    found: `${counted(topology!.services.length, "service")} on ${counted(topology!.clusters.length, "cluster")}`,
  };
}

function generated({ diagnostics, plan }: CompileResult): Finding {
  const about = "generated";
  const obstacles = diagnostics.filter((finding) => isError(finding) && isAboutDisk(finding));
  if (obstacles.length > 0)
    return {
      about,
      level: "fail",
      found: obstacles[0]!.message + (obstacles.length > 1 ? `, and ${obstacles.length - 1} more` : ""),
      remedy: obstacles[0]!.hint,
    };
  if (plan === undefined)
    return { about, level: "warn", found: "unknown while the config has errors", remedy: "mend them first" };
  if (plan.clean) return { about, level: "ok", found: `${counted(plan.unchanged, "file")} up to date` };
  if (plan.manifestHash.before === null)
    return { about, level: "warn", found: "nothing compiled yet", remedy: "run eco-compile and commit what it writes" };
  const stale = plan.create.length + plan.change.length + plan.delete.length;
  return {
    about,
    level: "warn",
    found: stale === 0 ? "the manifest is stale" : `${counted(stale, "file")} not up to date`,
    remedy: "run eco-compile and commit what it writes",
  };
}

/** A journal means that a run ended half way; a lock alone may also belong to a run that is under way. */
function leftovers(root: string, { diagnostics }: CompileResult): Finding {
  const about = "last run";
  if (diagnostics.some(({ id }) => id === "write/interrupted"))
    return {
      about,
      level: "warn",
      found: "interrupted while it wrote",
      remedy: "run eco-compile: it completes that run first",
    };
  const locks = existsSync(join(root, LOCKS)) ? readdirSync(join(root, LOCKS)) : [];
  return locks.length === 0
    ? { about, level: "ok", found: "left nothing behind" }
    : {
        about,
        level: "warn",
        found: `${counted(locks.length, "lock")} in ${LOCKS}/`,
        remedy: "another eco-compile is writing; if none is, the next run takes the lock away",
      };
}

/** What CI installs must be what runs here: another version may write other bytes. */
function dependency(root: string): Finding {
  const about = "eco-compile";
  const version = packageVersion();
  const found = packageJson(root);
  if (found?.["name"] === "eco-compile") return { about, level: "ok", found: `${version}, from its own repository` };
  const { dependencies, devDependencies } = (found ?? {}) as Record<string, Record<string, string> | undefined>;
  const wanted = { ...dependencies, ...devDependencies }["eco-compile"];
  if (wanted === undefined)
    return {
      about,
      level: "warn",
      found: `${version}, which package.json does not name`,
      remedy: `npm install --save-dev --save-exact eco-compile@${version}: CI would run whatever is newest`,
    };
  if (semver.validRange(wanted) === null || semver.satisfies(version, wanted, { includePrerelease: true }))
    return { about, level: "ok", found: `${version}, as package.json says (${wanted})` };
  return {
    about,
    level: "warn",
    found: `${version}, but package.json says ${wanted}`,
    remedy: "run npm install, and eco-compile through npx",
  };
}

/** The nearest package.json that can be read; in a workspace it is above the project. */
function packageJson(folder: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Record<string, unknown>;
  } catch {
    return dirname(folder) === folder ? undefined : packageJson(dirname(folder));
  }
}
