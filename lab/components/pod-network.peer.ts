/**
 * Runs in the network namespace of pod-network.ts: a server on every pod's address, Envoy, and Unix sockets through
 * which the suite reaches both.
 */
import { spawn } from "node:child_process";
import { createServer as createHttpServer } from "node:http";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import type { Hit } from "./pod-network.ts";

const [envoy, folder, proxyPort] = process.argv.slice(2) as [string, string, string];
const hits: Hit[] = [];

/** The port that every service of the suite listens on. A pod whose address is asked to fail does: `/failing/<address>`. */
createHttpServer((request, response) => {
  const pod = request.socket.localAddress!.replace(/^::ffff:/, "");
  hits.push({ pod, method: request.method!, path: request.url!, host: request.headers.host ?? "" });
  if (request.url === `/failing/${pod}`) response.statusCode = 500;
  response.end(pod);
}).listen(8080, "0.0.0.0");

createHttpServer((_, response) => response.end(JSON.stringify(hits))).listen(join(folder, "hits"));

createServer((from) => {
  const to = connect(Number(proxyPort), "127.0.0.1");
  from.pipe(to).pipe(from);
  to.on("error", () => from.destroy());
  from.on("error", () => to.destroy());
}).listen(join(folder, "proxy"));

spawn(
  envoy,
  ["-c", join(folder, "envoy.json"), "--log-level", "warning", "--base-id", String(process.pid), "--concurrency", "1"],
  { stdio: "inherit" },
).on("exit", (code) => process.exit(code ?? 1));
