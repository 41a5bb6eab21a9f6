/**
 * Part of in-cluster-names.ts: sends what a program would connect to by an in-cluster name to where the lab has it, be
 * it by `node:http` or by `fetch`.
 */
import http from "node:http";
import net, { type NetConnectOpts, type Socket } from "node:net";

type Connect = (options: NetConnectOpts, connected?: () => void) => Socket;

const names = JSON.parse(process.env["ECO_LAB_NAMES"]!) as Record<string, string>;
const connect = net.connect as Connect;

const connectByName: Connect = (options, connected) => {
  const to = "port" in options ? names[`${options.host}:${options.port}`] : undefined;
  if (to === undefined) return connect(options, connected);
  const [host, port] = to.split(":") as [string, string];
  return connect({ ...options, host, port: Number(port) }, connected);
};

// A method of every agent, which its types do not tell of:
// https://nodejs.org/docs/latest-v20.x/api/http.html#agentcreateconnectionoptions-callback
(http.Agent.prototype as unknown as { createConnection: Connect }).createConnection = connectByName;
net.connect = connectByName as typeof net.connect;
