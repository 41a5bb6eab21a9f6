import { once } from "node:events";
import type { Server } from "node:http";
import { readConfig, type Objective } from "./config.ts";
import { gate } from "./gate.ts";
import type { Judgement } from "./judge.ts";
import { jsonLog, type Log } from "./log.ts";
import { metrics } from "./metrics.ts";
import { Mistake } from "./mistake.ts";
import { USAGE, readOptions, type Options } from "./options.ts";
import { prometheus } from "./prometheus.ts";
import { sloGateServer } from "./server.ts";

async function main(argv: string[]): Promise<void> {
  const options = readOptions(argv);
  if (!options) return void process.stdout.write(USAGE);
  const { prometheus: source, services } = readConfig(options.config);
  const measured = metrics();
  const ask = prometheus({ ...source, observe: measured.asked });
  const logged = logChanges(jsonLog);
  const judged = (objective: Objective, judgement: Judgement) => {
    measured.judged(objective, judgement);
    logged(objective, judgement);
  };

  let stopping = false;
  const server = sloGateServer({
    gate: gate(services, ask, judged),
    metrics: measured,
    log: jsonLog,
    ready: () => !stopping,
  });
  await listen(server, options);
  jsonLog("info", "listening", { address: server.address(), prometheus: source.url, services: services.size });

  const signal = await Promise.race(["SIGTERM", "SIGINT"].map((name) => once(process, name).then(() => name)));
  // Endpoints leave the Service some time after SIGTERM: a check that is refused meanwhile would abort an experiment.
  stopping = true;
  jsonLog("info", "stopping", { signal, drain: options.drain });
  await new Promise((resolve) => setTimeout(resolve, options.drain));
  server.close();
  await once(server, "close");
  jsonLog("info", "stopped");
}

async function listen(server: Server, { host, port }: Options): Promise<void> {
  try {
    server.listen(port, host);
    await once(server, "listening");
  } catch (error) {
    throw new Mistake(`cannot listen: ${(error as Error).message}`);
  }
}

/** Checks come every few seconds for each experiment; only what changes is news. */
function logChanges(log: Log): (objective: Objective, judgement: Judgement) => void {
  const last = new Map<Objective, Judgement["reason"]>();
  return (objective, judgement) => {
    if (last.has(objective) && last.get(objective) === judgement.reason) return;
    last.set(objective, judgement.reason);
    const { service, slo } = objective;
    log(judgement.ok ? "info" : "warn", judgement.ok ? "the SLO holds" : "the SLO does not hold", {
      service,
      slo,
      ...judgement,
    });
  };
}

main(process.argv.slice(2)).catch((error: Error) => {
  process.stderr.write(`slo-gate: ${error instanceof Mistake ? error.message : error.stack}\n`);
  process.exitCode = 1;
});
