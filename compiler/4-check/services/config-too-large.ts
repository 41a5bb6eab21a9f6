import { fieldAt } from "../../facts/differences.ts";
import { onePerForm } from "../../facts/placement.ts";
import { byteCount } from "../byte-count.ts";
import { defineCheck } from "../check.ts";

/** Of all values of a ConfigMap together: https://kubernetes.io/docs/concepts/configuration/configmap/#motivation */
const LIMIT = 2 ** 20;

export default defineCheck({
  id: "services/config-too-large",
  severity: "error",
  summary: "The files of a service's config are 1 MiB at most together",
  why: "They become one ConfigMap, and the API server refuses a larger one.",

  *run(topology) {
    for (const workload of onePerForm(topology)) {
      const { name, config } = workload;
      const files = Object.entries(config.files).map(([file, text]) => ({ file, size: Buffer.byteLength(text) }));
      const size = files.reduce((sum, { size }) => sum + size, 0);
      if (size <= LIMIT) continue;
      const largest = files.reduce((one, other) => (other.size > one.size ? other : one));
      yield {
        at: fieldAt(workload, "config", "files", largest.file),
        message: `${name}: its files have ${byteCount(size)} bytes, ${largest.file} alone ${byteCount(largest.size)}, and a ConfigMap takes ${byteCount(LIMIT)}`,
        idea: "files that do not fit into a ConfigMap",
        hint: "put what is large into the image, or let the service fetch it",
      };
    }
  },
});
