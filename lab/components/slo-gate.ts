/**
 * The real runtime/slo-gate as a process, with the configuration and the arguments that its compiled Deployment
 * carries.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PACKAGE_ROOT } from "../../compiler/package-root.ts";
import type { Data, KubernetesObject } from "../cluster/client.ts";
import { freePort } from "../ports.ts";
import { startProcess, type LabProcess } from "../process.ts";
import type { Run } from "../run.ts";
import { nodeKnows, type Names } from "./in-cluster-names.ts";

const PROGRAM = fileURLToPath(new URL("../../runtime/slo-gate/main.ts", import.meta.url));

export interface SloGate {
  /** `host:port` on loopback. */
  address: string;
  /** The status of an SLO: 200 while it holds. */
  status(path: string): Promise<number>;
  process: LabProcess;
  stop(): Promise<void>;
}

export interface SloGateOptions {
  /** Its objects as the chart renders them: a Deployment and the ConfigMap that this one mounts. */
  objects: readonly KubernetesObject[];
  /** Where the names are that its configuration asks. */
  names: Names;
}

export async function startSloGate(run: Run, { objects, names }: SloGateOptions): Promise<SloGate> {
  const folder = join(run.folder, "slo-gate");
  mkdirSync(folder);
  const [configMap, deployment] = ["ConfigMap", "Deployment"].map((kind) =>
    objects.find((object) => object.kind === kind),
  ) as [Data, Data];
  for (const [name, content] of Object.entries(configMap.data as Record<string, string>))
    writeFileSync(join(folder, name), content);
  const { args, volumeMounts } = deployment.spec.template.spec.containers[0];
  const mountPath: string = volumeMounts.find(({ mountPath }: Data) =>
    args.some((arg: string) => arg.startsWith(`${mountPath}/`)),
  ).mountPath;
  const address = `127.0.0.1:${await freePort()}`;
  const placed = (args as string[]).map((arg) =>
    arg.startsWith(`${mountPath}/`)
      ? join(folder, arg.slice(mountPath.length))
      : arg.startsWith("0.0.0.0:")
        ? address
        : arg,
  );
  const node = nodeKnows(names);
  const slo = await startProcess(run, {
    name: "slo-gate",
    command: process.execPath,
    args: ["--import", "tsx", ...node.args, PROGRAM, ...placed],
    env: node.env,
    cwd: PACKAGE_ROOT,
    ready: async () => (await fetch(`http://${address}/readyz`)).ok,
  });
  return {
    address,
    process: slo,
    status: async (path) => {
      const response = await fetch(`http://${address}${path}`);
      await response.text();
      return response.status;
    },
    stop: () => slo.stop(),
  };
}
