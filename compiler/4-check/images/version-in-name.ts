import { imagesOf } from "../../facts/images.ts";
import { defineCheck } from "../check.ts";
import { versionIn } from "../../facts/image-names.ts";
import { onePerForm } from "../../facts/placement.ts";

export default defineCheck({
  id: "images/version-in-name",
  severity: "error",
  summary: "`image` names a repository, without tag or digest",
  why: "Which version runs differs by environment: it comes from `ecosystem.images.json`. A tag in the name would stand beside the digest and be wrong about it.",

  *run(topology) {
    for (const { key, image } of onePerForm(topology).flatMap(imagesOf)) {
      const { source, upstream } = image;
      const version = versionIn(upstream);
      if (version === undefined) continue;
      yield {
        at: source,
        message: `${key}: the image's name ends in ${version}`,
        idea: "a tag or a digest stands in the image's name",
        hint: `write "${upstream.slice(0, -version.length)}"; a tag has a field of its own`,
      };
    }
  },
});
