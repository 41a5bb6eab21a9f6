import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "services/placed-nowhere",
  severity: "warning",
  summary: "Every service runs somewhere",
  why: "A service without a cluster compiles to nothing. Whoever reads the config takes it for running.",

  *run({ services }) {
    for (const { name, source, clusters } of services) {
      if (clusters.length === 0)
        yield {
          at: `${source}.placement`,
          message: `${name} runs on no cluster`,
          idea: "a service runs on no cluster",
          hint: 'name clusters, or write "all"; take the service out if it is gone',
        };
    }
  },
});
