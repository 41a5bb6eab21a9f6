/**
 * etcd's data of a server that already has some CRDs, kept in the lab's cache: to make a hundred of them costs the API
 * server many times what it takes to find them there.
 */
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { beginRun, endRun, type Run } from "../run.ts";
import { cacheFolder, placeOf } from "../toolchain/cache.ts";
import { Client, type KubernetesObject } from "./client.ts";
import { etcdFolder, startControlPlane } from "./control-plane.ts";
import { served } from "./crds.ts";

/** Whoever needs data of these versions that hold the same finds them here. */
const placeFor = (held: unknown): string => {
  const made = JSON.stringify([placeOf("etcd"), placeOf("kubernetes"), held]);
  return join(cacheFolder(), "prepared", createHash("sha256").update(made).digest("hex").slice(0, 16));
};

/**
 * A folder to copy, with the data of a server that has been given what `held` describes. It is made first where it is
 * not there: `make` returns the run of a server that has ended. Aside and renamed, so that who was first wins.
 */
export async function prepared(held: unknown, make: () => Promise<Run>): Promise<string> {
  const target = placeFor(held);
  if (!existsSync(target)) {
    mkdirSync(dirname(target), { recursive: true });
    removeUnused(dirname(target));
    const run = await make();
    const aside = mkdtempSync(`${target}-`);
    cpSync(etcdFolder(run), aside, { recursive: true });
    endRun(run);
    if (existsSync(target)) rmSync(aside, { recursive: true });
    else renameSync(aside, target);
  }
  utimesSync(target, new Date(), new Date()); // as last used
  return target;
}

/** Data of a server that has some CRDs and nothing else. */
export const preparedData = (definitions: readonly KubernetesObject[]): Promise<string> =>
  prepared(definitions, () => withDefinitions(definitions));

/** In Argo CD's name, which then has nothing to change. */
export async function applyAsArgoCd(client: Client, definitions: readonly KubernetesObject[]): Promise<void> {
  await Promise.all(definitions.map((definition) => client.apply(definition, { manager: "argocd-controller" })));
  await served(client, definitions);
}

async function withDefinitions(definitions: readonly KubernetesObject[]): Promise<Run> {
  const run = beginRun("prepare");
  const { access, processes } = await startControlPlane(run, { parts: [], webhooks: false });
  const client = new Client(access);
  await applyAsArgoCd(client, definitions);
  client.close();
  for (const { stop } of processes) await stop();
  return run;
}

/** Days after which data are of versions or CRDs that nobody has any more. */
const KEPT = 14;

function removeUnused(folder: string): void {
  const oldest = Date.now() - KEPT * 24 * 60 * 60 * 1000;
  for (const path of readdirSync(folder).map((name) => join(folder, name)))
    if (statSync(path).mtimeMs < oldest) rmSync(path, { recursive: true, force: true });
}
