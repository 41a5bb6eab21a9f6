/**
 * Follows a kind of objects by the API server's own events, so that no state is missed, however short.
 * https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes
 */
import { Agent, get } from "node:https";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { until } from "../until.ts";
import type { Client, Data } from "./client.ts";

/** An object as it was written, or as it was when it was deleted. */
export interface Change {
  object: Data;
  isGone: boolean;
  /** etcd's, of the write: one counter for all kinds, so that changes of several kinds have one order. */
  revision: number;
}

export interface Watch {
  stop(): void;
  /** Why it sees nothing any more. */
  readonly failure: Error | undefined;
}

/** Milliseconds until a connection that has ended is made anew; it goes on where the last one ended. */
const AGAIN = 100;

/** Tells of what is there, and then of every change. */
export async function watch(
  client: Client,
  apiVersion: string,
  kind: string,
  see: (change: Change) => void,
): Promise<Watch> {
  const path = await client.collectionOf(apiVersion, kind);
  const { url, ca, token } = client.access;
  const agent = new Agent({ ca }); // of its own: the client's connections are few
  const headers = { authorization: `Bearer ${token}` };
  let stopped = false;
  let failure: Error | undefined;

  // A kind that has just been made is known some moments before it is served.
  const { metadata, items } = await until(`served: ${path}`, async () => {
    const { status, body } = await client.request("GET", path);
    return status === 200 && body;
  });
  let last: string = metadata.resourceVersion;
  for (const object of items) see({ object, isGone: false, revision: Number(object.metadata.resourceVersion) });

  const take = (line: string): void => {
    const { type, object } = JSON.parse(line);
    if (type === "ERROR") throw new Error(`watch ${kind}: ${object.message}`);
    last = object.metadata.resourceVersion;
    if (type !== "BOOKMARK") see({ object, isGone: type === "DELETED", revision: Number(last) });
  };

  /** Until the server ends it, or the connection breaks. */
  const follow = (): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const query = new URLSearchParams({ watch: "true", allowWatchBookmarks: "true", resourceVersion: last });
      const outgoing = get(new URL(`${path}?${query}`, url), { agent, headers }, (incoming) => {
        createInterface(incoming)
          .on("line", (line) => {
            try {
              take(line);
            } catch (error) {
              reject(error);
            }
          })
          .on("error", resolve) // of the connection
          .on("close", resolve);
      });
      outgoing.on("error", resolve);
    });

  void (async () => {
    for (; !stopped; await sleep(AGAIN, undefined, { ref: false })) await follow();
  })().catch((error: Error) => (failure = error));

  return {
    stop() {
      stopped = true;
      agent.destroy();
    },
    get failure() {
      return failure;
    },
  };
}
