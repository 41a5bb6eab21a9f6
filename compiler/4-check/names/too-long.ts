import { defineCheck } from "../check.ts";
import { declaredNames } from "../declared-names.ts";

export default defineCheck({
  id: "names/too-long",
  severity: "error",
  summary: "Names fit into what is made from them",
  why: "A name that somebody chose is never cut: it would no longer be found. Kubernetes and the clouds refuse longer ones, each with a limit of its own.",

  *run(topology) {
    for (const { name, at, isValue = false, title, max } of declaredNames(topology)) {
      if (name.length <= max) continue;
      yield {
        at,
        key: !isValue,
        message: `the name of ${title} is ${name.length} characters long, and ${max} fit`,
        hint: `shorten ${JSON.stringify(name)}`,
      };
    }
  },
});
