import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { neededTool } from "../../cluster/tools.ts";
import { temporaryFolder } from "../../../test/support/tree.ts";
import type { KubernetesObject } from "../../cluster/client.ts";

export interface Violation {
  msg: string;
  enforcementAction: string;
  constraint: KubernetesObject;
  violatingObject: KubernetesObject;
}

/**
 * What Gatekeeper's engine says of a cluster's objects under its templates and constraints:
 * https://open-policy-agent.github.io/gatekeeper/website/docs/gator/
 */
export function gatorTest(objects: readonly KubernetesObject[]): Violation[] {
  const file = join(temporaryFolder("gator"), "all.yaml"); // JSON is YAML
  writeFileSync(file, objects.map((object) => JSON.stringify(object)).join("\n---\n"));
  const { stdout, stderr } = spawnSync(neededTool("gator"), ["test", "--filename", file, "--output", "json"], {
    encoding: "utf8",
    maxBuffer: 256 << 20,
  });
  if (!/^(\[|null)/.test(stdout)) throw new Error(`gator: ${stderr}`);
  return (JSON.parse(stdout) ?? []) as Violation[];
}
