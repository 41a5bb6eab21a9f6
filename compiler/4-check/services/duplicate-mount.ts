import { defineCheck } from "../check.ts";
import { onePerForm } from "../../facts/placement.ts";
import { mountsOf } from "../../facts/mounts.ts";

export default defineCheck({
  id: "services/duplicate-mount",
  severity: "error",
  summary: "Each folder of a pod holds one thing, and nothing is mounted inside of files",
  why: "Kubernetes refuses two volumes at one path. Config files and secrets are read-only: a runtime that has to make a folder in them for another volume fails, and the pod never starts.",

  *run(topology) {
    for (const workload of onePerForm(topology)) {
      const all = mountsOf(workload);
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
