import { execFileSync } from "node:child_process";
import { linkSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { downloadModule, goEnvironment } from "./go-module.ts";
import { ownFile, type GoModPackage, type GoPackage } from "./versions.ts";

/** A build takes what others leave. */
const GO_INSTALL = ["-n", "10", "go", "install"];

/**
 * Builds a package's executables into a folder. Without debugging information, which the linker would drop: a sixth of
 * the compiler's time less.
 */
export function buildGo(name: string, entry: GoPackage | GoModPackage, folder: string): void {
  const { executables, variables = {}, tags = [], toolchain } = entry;
  const linker = ["-s", "-w", ...Object.entries(variables).map(([variable, value]) => `-X ${variable}=${value}`)].join(
    " ",
  );
  const flags = [
    "-trimpath",
    "-gcflags=all=-dwarf=false",
    "-ldflags",
    linker,
    ...(tags.length > 0 ? ["-tags", tags.join(",")] : []),
  ];
  const made = mkdtempSync(join(folder, "made-"));
  const mains = [...new Set(Object.values(executables))];
  const options = {
    env: { ...goEnvironment(toolchain), GOBIN: made },
    stdio: ["ignore", "pipe", "pipe"] as ["ignore", "pipe", "pipe"],
    maxBuffer: 2 ** 28,
  };
  if (entry.from === "go") {
    downloadModule(entry); // holds it to its sum
    execFileSync("nice", [...GO_INSTALL, ...flags, ...mains.map((main) => `${main}@${entry.version}`)], options);
  } else {
    const cwd = dirname(ownFile(name, "go.mod"));
    execFileSync("nice", [...GO_INSTALL, "-mod=readonly", ...flags, ...mains], { ...options, cwd });
  }
  for (const main of mains) {
    const [first, ...others] = Object.keys(executables).filter((executable) => executables[executable] === main) as [
      string,
      ...string[],
    ];
    renameSync(join(made, builtName(main)), join(folder, first));
    for (const other of others) linkSync(join(folder, first), join(folder, other));
  }
  rmSync(made, { recursive: true });
}

/** `go install` names an executable after the last element of its path that is no major version. */
function builtName(main: string): string {
  const last = basename(main);
  return /^v[0-9]+$/.test(last) ? basename(dirname(main)) : last;
}
