import { onePerForm } from "../../facts/placement.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "dependencies/outliers-eject-all",
  severity: "error",
  risk: true,
  summary: "Of the pods that a service calls, some are asked whatever happens",
  why: "A fault that all pods have at once, as that of their database or of a new version, ejects one after the other. With none left every call fails at once, for as long as the ejection takes and longer each time, although the pods may be well again.",

  *run(topology) {
    for (const caller of onePerForm(topology)) {
      const calls = [
        ...caller.dependsOn.map(({ service, call }) => ({ called: service, call })),
        ...caller.externals.map(({ external, call }) => ({ called: external.name, call })),
      ];
      for (const { called, call } of calls) {
        if (call?.outliers === undefined || call.outliers.maxEjected < 100 || call.outliers.minHealthy > 0) continue;
        yield {
          at: `${call.source}.outliers.maxEjected`,
          message: `${caller.name} would eject every pod of ${called}, and have none to call`,
          hint: 'eject fewer at a time, as maxEjected: "50%", or say `minHealthy`, below which all of them are asked again',
        };
      }
    }
  },
});
