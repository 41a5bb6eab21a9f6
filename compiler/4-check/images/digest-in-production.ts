import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "images/digest-in-production",
  severity: "error",
  risk: true,
  summary: "In the last environment, images are named by digest",
  why: "A tag can be moved: what was tested before would not be what runs. A digest names one image for ever, and it is what was scanned and signed.",

  *run({ workloads }) {
    for (const { name, environment, image } of workloads) {
      if (!environment.production || image.digest !== undefined) continue;
      yield {
        at: image.source,
        message: `${name} has no digest for ${environment.name}`,
        idea: `there is no digest for ${environment.name}`,
        hint: `\`eco-compile images set ${name} ${environment.name} TAG\` (or a digest) pins it in ecosystem.images.json; the delivery pipeline does so when it promotes`,
      };
    }
  },
});
