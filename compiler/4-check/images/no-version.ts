import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "images/no-version",
  severity: "error",
  summary: "In every environment, an image has a digest or a tag",
  why: "Without either the runtime takes `latest`: whatever was pushed last, on each node another one.",

  *run({ workloads }) {
    // Without a digest in the last environment the service has none at all: images/digest-in-production says so.
    const unreleased = new Set(
      workloads
        .filter(({ environment, image }) => environment.production && image.digest === undefined)
        .map(({ name }) => name),
    );
    for (const { name, environment, image } of workloads) {
      if (image.digest !== undefined || image.tag !== undefined || unreleased.has(name)) continue;
      yield {
        at: image.source,
        message: `${name} has neither a digest nor a tag for ${environment.name}`,
        idea: `neither a digest nor a tag for ${environment.name}`,
        hint: `\`eco-compile images set ${name} ${environment.name} TAG\` (or a digest) pins it in ecosystem.images.json; or add a \`tag\` to the service`,
      };
    }
  },
});
