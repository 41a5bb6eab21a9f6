import { once } from "node:events";
import { createServer } from "node:http";
import { holdFault, type Outcome } from "./fault.ts";
import { Mistake, readOptions, USAGE } from "./options.ts";

/** What the mesh looks for in an answer; its value is the fault's name. */
const HEADER = "x-eco-fault";

/** Milliseconds that slo-gate may take; it gives up on Prometheus before. */
const PATIENCE = 5_000;

const log = (message: string, fields: object) =>
  void process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), message, ...fields })}\n`);

/**
 * An experiment that ran to its end is a success; one that was not begun or was broken off is a failed Job that
 * somebody looks at.
 */
const EXIT: Record<Outcome, number> = { over: 0, refused: 1, aborted: 1, stopped: 143 };

async function main(argv: string[]): Promise<void> {
  const options = readOptions(argv);
  if (!options) return void process.stdout.write(USAGE);
  const { name, watch, duration, every, host, port } = options;
  const stop = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, () => stop.abort());

  const server = createServer((_request, response) => response.writeHead(200, { [HEADER]: name }).end());
  const open = async () => {
    server.listen(port, host);
    await once(server, "listening");
    log("the fault is on", { name, address: server.address(), duration });
  };
  const { outcome, broken } = await holdFault(
    { watch, duration, every, patience: PATIENCE, signal: stop.signal },
    open,
  );
  server.close();
  server.closeAllConnections(); // a kept connection would keep the fault
  log("the fault is off", { name, outcome, broken });
  process.exitCode = EXIT[outcome];
}

main(process.argv.slice(2)).catch((error: Error) => {
  process.stderr.write(`http-fault: ${error instanceof Mistake ? error.message : error.stack}\n`);
  process.exitCode = 1;
});
