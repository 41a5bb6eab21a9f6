import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { moduleFolder, tool } from "../toolchain/index.ts";

/** What a control plane is made of. */
export const CONTROL_PLANE = ["etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kwok"] as const;

/** Undefined where the lab can run here, else what is missing in words. In CI a missing tool throws. */
export function missing(names: readonly string[] = CONTROL_PLANE): string | undefined {
  const absent = names.filter((name) => tool(name) === undefined);
  if (absent.length === 0) return undefined;
  return `without ${absent.join(", ")}, which npm run lab -- install ${absent.join(" ")} brings`;
}

export function neededTool(name: string): string {
  const path = tool(name);
  if (path === undefined) throw new Error(`${name} is missing: npm run lab -- install ${name}`);
  return path;
}

/** kwok's own stages for nodes and pods, and ours for volumes. */
export function stageFiles(): string[] {
  const stages = join(moduleFolder("kwok")!, "kustomize/stage");
  const upstream = ["node/fast", "node/heartbeat", "pod/fast"].flatMap((folder) =>
    readdirSync(join(stages, folder))
      .filter((name) => name.endsWith(".yaml") && name !== "kustomization.yaml")
      .map((name) => join(stages, folder, name)),
  );
  return [...upstream, fileURLToPath(new URL("volumes.stage.yaml", import.meta.url))];
}
