import { defineCheck } from "../check.ts";
import { isWithin } from "../image-names.ts";
import { list } from "../../facts/placement.ts";

export default defineCheck({
  id: "images/allowed-registry",
  severity: "error",
  risk: true,
  summary: "Images come from allowed registries",
  why: "Whoever can push to a registry can run code in the clusters. Images from elsewhere were neither built nor scanned by anybody here.",

  *run({ services, security }) {
    for (const { name, source, image } of services) {
      if (isWithin(image, security.allowedRegistries)) continue;
      yield {
        at: `${source}.image`,
        message: `${name}: ${image} is not from an allowed registry`,
        idea: `images from ${image.slice(0, image.lastIndexOf("/") + 1) || "Docker Hub"} are not allowed`,
        hint: `allowed: ${list(security.allowedRegistries)}`,
        related: [{ at: "security.allowedRegistries", message: "what is allowed" }],
      };
    }
  },
});
