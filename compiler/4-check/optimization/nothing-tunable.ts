import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "optimization/nothing-tunable",
  severity: "warning",
  summary: "The optimizer has something to tune",
  why: "It may only change what the config hands to it: without a tunable it runs, costs, and can propose nothing.",

  *run({ optimization, tunables }) {
    if (optimization !== undefined && tunables.length === 0)
      yield {
        at: optimization.source,
        message: "nothing in the config is tunable",
        hint: "hand a value to it, as scaling: { max: tunable({ default: 6, min: 4, max: 12 }) }, or take `optimization` out",
      };
  },
});
