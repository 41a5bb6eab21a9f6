import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "slos/no-error-budget",
  severity: "error",
  summary: "An objective lies between 0 % and 100 %",
  why: "At 100 % the first failed request breaks the promise for the whole window and every release is aborted; at 0 % nothing ever breaks it. Burn rates divide by what is left below 100 %.",

  *run({ slos }) {
    for (const { name, source, objective } of slos) {
      if (objective > 0 && objective < 1) continue;
      yield {
        at: `${source}.objective`,
        message: `${name} promises ${objective * 100} %`,
        hint: 'leave room for failure, as "99.9%"',
      };
    }
  },
});
