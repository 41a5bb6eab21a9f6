/**
 * Runs in the network namespace of a pod of running-pods.ts: its application, its agent, and a socket through which
 * whoever is outside reaches each of its ports.
 */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer, request } from "node:http";
import { join } from "node:path";
import type { Inside } from "./running-pods.ts";

const { folder, application, agent }: Inside = JSON.parse(readFileSync(process.argv[2]!, "utf8"));

/** Pieces of work a second. */
const PACE = 40;
const began = performance.now();

/**
 * Counters as client libraries tell them, in the format that is asked for; one has a label that the scrape gives, too.
 * https://prometheus.io/docs/instrumenting/content_negotiation/
 */
createServer(({ url, headers }, response) => {
  if (url !== application.metrics.path) return void response.writeHead(404).end();
  const open = headers.accept?.includes("application/openmetrics-text") ?? false;
  const total = Math.floor((PACE * (performance.now() - began)) / 1000);
  const family = (name: string, value: number): string =>
    `# TYPE ${open ? name : `${name}_total`} counter\n${name}_total{namespace="its-own"} ${value}\n`;
  response.setHeader(
    "content-type",
    open ? "application/openmetrics-text; version=1.0.0; charset=utf-8" : "text/plain; version=0.0.4",
  );
  response.end(
    `${family("work", total)}${family("work_done", Math.floor(total * application.done))}${open ? "# EOF\n" : ""}`,
  );
}).listen(application.metrics.port, "0.0.0.0");

// A request line with the whole address, of which the port counts here.
createServer(({ url, headers }, response) => {
  const { port, pathname, search } = new URL(url!);
  request({ port, path: `${pathname}${search}`, headers, agent: false }, (answer) => {
    response.writeHead(answer.statusCode!, answer.headers);
    answer.pipe(response);
  })
    .on("error", () => response.writeHead(502).end())
    .end();
}).listen(join(folder, "socket"));

if (agent !== undefined)
  spawn(agent.command, agent.args, { stdio: "inherit", env: { ...process.env, ...agent.env } }).on("exit", (code) =>
    process.exit(code ?? 1),
  );
