import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * A test peer, no registry: answers on loopback what a test tells it to, as registries and those who hand out their
 * tokens do, and notes what it was asked.
 */
export interface RegistryPeer {
  /** With its port. */
  host: string;
  /** `METHOD path authorization`, the last being `-` where none was sent. */
  asked: string[];
}

export type Answer = (request: IncomingMessage, response: ServerResponse, peer: RegistryPeer) => void;

const servers: Server[] = [];

export async function registryPeer(answer: Answer): Promise<RegistryPeer> {
  const peer: RegistryPeer = { host: "", asked: [] };
  const server = createServer((request, response) => {
    peer.asked.push(`${request.method} ${request.url} ${request.headers.authorization ?? "-"}`);
    answer(request, response, peer);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  peer.host = `localhost:${(server.address() as AddressInfo).port}`;
  return peer;
}

export function closePeers(): void {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
}

export const MANIFEST = JSON.stringify({ schemaVersion: 2, mediaType: "application/vnd.oci.image.index.v1+json" });
export const DIGEST = `sha256:${createHash("sha256").update(MANIFEST).digest("hex")}`;

/** Has one image of several platforms, `acme/web:v1`, as distribution-spec says it ("Pulling manifests"). */
export const withImage: Answer = (request, response) => {
  if (request.url !== "/v2/acme/web/manifests/v1") return end(response, 404);
  const isIndex = request.headers.accept?.startsWith("application/vnd.oci.image.index.v1+json") ?? false;
  const digest = isIndex ? DIGEST : `sha256:${"0".repeat(64)}`; // one platform's alone
  end(response, 200, { "docker-content-digest": digest }, request.method === "HEAD" ? "" : MANIFEST);
};

export function end(response: ServerResponse, status: number, headers: Record<string, string> = {}, body = ""): void {
  response.writeHead(status, headers).end(body);
}

/** Lets those in who send this, and challenges others. */
export const guarded =
  (authorization: string, challenge: (peer: RegistryPeer) => string, within: Answer = withImage): Answer =>
  (request, response, peer) =>
    request.headers.authorization === authorization
      ? within(request, response, peer)
      : end(response, 401, { "www-authenticate": challenge(peer) });
