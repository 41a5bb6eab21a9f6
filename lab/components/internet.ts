/**
 * Plays hosts of the internet for programs of the lab: an HTTPS proxy on loopback that answers for the hosts that it
 * knows, under their own names and with certificates of the lab's authority, and lets nothing out. What the compiler
 * wrote thus stays as it is, addresses included.
 */
import { createServer as createHttpServer, type RequestListener } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { Socket } from "node:net";
import { freePort } from "../ports.ts";
import type { Run } from "../run.ts";
import { makeCertificates } from "./certificates.ts";

export interface Internet {
  /** For programs that are to see this internet: Go's, git and helm. */
  environment: Readonly<Record<string, string>>;
  /** What somebody asked for that is not played, as `host:port`. */
  refused: readonly string[];
  close(): void;
}

export async function startInternet(run: Run, hosts: ReadonlyMap<string, RequestListener>): Promise<Internet> {
  const { caFile, certificate, key } = await makeCertificates(run, [...hosts.keys()]);
  const refused: string[] = [];
  const sockets = new Set<Socket>();
  const servers = new Map(
    [...hosts].map(([host, answer]) => [
      host,
      createHttpsServer({ cert: certificate, key, ALPNProtocols: ["http/1.1"] }, answer),
    ]),
  );
  const port = await freePort();

  // https://www.rfc-editor.org/rfc/rfc9110#name-connect
  const proxy = createHttpServer((_, response) => void response.writeHead(403).end("only HTTPS"));
  proxy.on("connect", ({ url = "" }, socket: Socket, head: Buffer) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    const [host = "", to] = url.split(":");
    const server = to === "443" ? servers.get(host) : undefined;
    if (!server) {
      refused.push(url);
      socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
      return;
    }
    socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
    socket.unshift(head);
    server.emit("connection", socket);
  });
  await new Promise<void>((resolve, reject) => void proxy.once("error", reject).listen(port, "127.0.0.1", resolve));
  proxy.unref();

  const url = `http://127.0.0.1:${port}`;
  return {
    environment: {
      HTTPS_PROXY: url,
      https_proxy: url,
      NO_PROXY: "127.0.0.1,localhost",
      no_proxy: "127.0.0.1,localhost",
      SSL_CERT_FILE: caFile,
      GIT_SSL_CAINFO: caFile,
    },
    refused,
    close() {
      proxy.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
