/**
 * What a test does to live objects and sees of them. Each look returns what is wrong, in words; nothing is what should
 * be.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { describe, type Client, type Data, type Reference } from "../../cluster/client.ts";
import { until } from "../../until.ts";
import { applicationNamed } from "./applications.ts";

/** Seconds; far more than a sync takes, for a busy machine. */
export const PATIENCE = 300;

/** Seconds in which self-heal answers a difference. */
const HEALED = 10;

/** Makes Argo CD compare an Application with its repository at once. */
export const refresh = (client: Client, name: string): Promise<Data> =>
  client.patch(applicationNamed(name), { metadata: { annotations: { "argocd.argoproj.io/refresh": "hard" } } });

/** The same, and waits until it has. */
export async function refreshed(client: Client, name: string): Promise<Data> {
  const before = (await client.get(applicationNamed(name)))?.status?.reconciledAt;
  await refresh(client, name);
  const isRefreshed = ({ metadata, status }: Data): boolean =>
    metadata.annotations?.["argocd.argoproj.io/refresh"] === undefined && status?.reconciledAt !== before;
  return client.waitFor(applicationNamed(name), isRefreshed, "refreshed", { seconds: PATIENCE });
}

/**
 * Whether Argo CD leaves an object alone that it is made to look at twice; a difference that is healed away and made
 * again is two writes.
 */
export async function writes(client: Client, reference: Reference, application: string): Promise<string> {
  const before = (await client.get(reference))!.metadata.generation;
  await refreshed(client, application);
  await sleep(HEALED * 1000);
  await refreshed(client, application);
  const after = (await client.get(reference))?.metadata.generation;
  return after === before ? "" : `${describe(reference)} was written ${after - before} times`;
}

/** Whether a change by hand is undone within some seconds. */
export async function healing(
  client: Client,
  reference: Reference,
  change: object,
  isAsBefore: (object: Data) => boolean,
  seconds: number,
): Promise<string> {
  await client.patch(reference, change);
  const seen = await until("healed", async () => isAsBefore(await client.get(reference)), {
    seconds,
    every: 500,
  }).catch(() => undefined);
  return seen ? "" : `${describe(reference)} was not healed within ${seconds} s`;
}

export const gone = (client: Client, reference: Reference, seconds = PATIENCE): Promise<unknown> =>
  until(`${describe(reference)} gone`, async () => (await client.get(reference)) === undefined, {
    seconds,
    every: 500,
  });

/** Which of some objects are there. */
export async function present(client: Client, references: readonly Reference[]): Promise<string[]> {
  const found = await Promise.all(references.map((reference) => client.get(reference)));
  return references.filter((_, index) => found[index] !== undefined).map(describe);
}

/** What Argo CD applied for an Application. */
export async function objectsOf(client: Client, name: string): Promise<Reference[]> {
  const { status } = (await client.get(applicationNamed(name)))!;
  return (status.resources as Data[]).map(({ group, version, kind, namespace, name: object }) => ({
    apiVersion: group ? `${group}/${version}` : version,
    kind,
    name: object,
    ...(namespace ? { namespace } : {}),
  }));
}

/** A person confirms what waits, as argocd/README.md says. */
export const confirm = (client: Client, name: string): Promise<Data> =>
  client.patch(applicationNamed(name), {
    metadata: {
      annotations: { "argocd.argoproj.io/deletion-approved": new Date().toISOString().replace(/\.\d+Z$/, "Z") },
    },
  });
