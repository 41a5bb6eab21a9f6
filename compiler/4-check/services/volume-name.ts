import { defineCheck } from "../check.ts";
import { onePerForm } from "../../facts/placement.ts";

export default defineCheck({
  id: "services/volume-name",
  severity: "error",
  summary: "A volume has a name that nothing else in the pod has",
  why: "In a pod, the config's files are the volume `config`, secrets are `secret-0`, `secret-1` and so on, writable folders `writable-0` and so on. The chart refuses a volume of your own by such a name.",

  *run(topology) {
    for (const { name: service, storage, writable } of onePerForm(topology)) {
      const folders = writable.map((_, index) => `writable-${index}`);
      for (const { name, source } of storage) {
        if (!ALWAYS_TAKEN.test(name) && !folders.includes(name)) continue;
        yield {
          at: `${source}.name`,
          message: `${service}: a volume is called ${name}, which is the name of another one of the pod`,
          hint: "call it otherwise, as data",
        };
      }
    }
  },
});

/** Whether there are files and secrets or not: `volumeName` in helm-library/schema/workload.json. */
const ALWAYS_TAKEN = /^(config|secret-[0-9]+)$/;
