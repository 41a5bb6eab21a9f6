import type { Workload } from "../../topology/workloads.ts";
import { defineCheck } from "../check.ts";
import { onePerForm } from "../../facts/placement.ts";
import { fieldAt } from "../../facts/differences.ts";

export default defineCheck({
  id: "services/duplicate-mount",
  severity: "error",
  summary: "Each folder of a pod holds one thing, and nothing is mounted inside of files",
  why: "Kubernetes refuses two volumes at one path. Config files and secrets are read-only: a runtime that has to make a folder in them for another volume fails, and the pod never starts.",

  *run(topology) {
    for (const workload of onePerForm(topology)) {
      const all = mounts(workload);
      const seen = new Map<string, string>();
      for (const { at, folder, title } of all) {
        const earlier = seen.get(folder);
        if (earlier !== undefined)
          yield {
            at,
            message: `${workload.name}: ${title} and ${earlier} are both at ${folder}`,
            hint: "give one of them another path",
          };
        else seen.set(folder, title);
        const around = all.find((other) => other.readOnly && folder.startsWith(`${other.folder}/`));
        if (around !== undefined)
          yield {
            at,
            message: `${workload.name}: ${title} is at ${folder}, inside of ${around.title}`,
            hint: `mount it beside ${around.folder}`,
            related: [{ at: around.at, message: around.title }],
          };
      }
    }
  },
});

function mounts(workload: Workload): { at: string; folder: string; title: string; readOnly: boolean }[] {
  const { config, secrets, storage, writable } = workload;
  const files = { path: config.mountPath, title: "the config's files", readOnly: true };
  return [
    ...(Object.keys(config.files).length === 0 ? [] : [{ at: fieldAt(workload, "config", "mountPath"), ...files }]),
    ...secrets.map(({ source, mountPath, secret }) => ({
      at: `${source}.mountPath`,
      path: mountPath,
      title: `secret ${secret.name}`,
      readOnly: true,
    })),
    ...storage.map(({ source, path, name }) => ({
      at: `${source}.path`,
      path,
      title: `volume ${name}`,
      readOnly: false,
    })),
    ...writable.map(({ source, path }) => ({
      at: `${source}.path`,
      path,
      title: "a writable folder",
      readOnly: false,
    })),
  ].map(({ path, ...mount }) => ({ ...mount, folder: path.replace(/\/+$/, "") }));
}
