import { defineCheck } from "../check.ts";
import { list } from "../placement.ts";

export default defineCheck({
  id: "runners/region-of-cloud",
  severity: "error",
  summary: "Runners are in a declared region of their cloud",
  why: "A region of another cloud has no subnet that the machines could be in.",

  *run({ runners, clouds }) {
    for (const runner of runners) {
      if (runner.kind !== "vm" || (runner.region as object | undefined) !== undefined) continue;
      const regions = clouds.find(({ name }) => name === runner.cloud)?.regions ?? [];
      yield {
        at: `${runner.source}.region`,
        message: `${runner.name} is on ${runner.cloud}, and its region is another cloud's`,
        hint: regions.length === 0 ? `declare a region of ${runner.cloud}` : `regions of ${runner.cloud}: ${list(regions.map(({ name }) => name))}`,
      };
    }
  },
});
