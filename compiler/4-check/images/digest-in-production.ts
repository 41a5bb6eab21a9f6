import { imagesOf } from "../../facts/images.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "images/digest-in-production",
  severity: "error",
  risk: true,
  summary: "In the last environment, images are named by digest",
  why: "A tag can be moved: what was tested before would not be what runs. A digest names one image for ever, and it is what was scanned and signed.",

  *run({ workloads }) {
    for (const workload of workloads) {
      const { environment } = workload;
      if (!environment.production) continue;
      for (const { key, image } of imagesOf(workload)) {
        if (image.digest !== undefined) continue;
        yield {
          at: image.source,
          message: `${key} has no digest for ${environment.name}`,
          idea: `there is no digest for ${environment.name}`,
          hint: `\`eco-compile images set ${key} ${environment.name} TAG\` (or a digest) pins it in ecosystem.images.json; the delivery pipeline does so when it promotes`,
        };
      }
    }
  },
});
