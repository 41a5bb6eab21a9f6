import { bytes } from "../../config/units.ts";
import { defineCheck } from "../check.ts";
import { fieldAt } from "../../facts/differences.ts";

export default defineCheck({
  id: "services/scratch-above-limit",
  severity: "error",
  risk: true,
  summary: "Writable folders fit into a pod's local disk",
  why: "Folders count towards `resources.ephemeralStorage`, and Kubernetes evicts a pod that goes over it: a folder could never be filled as far as it says.",

  *run({ workloads }) {
    for (const workload of workloads) {
      const { name, writable, resources } = workload;
      const limit = bytes(resources.ephemeralStorage);
      const wanted = writable.reduce((sum, { size }) => sum + bytes(size), 0);
      if (wanted <= limit) continue;
      yield {
        at: fieldAt(workload, "resources", "ephemeralStorage"),
        message: `${name}: its writable folders may take ${Math.ceil(wanted / 2 ** 20)} MiB, and its pods have ${resources.ephemeralStorage} of local disk`,
        idea: `writable folders may take ${Math.ceil(wanted / 2 ** 20)} MiB, and pods have ${resources.ephemeralStorage} of local disk`,
        hint: "raise it, with room for logs, or make the folders smaller",
        related: writable.map(({ source, path }) => ({ at: source, message: path })),
      };
    }
  },
});
