import { spawnSync } from "node:child_process";

/** What one Node process costs from its start to its end. */
export interface Cost {
  /** CPU milliseconds, user and system, with the processes that it began and waited for: that of a config is one. */
  cpu: number;
  /** Peak resident set in MiB, without the processes that it began. */
  memory: number;
  stderr: string;
}

const PEAK = new URL("peak.mjs", import.meta.url).href;

/**
 * Node 20 reads the certificates that this names at each start, whether or not a connection is made: a distribution's
 * bundle takes 40 ms, twice as long as all else that an empty Node does. It is a machine's, and no part of what the command
 * costs. https://nodejs.org/docs/latest-v20.x/api/cli.html#node_extra_ca_certsfile
 */
const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;

/** Runs Node with these arguments; throws what it said when it fails. */
export function runNode(args: readonly string[]): Cost {
  const { status, stderr, output } = spawnSync(
    "bash",
    ["-c", "TIMEFORMAT='%U %S'; time \"$@\"", "bash", process.execPath, "--import", PEAK, ...args],
    { env, encoding: "utf8", stdio: ["ignore", "ignore", "pipe", "pipe"] },
  );
  if (status !== 0) throw new Error(stderr);
  const [user, system] = stderr.trim().split("\n").at(-1)!.split(" ").map(Number) as [number, number];
  return { cpu: (user + system) * 1000, memory: Number(output[3]) / 1024, stderr }; // maxRSS is in KiB
}
