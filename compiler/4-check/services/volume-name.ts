import { defineCheck } from "../check.ts";
import { onePerForm } from "../../facts/placement.ts";

export default defineCheck({
  id: "services/volume-name",
  severity: "error",
  summary: "Volumes begin with a letter, and have no name that the charts give to volumes of their own",
  why: "A pod has one volume of each name: the charts call their own `config`, `secret-0`, `writable-0` and so on, and Helm would stop in the middle of a sync.",

  *run(topology) {
    for (const { name: service, storage } of onePerForm(topology)) {
      for (const { name, source } of storage) {
        if (LETTER_FIRST.test(name) && !OWN.test(name)) continue;
        yield {
          at: `${source}.name`,
          message: LETTER_FIRST.test(name)
            ? `${service}: ${name} is the name of a volume that the chart makes itself`
            : `${service}: the volume ${name} does not begin with a letter`,
          hint: 'call it otherwise, as "data"',
        };
      }
    }
  },
});

const LETTER_FIRST = /^[a-z]/;
/** `volumeName` of helm-library/schema/workload.json, and what compiler/targets/helm/values.ts calls writable folders. */
const OWN = /^(config|(secret|writable)-[0-9]+)$/;
