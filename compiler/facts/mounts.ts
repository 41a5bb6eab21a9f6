import type { Workload } from "../topology/workloads.ts";
import { fieldAt } from "./differences.ts";

/** Something that a pod sees in a folder. */
export interface Mount {
  /** Where the config says the folder, or could. */
  at: string;
  /** Without a slash at its end. */
  folder: string;
  /** As a message says it. */
  title: string;
  readOnly: boolean;
}

/** Everything that is mounted in a workload's container. */
export function mountsOf(workload: Workload): Mount[] {
  const { config, secrets, storage, writable } = workload;
  const files = { path: config.mountPath, title: "the config's files", readOnly: true };
  return [
    ...(Object.keys(config.files).length === 0 && config.rendered.files === undefined
      ? []
      : [{ at: fieldAt(workload, "config", "mountPath"), ...files }]),
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
