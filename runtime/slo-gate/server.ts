import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Gate } from "./gate.ts";
import type { Log } from "./log.ts";
import type { Metrics } from "./metrics.ts";

interface ServerParts {
  gate: Gate;
  metrics: Metrics;
  log: Log;
  /** False once the process has been told to stop. */
  ready: () => boolean;
}

interface Reply {
  route: string;
  code: number;
  body: string;
  type?: string;
  allow?: string;
}

export function sloGateServer(parts: ServerParts): Server {
  const server = createServer(
    { maxHeaderSize: 8 * 1024, requestTimeout: 10_000, headersTimeout: 5_000 },
    (request, response) => {
      // oxlint-disable-next-line promise/catch-or-return -- nothing was written to the response before: send() cannot fail
      reply(parts, request)
        .catch((error: Error): Reply => {
          parts.log("error", "a request failed", { error: error.stack });
          return json("error", 500, { ok: false, reason: "internal-error" });
        })
        .then((answer) => send(parts, response, answer));
    },
  );
  // Chaos Mesh asks through Go's default transport, which drops idle connections after 90 s: let it be the one that
  // hangs up.
  server.keepAliveTimeout = 120_000;
  server.maxConnections = 512;
  return server;
}

async function reply({ gate, metrics, ready }: ServerParts, { method, url = "/" }: IncomingMessage): Promise<Reply> {
  if (method !== "GET" && method !== "HEAD") {
    return { ...json("other", 405, { ok: false, reason: "method-not-allowed" }), allow: "GET, HEAD" };
  }
  // Configured names need no escaping in an address, so an escaped one is simply unknown.
  const path = url.split("?", 1)[0] ?? "/";
  switch (path) {
    case "/healthz":
      return text("/healthz", 200, "ok\n");
    case "/readyz":
      // Not Prometheus' health: unready, this would answer "connection refused" where it can answer 503 with the
      // reason.
      return ready() ? text("/readyz", 200, "ready\n") : text("/readyz", 503, "stopping\n");
    case "/metrics":
      return {
        route: "/metrics",
        code: 200,
        body: await metrics.registry.metrics(),
        type: metrics.registry.contentType,
      };
    default:
      return sloReply(gate, path);
  }
}

async function sloReply(gate: Gate, path: string): Promise<Reply> {
  const [, namespace, service, slo] = /^\/v1\/slo\/([^/]+)\/([^/]+)(?:\/([^/]+))?$/.exec(path) ?? [];
  if (!namespace || !service) return json("other", 404, { ok: false, reason: "unknown-address" });
  const verdict = await gate(`${namespace}/${service}`, slo);
  if (!verdict)
    return json("/v1/slo", 404, {
      ok: false,
      reason: "unknown-slo",
      detail: "the configuration declares no such service or SLO",
    });
  return json("/v1/slo", verdict.ok ? 200 : 503, verdict);
}

function json(route: string, code: number, body: object): Reply {
  return { route, code, body: `${JSON.stringify(body)}\n`, type: "application/json" };
}

function text(route: string, code: number, body: string): Reply {
  return { route, code, body };
}

function send(
  { metrics, ready }: ServerParts,
  response: ServerResponse,
  { route, code, body, type, allow }: Reply,
): void {
  metrics.responded(route, code);
  response.writeHead(code, {
    "content-type": type ?? "text/plain; charset=utf-8",
    // A whole body at once: Chaos Mesh drops a result, good or bad, whose body it cannot read to the end.
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
    ...(allow && { allow }),
    ...(!ready() && { connection: "close" }), // the next check goes to another replica
  });
  response.end(body);
}
