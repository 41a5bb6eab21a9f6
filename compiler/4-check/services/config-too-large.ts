import { defineCheck } from "../check.ts";

/** https://kubernetes.io/docs/concepts/configuration/configmap/#motivation */
const LIMIT = 2 ** 20;

export default defineCheck({
  id: "services/config-too-large",
  severity: "error",
  summary: "The files of a service's config are 1 MiB at most together",
  why: "They become one ConfigMap, and the API server refuses a larger one.",

  *run({ workloads }) {
    for (const { name, config } of workloads) {
      const size = Object.values(config.files).reduce((sum, content) => sum + Buffer.byteLength(content), 0);
      if (size > LIMIT)
        yield {
          at: `${config.source}.files`,
          message: `${name}: its files have ${(size / LIMIT).toFixed(1)} MiB`,
          hint: "put what is large into the image, or let the service fetch it",
        };
    }
  },
});
