import { connect } from "node:net";
import { neededTool } from "../cluster/tools.ts";
import { freePort } from "../ports.ts";
import { startProcess, type LabProcess } from "../process.ts";
import type { Run } from "../run.ts";

export interface Redis {
  /** `127.0.0.1:PORT` */
  address: string;
  process: LabProcess;
}

/** A redis that keeps nothing. */
export async function startRedis(run: Run, name = "redis"): Promise<Redis> {
  const port = await freePort();
  const args = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", run.folder];
  const process = await startProcess(run, {
    name,
    command: neededTool("redis-server"),
    args,
    ready: () => pings(port),
  });
  return { address: `127.0.0.1:${port}`, process };
}

/** https://redis.io/docs/latest/develop/reference/protocol-spec/#inline-commands */
const pings = (port: number): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write("PING\r\n"));
    socket.setTimeout(2000, () => socket.destroy(new Error("no answer")));
    socket.once("error", reject).once("data", (answer) => {
      socket.destroy();
      resolve(answer.toString().startsWith("+PONG"));
    });
  });
