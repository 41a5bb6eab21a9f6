import { defineCheck } from "../check.ts";
import { fieldAt } from "../../facts/differences.ts";

/** https://kubernetes.io/docs/concepts/configuration/configmap/#motivation */
const LIMIT = 2 ** 20;

export default defineCheck({
  id: "services/config-too-large",
  severity: "error",
  summary: "The files of a service's config are 1 MiB at most together",
  why: "They become one ConfigMap, and the API server refuses a larger one.",

  *run({ workloads }) {
    for (const workload of workloads) {
      const { name, config } = workload;
      const size = Object.values(config.files).reduce((sum, content) => sum + Buffer.byteLength(content), 0);
      if (size > LIMIT)
        yield {
          at: fieldAt(workload, "config", "files"),
          message: `${name}: its files have ${(size / LIMIT).toFixed(1)} MiB`,
          hint: "put what is large into the image, or let the service fetch it",
        };
    }
  },
});
