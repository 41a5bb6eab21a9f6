import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

export interface PrometheusProcess {
  url: string;
  /** Freezes it: it accepts connections and never answers. */
  freeze: () => void;
  thaw: () => void;
  stop: () => Promise<void>;
}

/** A real Prometheus on a free loopback port that scrapes `target` ten times a second. */
export async function startPrometheus(executable: string, target: string): Promise<PrometheusProcess> {
  const folder = mkdtempSync(join(tmpdir(), "slo-gate-prometheus-"));
  const port = await freePort();
  writeFileSync(
    join(folder, "prometheus.yml"),
    JSON.stringify({
      scrape_configs: [
        {
          job_name: "shop",
          scrape_interval: "100ms",
          scrape_timeout: "100ms",
          static_configs: [{ targets: [target] }],
        },
      ],
    }),
  );
  const flags = [
    "--config.file=prometheus.yml",
    "--storage.tsdb.path=data",
    `--web.listen-address=127.0.0.1:${port}`,
    "--log.level=error",
  ];
  const child = spawn(executable, flags, { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
  const kill = () => void child.kill("SIGKILL");
  process.once("exit", kill); // whatever becomes of the test

  const stop = async () => {
    if (running(child)) {
      kill();
      await once(child, "exit");
    }
    process.removeListener("exit", kill);
    rmSync(folder, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${port}`;
  try {
    await ready(child, url);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, freeze: () => void child.kill("SIGSTOP"), thaw: () => void child.kill("SIGCONT"), stop };
}

async function ready(child: ChildProcess, url: string): Promise<void> {
  for (const deadline = Date.now() + 30_000; Date.now() < deadline; await pause(50)) {
    if (!running(child)) throw new Error(`prometheus ended with ${child.exitCode ?? child.signalCode}`);
    const response = await fetch(`${url}/-/ready`).catch(() => undefined);
    if (response?.ok) return;
  }
  throw new Error("prometheus was not ready within 30 s");
}

function running(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
