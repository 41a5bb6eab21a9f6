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
import { beginRun, endRun } from "../run.ts";
import { cacheFolder, placeOf } from "../toolchain/cache.ts";
import { Client, type KubernetesObject } from "./client.ts";
import { etcdFolder, startControlPlane } from "./control-plane.ts";
import { served } from "./crds.ts";

/** Whoever needs data of these versions and CRDs finds them here. */
const placeFor = (definitions: readonly KubernetesObject[]): string => {
  const made = JSON.stringify([placeOf("etcd"), placeOf("kubernetes"), definitions]);
  return join(cacheFolder(), "prepared", createHash("sha256").update(made).digest("hex").slice(0, 16));
};

/** A folder to copy; made first where it is not there, aside and renamed: who was first wins. */
export async function preparedData(definitions: readonly KubernetesObject[]): Promise<string> {
  const target = placeFor(definitions);
  if (!existsSync(target)) await prepare(target, definitions);
  utimesSync(target, new Date(), new Date()); // as last used
  return target;
}

/** Applied as Argo CD applies them, which then has nothing to change. */
const ARGO_CD = "argocd-controller";

async function prepare(target: string, definitions: readonly KubernetesObject[]): Promise<void> {
  mkdirSync(dirname(target), { recursive: true });
  removeUnused(dirname(target));
  const run = beginRun("prepare");
  const { access, processes } = await startControlPlane(run, { parts: [], webhooks: false });
  const client = new Client(access);
  await Promise.all(definitions.map((definition) => client.apply(definition, { manager: ARGO_CD })));
  await served(client, definitions);
  client.close();
  for (const { stop } of processes) await stop();
  const aside = mkdtempSync(`${target}-`);
  cpSync(etcdFolder(run), aside, { recursive: true });
  endRun(run);
  if (existsSync(target)) rmSync(aside, { recursive: true });
  else renameSync(aside, target);
}

/** Days after which data are of versions or CRDs that nobody has any more. */
const KEPT = 14;

function removeUnused(folder: string): void {
  const oldest = Date.now() - KEPT * 24 * 60 * 60 * 1000;
  for (const path of readdirSync(folder).map((name) => join(folder, name)))
    if (statSync(path).mtimeMs < oldest) rmSync(path, { recursive: true, force: true });
}
