import type { Workload } from "../../3-lower/topology.ts";
import { defineCheck } from "../check.ts";
import { onePerService } from "../placement.ts";

export default defineCheck({
  id: "services/duplicate-mount",
  severity: "error",
  summary: "Each folder of a pod holds one thing",
  why: "Kubernetes refuses two volumes at one path.",

  *run(topology) {
    for (const workload of onePerService(topology)) {
      const seen = new Map<string, string>();
      for (const { at, path, title } of mounts(workload)) {
        const folder = path.replace(/\/+$/, "");
        const earlier = seen.get(folder);
        if (earlier !== undefined)
          yield {
            at,
            message: `${workload.name}: ${title} and ${earlier} are both at ${path}`,
            hint: "give one of them another path",
          };
        else seen.set(folder, title);
      }
    }
  },
});

const mounts = ({ config, secrets, storage, writable }: Workload): { at: string; path: string; title: string }[] => [
  ...(Object.keys(config.files).length === 0
    ? []
    : [{ at: `${config.source}.mountPath`, path: config.mountPath, title: "the config's files" }]),
  ...secrets.map(({ source, mountPath, secret }) => ({
    at: `${source}.mountPath`,
    path: mountPath,
    title: `secret ${secret.name}`,
  })),
  ...storage.map(({ source, path, name }) => ({ at: `${source}.path`, path, title: `volume ${name}` })),
  ...writable.map(({ source, path }) => ({ at: `${source}.path`, path, title: "a writable folder" })),
];
