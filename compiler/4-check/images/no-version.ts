import { imagesOf } from "../../facts/images.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "images/no-version",
  severity: "error",
  summary: "In every environment, an image has a digest or a tag",
  why: "Without either the runtime takes `latest`: whatever was pushed last, on each node another one.",

  *run({ workloads }) {
    const images = workloads.flatMap((workload) =>
      imagesOf(workload).map((one) => ({ ...one, environment: workload.environment })),
    );
    // Without a digest in the last environment the service has none at all: images/digest-in-production says so.
    const unreleased = new Set(
      images
        .filter(({ environment, image }) => environment.production && image.digest === undefined)
        .map(({ key }) => key),
    );
    for (const { key, environment, image } of images) {
      if (image.digest !== undefined || image.tag !== undefined || unreleased.has(key)) continue;
      yield {
        at: image.source,
        message: `${key} has neither a digest nor a tag for ${environment.name}`,
        idea: `neither a digest nor a tag for ${environment.name}`,
        hint: `\`eco-compile images set ${key} ${environment.name} TAG\` (or a digest) pins it in ecosystem.images.json; or add a \`tag\` beside its \`image\``,
      };
    }
  },
});
