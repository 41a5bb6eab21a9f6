/**
 * The real istioctl over objects in files, without a cluster:
 * https://istio.io/latest/docs/ops/diagnostic-tools/istioctl-analyze/
 */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { KubernetesObject } from "../../cluster/client.ts";
import { neededTool } from "../../cluster/tools.ts";
import { temporaryFolder } from "../../../test/support/tree.ts";

/** https://istio.io/latest/docs/reference/config/analysis/ */
export interface Message {
  code: string;
  level: "Info" | "Warning" | "Error";
  message: string;
  origin?: string;
}

function istioctl(
  args: readonly string[],
  objects: readonly KubernetesObject[],
): { status: number | null; stdout: string; stderr: string } {
  const folder = temporaryFolder("istio");
  writeFileSync(join(folder, "all.yaml"), objects.map((object) => JSON.stringify(object)).join("\n---\n")); // JSON is YAML
  // No cluster is asked, whatever the user's configuration says.
  return spawnSync(neededTool("istioctl"), [...args, "all.yaml"], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, KUBECONFIG: join(folder, "none") },
    maxBuffer: 64 << 20,
  });
}

/** What the validation of Istio's webhook says of each object by itself; empty where there is nothing. */
export function validate(objects: readonly KubernetesObject[]): string {
  const { status, stdout, stderr } = istioctl(["validate", "--filename"], objects);
  const said = `${stdout}${stderr}`;
  return status === 0 && !/warning/i.test(said) ? "" : said;
}

/** What is found in the objects of a mesh as they fit together. */
export function analyze(objects: readonly KubernetesObject[]): Message[] {
  const { stdout, stderr } = istioctl(["analyze", "--use-kube=false", "--all-namespaces", "--output", "json"], objects);
  if (!stdout.trim().startsWith("[") || /Error\(s\) adding files/.test(stderr))
    throw new Error(`istioctl analyze: ${stdout}${stderr}`);
  return JSON.parse(stdout) as Message[];
}

/** As it calls itself: the lab's build of it has no tag. */
export const version = (): string =>
  spawnSync(neededTool("istioctl"), ["version", "--remote=false", "--short"], { encoding: "utf8" })
    .stdout.trim()
    .replace(/^client version: /, "");
