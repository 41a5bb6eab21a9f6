import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { texts } from "../../config/texts.ts";
import { PACKAGE_ROOT } from "../../package-root.ts";
import { placeOf, workflowOf } from "./repository.ts";
import type { ProjectFacts } from "./templates.ts";

/** The form of `Ecosystem.name`. */
export const NAME = texts.EcosystemName.pattern;

/** What can be known of a project before it exists: from its folder, a real path, and from git. */
export function projectFacts(folder: string, name: string): ProjectFacts {
  const { version, engines, devDependencies } = JSON.parse(readFileSync(`${PACKAGE_ROOT}package.json`, "utf8")) as {
    version: string;
    engines: { node: string };
    devDependencies: { typescript: string; "@types/node": string };
  };
  const remote = git(folder, "remote", "get-url", "origin");
  const { path, up } = placeOf(folder);
  return {
    name,
    network: `${name}-vpc`,
    repository: {
      url: repositoryUrl(remote) ?? `https://github.com/acme/${name}.git`,
      revision: git(folder, "symbolic-ref", "--short", "HEAD") ?? "main",
      ...(path === "" ? {} : { path }),
    },
    workflow: { ...workflowOf({ path }), up },
    node: engines.node,
    version,
    typescript: devDependencies.typescript,
    nodeTypes: devDependencies["@types/node"],
  };
}

/** A name made from the folder's, or `platform` where nothing of that is usable. */
export function nameOf(folder: string): string {
  const name = basename(folder)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+/, "")
    .slice(0, 22)
    .replace(/-+$/, "");
  return NAME.test(name) ? name : "platform";
}

/**
 * The URL that clusters clone from, made from a remote's: HTTPS, since an SSH one needs a key that clusters do not
 * have, and without the credentials that some people keep in theirs.
 */
export function repositoryUrl(remote: string | undefined): string | undefined {
  const [, host, path] =
    /^(?:https?:\/\/(?:[^/@]*@)?|ssh:\/\/(?:[^/@]*@)?|[^/@:]+@)([^/:@]+)(?::\d+(?=\/))?[/:]+(.+?)(?:\.git)?\/?$/.exec(
      remote ?? "",
    ) ?? [];
  return host === undefined ? undefined : `https://${host}/${path}.git`;
}

/** What git says, or undefined where it says nothing: no git, no repository, no such remote. */
function git(folder: string, ...args: string[]): string | undefined {
  try {
    return (
      execFileSync("git", ["-C", folder, ...args], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim() ||
      undefined
    );
  } catch {
    return undefined;
  }
}
