import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import semver from "semver";
import { PACKAGE_ROOT } from "../../package-root.ts";
import type { Finding } from "./finding.ts";

/** A program that somebody who works on a platform may need. The compiler itself needs none. */
interface Tool {
  /** The first that is there counts. */
  names: readonly string[];
  version: readonly string[];
  range: string;
  purpose: string;
}

export const TOOLS: readonly Tool[] = [
  {
    names: ["git"],
    version: ["--version"],
    range: ">=2.22",
    purpose: "to commit the output, and to see it marked as generated",
  },
  // The range is that of the modules' `required_version`.
  {
    names: ["terraform", "tofu"],
    version: ["version"],
    range: ">=1.10",
    purpose: "to plan and apply generated/terraform",
  },
  {
    names: ["helm"],
    version: ["version", "--short"],
    range: ">=3.8",
    purpose: "to install Argo CD, and to render a chart with its values",
  },
  // Rego v1 is the default language from 1.0 on: https://www.openpolicyagent.org/docs/v0-upgrade
  { names: ["opa"], version: ["version"], range: ">=1.0", purpose: "to try policies by hand" },
  { names: ["kubectl"], version: ["version", "--client"], range: ">=1.28", purpose: "to look into clusters" },
];

/** What a program says when it is run, or undefined where it is missing. */
export type Run = (name: string, args: readonly string[]) => string | undefined;

/** Node and the programs beside it. */
export function machineFindings(nodeVersion: string = process.version, run: Run = runProgram): Finding[] {
  return [node(nodeVersion), ...TOOLS.map((tool) => look(tool, run))];
}

function node(version: string): Finding {
  const { engines } = JSON.parse(readFileSync(`${PACKAGE_ROOT}package.json`, "utf8")) as { engines: { node: string } };
  const found = `${version.replace(/^v/, "")}`;
  return semver.satisfies(version, engines.node)
    ? { about: "node", level: "ok", found }
    : { about: "node", level: "fail", found, remedy: `install Node ${engines.node}` };
}

function look({ names, version, range, purpose }: Tool, run: Run): Finding {
  for (const about of names) {
    const said = run(about, version);
    if (said === undefined) continue;
    const number = semver.coerce(said);
    if (number === null)
      return {
        about,
        level: "warn",
        found: "there, but its version cannot be read",
        remedy: `${range} is needed ${purpose}`,
      };
    return semver.satisfies(number, range)
      ? { about, level: "ok", found: number.version }
      : { about, level: "warn", found: number.version, remedy: `${range} is needed ${purpose}` };
  }
  return {
    about: names[0]!,
    level: "warn",
    found: "not found",
    remedy: `install ${names.join(" or ")} ${range} ${purpose}`,
  };
}

function runProgram(name: string, args: readonly string[]): string | undefined {
  try {
    return execFileSync(name, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], timeout: 20_000 });
  } catch {
    return undefined;
  }
}
