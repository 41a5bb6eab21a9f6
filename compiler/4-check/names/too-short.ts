import { defineCheck } from "../check.ts";
import { declaredNames } from "../declared-names.ts";

export default defineCheck({
  id: "names/too-short",
  severity: "error",
  summary: "Names are as long as what is made from them must be",
  why: "Some clouds refuse names of a letter or two: the service account of a runner on Google Cloud has at least six characters. Nothing is put before or behind a name that somebody chose: it would no longer be found.",

  *run(topology) {
    for (const { name, at, isValue = false, title, min = 1 } of declaredNames(topology)) {
      if (name.length >= min) continue;
      yield {
        at,
        key: !isValue,
        message: `the name of ${title} has ${name.length === 1 ? "one character" : `${name.length} characters`}, and ${min} are needed`,
        hint: `take a longer one than ${JSON.stringify(name)}`,
      };
    }
  },
});
