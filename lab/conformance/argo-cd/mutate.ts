/** Breaks the repository as a wrong compiler would have written it, and mends it again. */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dump, loadAll } from "js-yaml";
import type { Data } from "../../cluster/client.ts";
import { announce, type Delivery, type Site } from "./site.ts";

/** Changes the objects of a file of the work tree; the first one stands for a file of one. */
export function breakFile(
  { repository, project }: Site,
  file: string,
  breaks: (object: Data, all: Data[]) => void,
): void {
  const path = join(repository.folder, project, file);
  const objects = loadAll(readFileSync(path, "utf8")) as Data[];
  breaks(objects[0], objects);
  writeFileSync(path, objects.map((object) => dump(object)).join("---\n"));
}

export const removeFile = ({ repository, project }: Site, file: string): void =>
  rmSync(join(repository.folder, project, file));

/** Makes the repository again what it was, and publishes it. */
export type Mending = () => Promise<void>;

/** Publishes a broken repository on the branches. */
export async function broken(
  site: Site,
  deliveries: readonly Delivery[],
  breaks: () => void,
  branches: readonly string[] = ["main"],
): Promise<Mending> {
  const good = await site.repository.headOf("main");
  breaks();
  await publish(site, deliveries, "Break it", branches);
  return async () => {
    await site.repository.git("checkout", "--quiet", good, "--", ".");
    await site.repository.git("read-tree", good); // also without what was added
    await site.repository.git("clean", "--quiet", "--force", "-d");
    await publish(site, deliveries, "Mend it", branches);
  };
}

export async function publish(
  { repository }: Site,
  deliveries: readonly Delivery[],
  message: string,
  branches: readonly string[] = ["main"],
): Promise<void> {
  await announce(await repository.push(message), ...deliveries);
  for (const branch of branches)
    if (branch !== "main") await announce(await repository.move(branch, "main"), ...deliveries);
}

export const applicationFile = (cluster: string, name: string): string =>
  `generated/clusters/${cluster}/argocd/applications/${name}.yaml`;
