import { defineCheck } from "../check.ts";
import { declaredNames } from "../declared-names.ts";

export default defineCheck({
  id: "names/invalid",
  severity: "error",
  summary: "Names are such as every system that gets them takes",
  why: "They become Kubernetes objects, cloud resources, DNS names and folders. Kubernetes refuses capitals, underscores and dots, and a cluster that only one of three clouds would take is found out in the middle of an apply.",

  *run(topology) {
    for (const { name, at, isValue = false, title, syntax } of declaredNames(topology)) {
      if (syntax.pattern.test(name)) continue;
      yield {
        at,
        key: !isValue,
        message: `${JSON.stringify(name)} cannot be the name of ${title}`,
        hint: `take ${syntax.title}`,
      };
    }
  },
});
