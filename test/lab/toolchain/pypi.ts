import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ownFile } from "./versions.ts";

/** A virtual environment with a package's requirements.txt, which names the whole tree with the hashes of its files. */
export function installPypi(name: string, folder: string, place: string): void {
  const options = { stdio: ["ignore", "pipe", "pipe"] as ["ignore", "pipe", "pipe"], env: { ...process.env, PIP_DISABLE_PIP_VERSION_CHECK: "1" } };
  execFileSync("python3", ["-m", "venv", folder], options);
  execFileSync(join(folder, "bin/python"), ["-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes", "-r", ownFile(name, "requirements.txt")], options);
  moveScripts(join(folder, "bin"), folder, place);
}

/** Scripts name their interpreter by its whole path: it becomes that of the place where the folder goes. */
function moveScripts(bin: string, from: string, to: string): void {
  for (const file of readdirSync(bin, { withFileTypes: true }).filter((entry) => entry.isFile())) {
    const path = join(bin, file.name);
    const content = readFileSync(path, "latin1"); // byte for byte
    if (content.startsWith("#!") && content.includes(from)) writeFileSync(path, content.replaceAll(from, to), "latin1");
  }
}
