import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "slos/query-placeholders",
  severity: "error",
  summary: "Queries of an SLO use `$selector` and `$window`",
  why: "The same expressions serve alerts over a month and gates over minutes and one version's pods. A fixed window or selector would judge the new version by the old one's requests.",

  *run({ slos }) {
    for (const { source, metric } of slos) {
      if (metric?.kind !== "query") continue;
      for (const part of ["good", "total"] as const) {
        const missing = ["$selector", "$window"].filter((placeholder) => !metric[part].includes(placeholder));
        if (missing.length > 0)
          yield {
            at: `${source}.metric.${part}`,
            message: `the expression does not use ${missing.join(" and ")}`,
            hint: "write it as sum(increase(name_total{$selector}[$window]))",
          };
      }
    }
  },
});
