import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "chaos/http-without-effect",
  severity: "error",
  risk: true,
  summary: "An HTTP fault delays requests or answers them",
  why: "With neither, the experiment passes because nothing happens, and everybody believes that the service survived it.",

  *run({ resilience }) {
    for (const experiment of resilience.experiments) {
      if (experiment.kind !== "http-fault" || experiment.delay !== undefined || experiment.status !== undefined)
        continue;
      yield {
        at: experiment.source,
        message: `${experiment.name} neither delays requests nor answers them`,
        hint: 'add delay: "200ms" or status: 503',
      };
    }
  },
});
