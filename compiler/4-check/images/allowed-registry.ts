import { imagesOf } from "../../facts/images.ts";
import { defineCheck } from "../check.ts";
import { isWithin } from "../../facts/image-names.ts";
import { list, onePerForm } from "../../facts/placement.ts";

export default defineCheck({
  id: "images/allowed-registry",
  severity: "error",
  risk: true,
  summary: "Images come from allowed registries",
  why: "Whoever can push to a registry can run code in the clusters. Images from elsewhere were neither built nor scanned by anybody here.",

  *run(topology) {
    const { security } = topology;
    for (const { key, image } of onePerForm(topology).flatMap(imagesOf)) {
      const { source, repository } = image;
      if (isWithin(repository, security.allowedRegistries)) continue;
      yield {
        at: source,
        message: `${key}: ${repository} is not from an allowed registry`,
        idea: `images from ${repository.slice(0, repository.lastIndexOf("/") + 1) || "Docker Hub"} are not allowed`,
        hint: `allowed: ${list(security.allowedRegistries)}`,
        related: [{ at: "security.allowedRegistries", message: "what is allowed" }],
      };
    }
  },
});
