import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "pools/initial-outside-bounds",
  severity: "error",
  summary: "A pool starts with a number of nodes between its fewest and its most",
  why: "The cloud refuses to create the pool, or the autoscaler changes the number at once.",

  *run({ clusters }) {
    for (const { name, source, initial, min, max } of clusters.flatMap(({ nodePools }) => nodePools)) {
      if (min > max || (initial >= min && initial <= max)) continue;
      yield {
        at: `${source}.initial`,
        message: `${name}: initial is ${initial}, outside ${min} to ${max}`,
        hint: `choose a number from ${min} to ${max}`,
      };
    }
  },
});
