import { imagesOf } from "../../facts/images.ts";
import { defineCheck } from "../check.ts";
import { isWithin } from "../../facts/image-names.ts";
import { mirroredPlaces } from "../../facts/mirrors.ts";
import { list, onePerForm } from "../../facts/placement.ts";

export default defineCheck({
  id: "images/allowed-registry",
  severity: "error",
  risk: true,
  summary: "Images come from allowed registries",
  why: "Whoever can push to a registry can run code in the clusters. Images from elsewhere were neither built nor scanned by anybody here.",

  *run(topology) {
    const { security } = topology;
    const found = onePerForm(topology).flatMap((workload) =>
      imagesOf(workload).map((pinned) => ({ ...pinned, registries: workload.cluster.registries })),
    );
    for (const { key, image, registries } of found) {
      const { source, repository, upstream } = image;
      if (isWithin(upstream, security.allowedRegistries)) continue;
      if (isWithin(repository, mirroredPlaces(security.allowedRegistries, registries))) continue;
      yield {
        at: source,
        message: `${key}: ${upstream} is not from an allowed registry`,
        idea: `images from ${upstream.slice(0, upstream.lastIndexOf("/") + 1) || "Docker Hub"} are not allowed`,
        hint: `allowed: ${list(security.allowedRegistries)}`,
        related: [{ at: "security.allowedRegistries", message: "what is allowed" }],
      };
    }
  },
});
