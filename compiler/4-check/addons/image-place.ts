import { childPath } from "../../diagnostics/config-path.ts";
import { isDeclared } from "../../facts/addons.ts";
import { isWithin } from "../../facts/image-names.ts";
import { mirroredPlaces } from "../../facts/mirrors.ts";
import { list } from "../../facts/placement.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "addons/image-place",
  severity: "error",
  risk: true,
  summary: "Images of a project's add-ons come from allowed registries",
  why: "Whoever can push to a registry can run code in the clusters, by an add-on no less than by a service. Admission holds the namespaces of such add-ons to the allowed registries: their pods would be refused.",

  *run({ platform, clusters, security: { allowedRegistries } }) {
    const brought = platform.addons.filter(({ broughtBy }) => broughtBy !== undefined);
    const registries = new Map(clusters.map((cluster) => [cluster.name, cluster.registries]));
    for (const addon of new Map(brought.map((addon) => [addon.name, addon])).values()) {
      const { name, cluster, images = [], injects } = addon;
      const at = addon.broughtBy!;
      const allowed = [...allowedRegistries, ...mirroredPlaces(allowedRegistries, registries.get(cluster)!)];
      for (const [index, image] of images.entries())
        if (!isWithin(image, allowed))
          yield {
            at: isDeclared(addon) ? childPath(`${at}.images`, index) : at,
            message: `the add-on ${name} runs images from ${image}, which is not an allowed registry`,
            hint: `allowed: ${list(allowedRegistries)}`,
            related: [{ at: "security.allowedRegistries", message: "what is allowed" }],
          };
      for (const image of injects?.images ?? [])
        if (!isWithin(image, images))
          yield {
            at,
            message: `the add-on ${name} puts ${image} into other pods, which is none of the images that it says it has`,
            hint: "let the target name it in `images` of the add-on, too",
          };
    }
  },
});
