import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "addons/placed-nowhere",
  severity: "warning",
  summary: "Every add-on runs somewhere",
  why: "An add-on whose environments have no cluster compiles to nothing. Whoever reads the config takes it for running.",

  *run({ declaredAddons }) {
    for (const { name, source, clusters } of declaredAddons)
      if (clusters.length === 0)
        yield {
          at: `${source}.clusters`,
          message: `${name} runs on no cluster`,
          hint: 'name clusters or other environments, or write "all"; take it out if it is gone',
        };
  },
});
