import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ownFile } from "./versions.ts";

/** A virtual environment with a package's requirements.txt, which names the whole tree with the hashes of its files. */
export function installPypi(name: string, folder: string, place: string): void {
  const options = {
    stdio: ["ignore", "pipe", "pipe"] as ["ignore", "pipe", "pipe"],
    env: { ...process.env, PIP_DISABLE_PIP_VERSION_CHECK: "1" },
  };
  execFileSync("python3", ["-m", "venv", "--prompt", name, folder], options);
  execFileSync(
    join(folder, "bin/python"),
    ["-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes", "-r", ownFile(name, "requirements.txt")],
    options,
  );
  moveScripts(join(folder, "bin"), folder, place);
}

/**
 * Scripts name their environment by its whole path: it becomes that of the place where the folder goes. What is large
 * is a program.
 */
function moveScripts(bin: string, from: string, to: string): void {
  const files = readdirSync(bin, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => join(bin, name));
  for (const path of files.filter((file) => statSync(file).size < 64 * 1024)) {
    const content = readFileSync(path, "latin1"); // byte for byte
    if (content.includes(from)) writeFileSync(path, content.replaceAll(from, to), "latin1");
  }
}
