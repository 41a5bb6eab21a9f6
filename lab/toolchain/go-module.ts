import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { recall, remember } from "./cache.ts";

/**
 * What the caller's environment says about modules and flags does not reach a pinned build; without cgo nothing of the
 * machine's does.
 */
export const goEnvironment = (toolchain?: string): NodeJS.ProcessEnv => ({
  ...process.env,
  CGO_ENABLED: "0",
  GOWORK: "off",
  GOFLAGS: "-buildvcs=false",
  ...(toolchain ? { GOTOOLCHAIN: toolchain } : {}),
});

export interface Module {
  module: string;
  version: string;
  /** Of the module's zip, as in a go.sum; without it the Go command's checksum database alone vouches. */
  sum?: string;
  toolchain?: string;
}

/** Where a module's sources are; fetched when they are not there yet, and held to the sum. */
export function downloadModule({ module, version, sum, toolchain }: Module): string {
  const file = `modules/${encodeURIComponent(module)}@${version}`;
  const known = recall(file);
  if (known !== undefined) {
    const [folder, knownSum] = known.split("\n") as [string, string];
    if (existsSync(folder) && (sum === undefined || sum === knownSum)) return folder;
  }
  const { stdout, stderr } = spawnSync("go", ["mod", "download", "-json", `${module}@${version}`], {
    encoding: "utf8",
    cwd: tmpdir(), // in a module it would add to that one's go.sum
    env: goEnvironment(toolchain),
  });
  if (!stdout) throw new Error(stderr.trim() || `go mod download ${module}@${version} said nothing`);
  const answer = JSON.parse(stdout) as { Dir?: string; Sum?: string; Error?: string };
  // A module that asks for a newer Go is extracted all the same, with an error beside it.
  if (answer.Dir === undefined || answer.Sum === undefined) throw new Error(answer.Error ?? stderr.trim());
  if (sum !== undefined && answer.Sum !== sum)
    throw new Error(`${module}@${version} has the sum ${answer.Sum}, pinned is ${sum}`);
  remember(file, `${answer.Dir}\n${answer.Sum}`);
  return answer.Dir;
}
