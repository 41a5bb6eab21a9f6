/**
 * A test peer for what cluster DNS and kube-proxy do: programs of the lab ask for one another by their in-cluster
 * names, as they are configured to, and get what runs on loopback.
 */
import { once } from "node:events";
import { createServer, request, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";

/** From `host:port` of a Service to `host:port` on loopback. */
export type Names = Readonly<Record<string, string>>;

/**
 * For programs in Node: the environment and the arguments of Node under which names are looked up in these. What such a
 * program asks for does not change: not a byte of its configuration. `tsx` must be there before.
 */
export const nodeKnows = (names: Names): { env: Record<string, string>; args: string[] } => ({
  env: { ECO_LAB_NAMES: JSON.stringify(names) },
  args: ["--import", fileURLToPath(new URL("in-cluster-names.preload.ts", import.meta.url))],
});

export interface Forwarder {
  /**
   * For programs in Go, which send requests of the default client to a proxy that the environment names, except those
   * to loopback: https://pkg.go.dev/net/http#ProxyFromEnvironment.
   */
  env: Record<string, string>;
  /** Addresses that were asked for, each once. */
  asked: Set<string>;
  stop(): void;
}

/**
 * A forward proxy. Names can be added to `names` while it runs; one that is not among them is answered with 502, as a
 * name that does not resolve is by proxies.
 */
export async function startForwarder(names: Names): Promise<Forwarder> {
  const asked = new Set<string>();
  const server = createServer((incoming, response) => {
    asked.add(incoming.url!);
    forward(names, incoming, response);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  server.unref();
  const proxy = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    env: { HTTP_PROXY: proxy, http_proxy: proxy, NO_PROXY: "", no_proxy: "" },
    asked,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** A request in absolute form: RFC 9112, section 3.2.2. */
function forward(names: Names, incoming: IncomingMessage, response: ServerResponse): void {
  const { host, hostname, port, pathname, search } = new URL(incoming.url!);
  const to = names[`${hostname}:${port || "80"}`];
  if (to === undefined) return void response.writeHead(502).end();
  const outgoing = request(
    `http://${to}${pathname}${search}`,
    { method: incoming.method!, headers: { ...incoming.headers, host } },
    (answer) => {
      response.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(response);
    },
  );
  outgoing.on("error", () => (response.headersSent ? response.destroy() : response.writeHead(502).end()));
  incoming.pipe(outgoing);
}
