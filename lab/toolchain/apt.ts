import { execFileSync } from "node:child_process";
import { onPath } from "./path.ts";

/** The version of a Debian package that is installed. */
export function aptVersion(name: string): string | undefined {
  if (onPath("dpkg-query") === undefined) return undefined;
  try {
    const [status, version] = execFileSync("dpkg-query", ["-W", "-f", "${db:Status-Status} ${Version}", name], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).split(" ");
    return status === "installed" ? version : undefined;
  } catch {
    return undefined; // dpkg does not know it
  }
}

/** Installs Debian packages; who may not is told the command. */
export function installApt(name: string): void {
  const command = `apt-get install --no-install-recommends ${name}`;
  if (onPath("apt-get") === undefined) throw new Error("this machine has no apt-get; install it as this system does");
  if (process.getuid?.() !== 0) throw new Error(`only root may: sudo ${command}`);
  // The lab starts its own servers on ports of its own: no init script shall start one (invoke-rc.d starts nothing in
  // runlevel 1).
  const options = {
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" },
    stdio: ["ignore", "pipe", "pipe"] as ["ignore", "pipe", "pipe"],
  };
  if (!updated) execFileSync("apt-get", ["update", "-qq"], options);
  updated = true;
  execFileSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", name], options);
}

let updated = false;
