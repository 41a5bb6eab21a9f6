/**
 * A fault of the mesh: the CronJob that starts it, by Kubernetes' own controllers, and the program of its pod, which no
 * container runs here, as a process.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { PACKAGE_ROOT } from "../../../compiler/package-root.ts";
import { referenceTo, type Data, type KubernetesObject } from "../../cluster/client.ts";
import { freePort } from "../../ports.ts";
import { startProcess } from "../../process.ts";
import { until } from "../../until.ts";
import type { World } from "./world.ts";

const PROGRAM = fileURLToPath(new URL("../../../runtime/http-fault/main.ts", import.meta.url));

export interface MeshFault {
  name: string;
  /** Whether it answers as the mesh asks for: only then are requests touched. */
  isOn(): Promise<boolean>;
  /** How it ended: `over`, `refused` or `aborted`; undefined while it has not. */
  outcome(): string | undefined;
}

/** Makes a CronJob due by the time of its last run, and returns the arguments of the pod that came of it. */
export async function podArguments(
  { lab: { client } }: World,
  cronJob: KubernetesObject,
  lastScheduleTime: string,
  seconds: number,
): Promise<string[]> {
  await client.apply(cronJob);
  await client.patch(referenceTo(cronJob), { status: { lastScheduleTime } }, "status");
  const { namespace, name } = cronJob.metadata;
  const made = new RegExp(`^${name}-\\d+-$`); // of a Job that is named after its minute
  const pod = await until(
    `a pod of ${name}`,
    async () =>
      (await client.list("v1", "Pod", { namespace: namespace! })).find(({ metadata }) =>
        made.test(metadata.generateName),
      ),
    { seconds },
  );
  return pod.spec.containers[0].args;
}

/** runtime/http-fault with these arguments, on loopback. */
export async function startMeshFault(
  { lab: { run }, node }: World,
  name: string,
  args: readonly string[],
): Promise<MeshFault> {
  const address = `127.0.0.1:${await freePort()}`;
  const own = args.map((arg) => (arg.startsWith("0.0.0.0:") ? address : arg));
  const fault = args[args.indexOf("--name") + 1];
  const { log } = await startProcess(run, {
    name,
    command: process.execPath,
    args: ["--import", "tsx", ...node.args, PROGRAM, ...own],
    env: node.env,
    cwd: PACKAGE_ROOT,
  });
  const lines = (): Data[] =>
    readFileSync(log, "utf8")
      .split("\n")
      .filter((line) => line.startsWith("{"))
      .map((line) => JSON.parse(line));
  return {
    name,
    isOn: async () => (await fetch(`http://${address}/`).catch(() => undefined))?.headers.get("x-eco-fault") === fault,
    outcome: () => lines().find(({ outcome }) => outcome !== undefined)?.outcome,
  };
}
