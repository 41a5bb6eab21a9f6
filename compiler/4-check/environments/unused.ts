import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "environments/unused",
  severity: "warning",
  summary: "Every environment has a cluster",
  why: "A stage without a cluster proves nothing: changes pass through it to the next one as if they had been tested.",

  *run({ environments, clusters }) {
    for (const { name, source } of environments) {
      if (clusters.some(({ environment }) => environment.name === name)) continue;
      yield {
        at: source,
        message: `no cluster is in ${name}`,
        hint: "add a cluster, or take the environment out of the chain",
      };
    }
  },
});
